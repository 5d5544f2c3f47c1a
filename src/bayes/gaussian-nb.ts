import type { ClassesSeen, Target } from '../base/classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { custom, number, optional, type Rules } from '../core/rules.ts';
import { rowsOfClasses } from '../core/rows-of-classes.ts';
import { show } from '../core/show.ts';
import { columnMoments, combineMoments, type ColumnMoments } from '../matrix/column-moments.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { NaiveBayes } from './naive-bayes.ts';

export interface GaussianNBOptions {
  /** Class priors, in ascending order of classes, summing to 1, in place of learned ones. Default null. */
  priors?: ArrayLike<number> | null;
  /** Share of the largest column variance of X that is added to every variance. Default 1e-9. */
  varSmoothing?: number;
}

/** What GaussianNB has learned. */
export interface GaussianNBFitted {
  /** Rows per class, or their weights' sum. */
  classCount: Float64Array;
  /** P(class), one per class. */
  classPrior: Float64Array;
  /** classes × features: means. */
  theta: DenseMatrix;
  /** classes × features: population variances, `epsilon` included. */
  var: DenseMatrix;
  /** What was added to every variance, in units of X squared. */
  epsilon: number;
}

/**
 * Naive Bayes for measurements: within a class each feature is normal and independent of the others,
 * ln P(c | x) = ln P(c) − ½ Σⱼ [ln 2πσ²ⱼ꜀ + (xⱼ − θⱼ꜀)² / σ²ⱼ꜀] + const.
 *
 * X: samples × features, dense. y: one label per row. `varSmoothing` lets constant columns survive.
 *
 * `fitted`: classes, classCount, classPrior, theta, var, epsilon.
 *
 * Counterpart: scikit-learn's GaussianNB. partialFit there takes the new epsilon off the old variances; here
 * the one that had been added. A variance of 0 (all columns constant) is refused at predict; there it gives NaN.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §6.6.3.
 *
 * @example
 * const model = await new GaussianNB().fit([[1.1], [0.9], [5.2], [4.8]], ['low', 'low', 'high', 'high']);
 * await model.predict([[4]]); // ['high']
 */
export class GaussianNB extends NaiveBayes<GaussianNBOptions, GaussianNBFitted> {
  static override readonly rules: Rules<GaussianNBOptions> = {
    priors: optional(custom<ArrayLike<number> | null>(null, 'a list of numbers in [0, 1] that sum to 1', isDistribution, [0.5, 0.6])),
    varSmoothing: number(1e-9, { min: 0 }),
  };

  protected learnMore(X: Matrix, y: Target, before: (GaussianNBFitted & ClassesSeen) | undefined): GaussianNBFitted {
    const rowsOf = rowsOfClasses(y.codes, y.classes.length);
    const dense = this.#dense(X);
    const epsilon = this.options.varSmoothing * columnMoments(X).variance.reduce((a, b) => Math.max(a, b), 0);
    const classCount = new Float64Array(y.classes.length);
    const theta = new DenseMatrix(y.classes.length, X.cols);
    const variance = new DenseMatrix(y.classes.length, X.cols);
    for (let k = 0; k < y.classes.length; k++) {
      const moments = combineMoments(seenBefore(before, k, X.cols), momentsOf(dense, rowsOf[k], y.sampleWeight));
      classCount[k] = moments.weight[0];
      theta.row(k).set(moments.mean);
      variance.row(k).set(moments.variance.map((v) => v + epsilon));
    }
    return { classCount, classPrior: this.#classPrior(classCount), theta, var: variance, epsilon };
  }

  protected jointLogLikelihood(X: Matrix, { theta, var: variance, classPrior, classes }: GaussianNBFitted & ClassesSeen): DenseMatrix {
    const { rows, cols, data } = this.#dense(X);
    const joint = new DenseMatrix(rows, classPrior.length);
    for (let k = 0; k < classPrior.length; k++) {
      const mean = theta.row(k);
      const spread = variance.row(k);
      const flat = spread.indexOf(0);
      if (flat >= 0) {
        throw new DataError(
          `${this.owner}: every column must vary within every class, column ${flat} is constant where y is ${show(classes[k])} ` +
            'and no other column lends it variance. Drop constant columns, or raise varSmoothing.',
        );
      }
      let constant = 0;
      for (let j = 0; j < cols; j++) constant += Math.log(2 * Math.PI * spread[j]);
      constant = Math.log(classPrior[k]) - 0.5 * constant;
      for (let i = 0; i < rows; i++) {
        let distance = 0;
        for (let j = 0; j < cols; j++) {
          const gap = data[i * cols + j] - mean[j];
          distance += (gap * gap) / spread[j];
        }
        joint.data[i * classPrior.length + k] = constant - 0.5 * distance;
      }
    }
    return joint;
  }

  #classPrior(classCount: Float64Array): Float64Array {
    const priors = this.options.priors as ArrayLike<number> | null;
    if (priors === null) {
      const total = classCount.reduce((a, b) => a + b, 0);
      return classCount.map((count) => count / total);
    }
    if (priors.length !== classCount.length) {
      throw new OptionError(`${this.owner}: priors must have one value per class (${classCount.length}), got ${priors.length}.`);
    }
    return Float64Array.from(priors);
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(
      `${this.owner}: X must be dense, got a sparse matrix. ` +
        'Use MultinomialNB or ComplementNB, or X.toDense() where it fits in memory.',
    );
  }
}

function isDistribution(value: unknown): boolean {
  if (!(Array.isArray(value) || value instanceof Float64Array) || value.length === 0) return false;
  const numbers = Array.from(value as ArrayLike<unknown>);
  if (!numbers.every((p) => typeof p === 'number' && p >= 0)) return false;
  return Math.abs((numbers as number[]).reduce((a, b) => a + b, 0) - 1) <= 1e-8 + 1e-5;
}

/** Moments of one class's rows; nothing where they weigh nothing. */
function momentsOf(X: DenseMatrix, rows: Int32Array, sampleWeight: Float64Array | undefined): ColumnMoments {
  const weights = sampleWeight ? Float64Array.from(rows, (i) => sampleWeight[i]) : undefined;
  const total = weights ? weights.reduce((a, b) => a + b, 0) : rows.length;
  if (total === 0) return nothing(X.cols);
  return columnMoments(X.take(rows), weights);
}

function seenBefore(before: (GaussianNBFitted & ClassesSeen) | undefined, k: number, cols: number): ColumnMoments {
  if (!before) return nothing(cols);
  return {
    mean: before.theta.row(k),
    variance: before.var.row(k).map((v) => v - before.epsilon),
    weight: new Float64Array(cols).fill(before.classCount[k]),
  };
}

function nothing(cols: number): ColumnMoments {
  return { mean: new Float64Array(cols), variance: new Float64Array(cols), weight: new Float64Array(cols) };
}
