import type { ClassesSeen, Target } from '../base/classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { custom, flag, optional, type Rule } from '../core/rules.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesTransposed } from '../matrix/products.ts';
import { classLogPrior, type PriorOptions } from './class-log-prior.ts';
import { NaiveBayes } from './naive-bayes.ts';

/** Options that the naive Bayes classifiers over counts share. */
export interface DiscreteNaiveBayesOptions extends PriorOptions {
  /** Count added to every feature in every class: one number, or one per column of X. 0 smooths nothing. Default 1. */
  alpha?: number | ArrayLike<number>;
  /** Whether an alpha below 1e-10 is taken as it is; otherwise it is raised to 1e-10. Default true. */
  forceAlpha?: boolean;
}

/** What the naive Bayes classifiers over counts have learned. */
export interface DiscreteNaiveBayesFitted {
  /** Rows per class, or their weights' sum. */
  classCount: Float64Array;
  /** ln P(class), one per class. */
  classLogPrior: Float64Array;
  /** classes × features: Σw·x over the rows of each class. */
  featureCount: DenseMatrix;
  /** classes × features: the coefficients of x; MultinomialNB's and BernoulliNB's are ln P(feature | class). */
  featureLogProb: DenseMatrix;
}

/** What an alpha is raised to without forceAlpha. */
export const SMALLEST_ALPHA = 1e-10;

const isNumbers = (v: unknown): v is ArrayLike<number> => (Array.isArray(v) || ArrayBuffer.isView(v)) && 'length' in v;
const isNotNegative = (v: unknown): boolean => typeof v === 'number' && v >= 0 && v < Infinity;
const allNotNegative = (v: unknown): boolean => isNumbers(v) && v.length > 0 && Array.from(v).every(isNotNegative);

/** The rules of the shared options. */
export const discreteRules: { readonly [K in keyof DiscreteNaiveBayesOptions]-?: Rule } = {
  alpha: custom<number | ArrayLike<number>>(1, 'a number in [0, ∞) or one per column of X', (v) => isNotNegative(v) || allNotNegative(v), -1),
  forceAlpha: flag(true),
  fitPrior: flag(true),
  classPrior: optional(custom<ArrayLike<number> | null>(null, 'a list of numbers in [0, ∞)', allNotNegative, [-1])),
};

/**
 * What the naive Bayes classifiers over counts share: they sum X over the rows of each class, smooth the
 * sums by `alpha`, and score a row by a product with one coefficient per class and feature.
 *
 * Counterpart: scikit-learn's _BaseDiscreteNB.
 */
export abstract class DiscreteNaiveBayes<
  Options extends DiscreteNaiveBayesOptions,
  Learned extends DiscreteNaiveBayesFitted = DiscreteNaiveBayesFitted,
> extends NaiveBayes<Options, Learned> {
  /** Coefficients, classes × features. @param alpha one per feature */
  protected abstract featureLogProb(featureCount: DenseMatrix, classCount: Float64Array, alpha: Float64Array): DenseMatrix;

  /** X as it is counted: refused, or binarised, where the model says so. */
  protected abstract countable(X: Matrix): Matrix;

  protected learnMore(X: Matrix, y: Target, before: (Learned & ClassesSeen) | undefined): Learned {
    const counted = this.countable(X);
    const classCount = before ? before.classCount.slice() : new Float64Array(y.classes.length);
    const featureCount = before ? before.featureCount.copy() : new DenseMatrix(y.classes.length, X.cols);
    addCounts(counted, y, classCount, featureCount);
    const featureLogProb = this.featureLogProb(featureCount, classCount, this.#alpha(X.cols));
    return { classCount, classLogPrior: classLogPrior(this.owner, this.options as Readonly<Required<PriorOptions>>, classCount), featureCount, featureLogProb } as Learned;
  }

  /** One smoothing count per feature. */
  #alpha(cols: number): Float64Array {
    const { forceAlpha } = this.options;
    const alpha = this.options.alpha as number | ArrayLike<number>;
    if (typeof alpha !== 'number' && alpha.length !== cols) {
      throw new OptionError(`${this.owner}: alpha must have one value per column of X (${cols}), got ${alpha.length}.`);
    }
    const perFeature = typeof alpha === 'number' ? new Float64Array(cols).fill(alpha) : Float64Array.from(alpha);
    return forceAlpha ? perFeature : perFeature.map((a) => Math.max(a, SMALLEST_ALPHA));
  }
}

/** Adds Σw and Σw·x of each class's rows. */
function addCounts(X: Matrix, { codes, sampleWeight }: Target, classCount: Float64Array, { data: sums }: DenseMatrix): void {
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    const weight = sampleWeight ? sampleWeight[i] : 1;
    const base = codes[i] * cols;
    classCount[codes[i]] += weight;
    if (X.kind === 'csr') {
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) sums[base + X.indices[p]] += weight * data[p];
    } else {
      for (let j = 0; j < cols; j++) sums[base + j] += weight * data[i * cols + j];
    }
  }
}

/**
 * X·Wᵀ + bias, rows × classes. A count of 0 contributes 0 even where the coefficient is −∞, which is what
 * `alpha: 0` gives a feature that a class never had.
 */
export function scoreCounts(X: Matrix, W: DenseMatrix, bias: Float64Array | undefined): DenseMatrix {
  const scores = new DenseMatrix(X.rows, W.rows);
  const skipsZeros = X.kind === 'csr' || W.data.every(Number.isFinite);
  timesTransposed(skipsZeros ? X : CsrMatrix.fromDense(X), W, bias, scores.data);
  return scores;
}

/** X as it is. @throws DataError naming row and column of a negative value. */
export function refuseNegative(owner: string, X: Matrix): Matrix {
  for (let p = 0; p < X.data.length; p++) {
    if (X.data[p] >= 0) continue;
    const row = X.kind === 'csr' ? X.indptr.findIndex((end) => end > p) - 1 : Math.floor(p / X.cols);
    const col = X.kind === 'csr' ? X.indices[p] : p % X.cols;
    throw new DataError(
      `${owner}: X must hold counts of at least 0, row ${row} column ${col} has ${X.data[p]}. ` +
        'Use GaussianNB, or MinMaxScaler before it.',
    );
  }
  return X;
}
