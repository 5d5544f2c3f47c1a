import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { custom, optional, type Rule } from '../core/rules.ts';
import { rowsOfClasses } from '../core/rows-of-classes.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { denseOnly } from '../matrix/dense-only.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { normalizeLogs } from '../matrix/normalize-logs.ts';

/** The rows of each class, with their means. */
export interface ClassRows {
  /** One matrix per class. */
  parts: DenseMatrix[];
  /** classes × columns. */
  means: DenseMatrix;
}

/** The `priors` option: one number per class. */
export const priorsRule = (): Rule<ArrayLike<number> | null> =>
  optional(
    custom<ArrayLike<number> | null>(
      null,
      'a list of numbers of at least 0, one of them above 0',
      (v) => (Array.isArray(v) || v instanceof Float64Array) && (v as number[]).every((p) => p >= 0 && p < Infinity) && (v as number[]).some((p) => p > 0),
      [-1],
    ),
  );

/**
 * What linear and quadratic discriminant analysis share: each class is normal, and Bayes' rule says how likely each is. A
 * subclass is `learn` and `scores`.
 *
 * Counterpart: scikit-learn's DiscriminantAnalysisPredictionMixin.
 */
export abstract class DiscriminantAnalysis<Options extends { priors?: ArrayLike<number> | null }, Learned extends object> extends Classifier<Options, Learned, MatrixLike, DenseMatrix> {
  static override readonly weighsRows = false;

  /** ln P(class) + ln P(x | class) up to a term that all classes of a row share, rows × classes. */
  protected abstract scores(X: DenseMatrix, fitted: Learned & ClassesSeen): DenseMatrix;

  /** One score per row for two classes, ln P(classes[1] | x) − ln P(classes[0] | x); else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const scores = this.scores(this.checkSeen(X), this.fitted);
    return scores.cols === 2 ? Float64Array.from({ length: scores.rows }, (_, i) => scores.data[2 * i + 1] - scores.data[2 * i]) : scores;
  }

  override async predict(X: MatrixLike): Promise<Label[]> {
    return this.labelsOf(this.scores(this.checkSeen(X), this.fitted));
  }

  override async predictLogProba(X: MatrixLike): Promise<DenseMatrix> {
    const scores = this.scores(this.checkSeen(X), this.fitted);
    normalizeLogs(scores);
    return scores;
  }

  protected probabilities(X: DenseMatrix, fitted: Learned & ClassesSeen): DenseMatrix {
    const logs = this.scores(X, fitted);
    normalizeLogs(logs);
    for (let p = 0; p < logs.data.length; p++) logs.data[p] = Math.exp(logs.data[p]);
    return logs;
  }

  protected override matrixOf(X: MatrixLike, minRows = 1): DenseMatrix {
    return denseOnly(this.owner, X, minRows);
  }

  /** @throws DataError for weights */
  protected refuseWeights({ sampleWeight }: Target): void {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, rows are not weighed. Repeat rows that count more.`);
  }

  protected rowsByClass(X: DenseMatrix, { codes, classes }: Target): ClassRows {
    const means = new DenseMatrix(classes.length, X.cols);
    const parts = rowsOfClasses(codes, classes.length).map((rows, k) => {
      const part = X.take(rows);
      means.row(k).set(columnMeans(part));
      return part;
    });
    return { parts, means };
  }

  /** Shares of rows, or those given, divided by their sum. @throws ShapeError for another number than classes */
  protected priorsOf(parts: readonly DenseMatrix[]): Float64Array {
    const priors = this.options.priors as ArrayLike<number> | null;
    if (priors !== null && priors.length !== parts.length) {
      throw new ShapeError(`${this.owner}: priors must have one value per class (${parts.length}), got ${priors.length}.`);
    }
    const given = priors === null ? Float64Array.from(parts, (part) => part.rows) : Float64Array.from(priors);
    const sum = given.reduce((a, b) => a + b, 0);
    return given.map((p) => p / sum);
  }

  /** @throws OptionError where the solver does not look at the options that shape a covariance */
  protected refuseShaping(solver: string, others: string, options: { shrinkage: unknown; covarianceEstimator: unknown }): void {
    for (const name of ['shrinkage', 'covarianceEstimator'] as const) {
      if (options[name] !== null) throw new OptionError(`${this.owner}: ${name} must be null with solver '${solver}', which makes no covariance. Use solver ${others}.`);
    }
  }
}
