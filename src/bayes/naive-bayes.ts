import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { knownClasses } from '../base/known-classes.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { labelCodes, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { normalizeLogs } from '../matrix/normalize-logs.ts';

/** What may accompany X and y in `partialFit`. */
export interface PartialFitOptions extends FitOptions {
  /** Every class that will ever come; needed in the first call, and may be repeated in later ones. */
  classes?: Labels;
}

/**
 * What the naive Bayes classifiers share: Bayes' rule in logarithms. A subclass says how it counts (`learn`,
 * `learnMore`) and what ln P(class) + ln P(x | class) is; no probability is multiplied, so that nothing
 * underflows however long a document is.
 *
 * Counterpart: scikit-learn's _BaseNB.
 */
export abstract class NaiveBayes<Options extends object, Learned extends object> extends Classifier<Options, Learned> {
  /** One class is enough: it is then always predicted, as in scikit-learn. */
  protected override get minClasses(): number {
    return 1;
  }

  /** ln P(class) + ln P(x | class), rows × classes; up to a term that all classes of a row share. */
  protected abstract jointLogLikelihood(X: Matrix, fitted: Learned & ClassesSeen): DenseMatrix;

  /** `learn`, on top of what was learned before; `before` is undefined in the first call. */
  protected abstract learnMore(X: Matrix, y: Target, before: (Learned & ClassesSeen) | undefined): Learned;

  protected learn(X: Matrix, y: Target): Learned {
    return this.learnMore(X, y, undefined);
  }

  /**
   * Learns from more rows, as if they had been in fit from the start.
   * @throws DataError when the first call names no classes, or y has a label that is none of them
   */
  async partialFit(X: MatrixLike, y: Labels, options: PartialFitOptions = {}): Promise<this> {
    const before = this.isFitted ? this.fitted : undefined;
    const matrix = before ? this.checkSeen(X) : this.matrixOf(X);
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    if (matrix.rows === 0) throw new ShapeError(`${this.owner}: X must have at least 1 row, got 0.`);
    checkSameRows(this.owner, { X: matrix, y });
    const classes = knownClasses(this.owner, before?.classes, options.classes);
    const codes = labelCodes(this.owner, y, classes);
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, matrix.rows);
    const learned = this.learnMore(matrix, { classes, codes, sampleWeight }, before);
    return this.restore({ ...learned, classes, nFeaturesIn: matrix.cols });
  }

  /**
   * ln P(class) + ln P(x | class), rows × classes; ComplementNB's score in its place there.
   * Counterpart: scikit-learn's predict_joint_log_proba.
   */
  async predictJointLogProba(X: MatrixLike): Promise<DenseMatrix> {
    return this.jointLogLikelihood(this.checkSeen(X), this.fitted);
  }

  /** The class of the largest joint likelihood; the smaller class on a tie. */
  override async predict(X: MatrixLike): Promise<Label[]> {
    return this.labelsOf(await this.predictJointLogProba(X));
  }

  /** ln P(class | x), rows × classes: the joint likelihood less its log-sum-exp over classes. */
  override async predictLogProba(X: MatrixLike): Promise<DenseMatrix> {
    const logs = await this.predictJointLogProba(X);
    normalizeLogs(logs);
    return logs;
  }

  protected probabilities(X: Matrix, fitted: Learned & ClassesSeen): DenseMatrix {
    const logs = this.jointLogLikelihood(X, fitted);
    normalizeLogs(logs);
    for (let p = 0; p < logs.data.length; p++) logs.data[p] = Math.exp(logs.data[p]);
    return logs;
  }
}
