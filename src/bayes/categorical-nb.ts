import type { ClassesSeen, Target } from '../base/classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { custom, flag, number, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { classLogPrior, type PriorOptions } from './class-log-prior.ts';
import { discreteRules, SMALLEST_ALPHA } from './discrete-naive-bayes.ts';
import { NaiveBayes } from './naive-bayes.ts';

export interface CategoricalNBOptions extends PriorOptions {
  /** Count added to every category of every column in every class. 0 smooths nothing. Default 1. */
  alpha?: number;
  /** Whether an alpha below 1e-10 is taken as it is; otherwise it is raised to 1e-10. Default true. */
  forceAlpha?: boolean;
  /** Fewest categories that a column counts with: one number, or one per column of X. Default null: as many as it has in fit. */
  minCategories?: number | ArrayLike<number> | null;
}

export interface CategoricalNBFitted {
  /** Rows per class, or their weights' sum. */
  classCount: Float64Array;
  /** ln P(class), one per class. */
  classLogPrior: Float64Array;
  /** For each column of X, classes × categories: weight of the rows. */
  categoryCount: readonly DenseMatrix[];
  /** For each column of X, classes × categories: ln P(category | class). */
  featureLogProb: readonly DenseMatrix[];
  /** Categories of each column. */
  nCategories: Int32Array;
}

const isCount = (v: unknown): boolean => Number.isInteger(v) && (v as number) >= 1;
const areCounts = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v && Array.from(v as ArrayLike<unknown>).every(isCount);

/**
 * Naive Bayes for columns of categories: with Nⱼₜ꜀ of the N꜀ rows of class c in category t of column j's nⱼ,
 * ln P(c | x) = ln P(c) + Σⱼ ln [(Nⱼₜ꜀ + alpha) / (N꜀ + alpha·nⱼ)] + const for the categories t = xⱼ.
 *
 * X: samples × features, whole numbers from 0 as OrdinalEncoder makes them, dense or CSR (what is not stored is category 0). y: one label
 * per row. A category that fit did not see, above those it saw, says nothing of the class: let an OrdinalEncoder before it answer unknown
 * categories with a large `unknownValue`.
 *
 * `fitted`: classes, classCount, classLogPrior, categoryCount, featureLogProb (ln P(category | class)), nCategories.
 *
 * @throws DataError for values that are negative or not whole
 * Counterpart: scikit-learn's CategoricalNB, which fails on categories above those of fit, cuts fractions off, and takes no sparse X. After
 * partialFit `nCategories` is that of all batches, there of the last.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §6.6.3.
 *
 * @example
 * const model = new Pipeline([['codes', new OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: 1e6 })], ['bayes', new CategoricalNB()]]);
 * await model.fit(table, labels);
 */
export class CategoricalNB extends NaiveBayes<CategoricalNBOptions, CategoricalNBFitted> {
  static override readonly rules: Rules<CategoricalNBOptions> = {
    alpha: number(1, { min: 0 }),
    forceAlpha: flag(true),
    fitPrior: discreteRules.fitPrior,
    classPrior: discreteRules.classPrior,
    minCategories: custom<number | ArrayLike<number> | null>(null, 'a whole number of at least 1, one per column of X, or null', (v) => v === null || isCount(v) || areCounts(v), 0),
  };

  protected learnMore(X: Matrix, { classes, codes, sampleWeight }: Target, before: (CategoricalNBFitted & ClassesSeen) | undefined): CategoricalNBFitted {
    const { fitPrior, classPrior } = this.options;
    const categories = this.#categories(X);
    const nCategories = this.#counts(categories, before);
    const classCount = before ? before.classCount.slice() : new Float64Array(classes.length);
    const categoryCount = Array.from(nCategories, (n, j) => widened(before?.categoryCount[j], classes.length, n));
    for (let i = 0; i < X.rows; i++) {
      const weight = sampleWeight ? sampleWeight[i] : 1;
      classCount[codes[i]] += weight;
      for (let j = 0; j < X.cols; j++) categoryCount[j].data[codes[i] * nCategories[j] + categories.data[i * X.cols + j]] += weight;
    }
    return {
      classCount,
      classLogPrior: classLogPrior(this.owner, { fitPrior, classPrior: classPrior as ArrayLike<number> | null }, classCount),
      categoryCount,
      featureLogProb: categoryCount.map((counts) => this.#logProb(counts)),
      nCategories,
    };
  }

  protected jointLogLikelihood(X: Matrix, { featureLogProb, classLogPrior: prior, nCategories }: CategoricalNBFitted & ClassesSeen): DenseMatrix {
    const categories = this.#categories(X).data;
    const byCategory = featureLogProb.map((logs) => logs.transpose().data);
    const k = prior.length;
    const joint = new DenseMatrix(X.rows, k);
    for (let i = 0, p = 0; i < X.rows; i++) {
      const row = joint.row(i);
      row.set(prior);
      for (let j = 0; j < X.cols; j++, p++) {
        if (categories[p] >= nCategories[j]) continue;
        const logs = byCategory[j];
        for (let c = 0, at = categories[p] * k; c < k; c++, at++) row[c] += logs[at];
      }
    }
    return joint;
  }

  /** X, filled. @throws DataError naming row and column of a value that is no category */
  #categories(X: Matrix): DenseMatrix {
    const dense = X.toDense();
    const at = dense.data.findIndex((value) => !(value >= 0 && Number.isInteger(value)));
    if (at < 0) return dense;
    throw new DataError(
      `${this.owner}: X must hold categories as whole numbers from 0, row ${Math.floor(at / X.cols)} column ${at % X.cols} has ${show(dense.data[at])}. Put an OrdinalEncoder or a KBinsDiscretizer before it.`,
    );
  }

  /** Categories of each column, over all rows so far. */
  #counts({ rows, cols, data }: DenseMatrix, before: CategoricalNBFitted | undefined): Int32Array {
    const minCategories = this.options.minCategories as number | ArrayLike<number> | null;
    if (minCategories !== null && typeof minCategories !== 'number' && minCategories.length !== cols) {
      throw new OptionError(`${this.owner}: minCategories must have one value per column of X (${cols}), got ${minCategories.length}.`);
    }
    const counts = Int32Array.from({ length: cols }, (_, j) => Math.max(before?.nCategories[j] ?? 0, typeof minCategories === 'number' ? minCategories : (minCategories?.[j] ?? 0)));
    for (let p = 0; p < rows * cols; p++) counts[p % cols] = Math.max(counts[p % cols], data[p] + 1);
    return counts;
  }

  #logProb(counts: DenseMatrix): DenseMatrix {
    const alpha = this.options.forceAlpha ? this.options.alpha : Math.max(this.options.alpha, SMALLEST_ALPHA);
    const logs = new DenseMatrix(counts.rows, counts.cols, counts.data.map((count) => count + alpha));
    for (let c = 0; c < logs.rows; c++) {
      const row = logs.row(c);
      const logTotal = Math.log(row.reduce((sum, count) => sum + count, 0));
      for (let t = 0; t < row.length; t++) row[t] = Math.log(row[t]) - logTotal;
    }
    return logs;
  }
}

/** Counts so far with room for more categories. */
function widened(counts: DenseMatrix | undefined, rows: number, cols: number): DenseMatrix {
  const wide = new DenseMatrix(rows, cols);
  if (counts) for (let c = 0; c < rows; c++) wide.row(c).set(counts.row(c));
  return wide;
}
