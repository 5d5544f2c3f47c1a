import { OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { encodeLabels, labelCodes, type Label, type Labels } from '../core/labels.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import { alignColumns } from '../model-selection/align-classes.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, learnedBy, ownerOf, predictorOf } from '../model-selection/model.ts';
import { DecisionTreeClassifier } from '../tree/decision-tree-classifier.ts';
import { Bagging, baggingRules, type BaggingFitted, type BaggingOptions } from './bagging.ts';
import { largestInRow } from './largest-in-row.ts';

/** What BaggingClassifier has learned. */
export interface BaggingClassifierFitted extends BaggingFitted {
  /** Ascending. */
  classes: readonly Label[];
  /** Mean out-of-bag probabilities, rows × classes, NaN for rows that every copy drew; with `oobScore` only. */
  oobDecisionFunction?: DenseMatrix;
}

/**
 * Copies of one classifier, each fitted on rows drawn with replacement (and on columns drawn, with `maxFeatures`); the
 * mean of their probabilities decides, or their votes where the classifier knows no probabilities.
 *
 * X: what the estimator takes; a matrix where columns are drawn. y: one label per row. Weights are how likely a row is
 * drawn. `fitted`: classes, estimators, estimatorsSamples, estimatorsFeatures, and with `oobScore` oobScore and
 * oobDecisionFunction.
 *
 * Counterpart: scikit-learn's BaggingClassifier; the same seed draws the same rows, columns and inner seeds. As there, an
 * estimator that heeds weights gets all rows with the number of times each was drawn, others (pipelines among them) the
 * drawn rows. The default estimator is a DecisionTreeClassifier.
 * Source: Breiman, "Bagging Predictors", Machine Learning 24, 1996.
 *
 * @throws ShapeError for more rows or columns than there are; OptionError for oobScore without bootstrap
 * @example
 * const bag = new BaggingClassifier({ estimator: new KNeighborsClassifier(), nEstimators: 20, maxFeatures: 0.5, oobScore: true });
 * (await bag.fit(X, y)).fitted.oobScore;
 */
export class BaggingClassifier<M extends Member | null = Member | null> extends Bagging<BaggingOptions<M>, BaggingClassifierFitted> {
  static override readonly rules: Rules<BaggingOptions> = baggingRules;

  readonly estimatorType = 'classifier';

  constructor(options: BaggingOptions<M> = {}) {
    super(options);
  }

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const fitted = await this.fitCopies(X, y, options);
    const { classes } = encodeLabels(this.owner, y);
    const learned = { classes, ...fitted };
    return this.restore(this.options.oobScore ? { ...learned, ...(await this.#outOfBag(X, y, learned)) } : learned);
  }

  /** The label of the largest mean probability; the smaller class on a tie. */
  async predict(X: unknown): Promise<Label[]> {
    const { classes } = this.fitted;
    return Array.from(largestInRow(await this.predictProba(X)), (k) => classes[k]);
  }

  /** The copies' mean probabilities, or shares of votes, rows × classes. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    const { estimators } = this.fitted;
    let mean: DenseMatrix | undefined;
    for (let c = 0; c < estimators.length; c++) {
      const part = await this.#answer(this.columnsFor(X, this.fitted, c), this.fitted, c);
      mean ??= new DenseMatrix(part.rows, part.cols);
      for (let p = 0; p < part.data.length; p++) mean.data[p] += part.data[p];
    }
    const { rows, cols, data } = mean as DenseMatrix;
    return new DenseMatrix(rows, cols, data.map((sum) => sum / estimators.length));
  }

  /** The copies' mean decision values. @throws OptionError for an estimator without, or a copy that drew too few classes */
  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    const { estimators, classes } = this.fitted;
    if (!this.can('decisionFunction')) throw new OptionError(`${this.owner}: the estimator must have decisionFunction, ${ownerOf(predictorOf(this.model))} has none.`);
    let sum: Float64Array | DenseMatrix | undefined;
    for (const [c, copy] of estimators.entries()) {
      const values = (await askModel(copy, this.columnsFor(X, this.fitted, c), ['decisionFunction'])).get('decisionFunction') as Float64Array | DenseMatrix;
      const learned = learnedBy(predictorOf(copy)).classes ?? classes;
      if (learned.length !== classes.length) throw new OptionError(`${this.owner}: every copy must have drawn all ${classes.length} classes for decision values, copy ${c} drew ${learned.length}. Use predictProba.`);
      sum ??= values instanceof DenseMatrix ? new DenseMatrix(values.rows, values.cols) : new Float64Array(values.length);
      const [to, from] = [numbersOf(sum), numbersOf(values)];
      for (let p = 0; p < to.length; p++) to[p] += from[p] / estimators.length;
    }
    return sum as Float64Array | DenseMatrix;
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  can(method: string): boolean {
    return method === 'predict' || method === 'predictProba' || (method === 'decisionFunction' && canPredict(this.model, 'decisionFunction'));
  }

  protected defaultEstimator(): Member {
    return new DecisionTreeClassifier() as unknown as Member;
  }

  /** A copy's probabilities, or 1 for the label it says, rows × classes. */
  async #answer(X: unknown, { estimators, classes }: BaggingClassifierFitted, c: number): Promise<DenseMatrix> {
    const copy = estimators[c];
    if (canPredict(copy, 'predictProba')) {
      const proba = (await askModel(copy, X, ['predictProba'])).get('predictProba') as DenseMatrix;
      return alignColumns(this.owner, proba, learnedBy(predictorOf(copy)).classes ?? classes, classes, 0);
    }
    const codes = labelCodes(this.owner, await copy.predict(X), classes);
    const votes = new DenseMatrix(codes.length, classes.length);
    codes.forEach((code, i) => (votes.data[i * classes.length + code] = 1));
    return votes;
  }

  async #outOfBag(X: unknown, y: Labels, fitted: BaggingClassifierFitted): Promise<Partial<BaggingClassifierFitted>> {
    const { classes, estimators } = fitted;
    const sums = new DenseMatrix(rowCount(X), classes.length);
    const left = this.leftOut(fitted, sums.rows);
    for (let c = 0; c < estimators.length; c++) {
      if (left[c].length === 0) continue;
      const part = await this.#answer(this.columnsFor(takeRows(X, left[c]), fitted, c), fitted, c);
      left[c].forEach((row, i) => part.row(i).forEach((value, k) => (sums.row(row)[k] += value)));
    }
    const labels = Array.from(largestInRow(sums), (k) => classes[k]);
    let unanswered = 0;
    for (let i = 0; i < sums.rows; i++) {
      const row = sums.row(i);
      const total = row.reduce((sum, value) => sum + value, 0);
      if (total === 0) unanswered++;
      row.forEach((value, k) => (row[k] = value / total));
    }
    return { oobScore: accuracyScore(y, labels), oobDecisionFunction: sums, notes: this.oobNotes(unanswered) };
  }
}

const numbersOf = (values: Float64Array | DenseMatrix): Float64Array => (values instanceof DenseMatrix ? values.data : values);
