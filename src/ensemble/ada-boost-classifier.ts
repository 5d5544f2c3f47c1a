import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { encodeLabels, type Label, type Labels } from '../core/labels.ts';
import type { Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { DecisionTreeClassifier } from '../tree/decision-tree-classifier.ts';
import { withSharedRanks } from '../tree/shared-ranks.ts';
import { Boosting, boostingRules, type BoostingFitted, type BoostingOptions } from './boosting.ts';
import { largestInRow } from './largest-in-row.ts';
import { seededModel } from './seeded-model.ts';

/** What AdaBoostClassifier has learned. */
export interface AdaBoostClassifierFitted extends BoostingFitted {
  /** Ascending. */
  classes: readonly Label[];
}

/**
 * Boosting by SAMME: round m fits a classifier on weighted rows; with its weighted error e and K classes it counts
 * αₘ = learningRate · (ln((1 − e) / e) + ln(K − 1)), and rows that it missed weigh exp(αₘ) times as much in the next
 * round. Rounds end early with a model without error, or one no better than guessing, which is dropped.
 *
 * X: what the estimator takes. y: one label per row. The estimator must heed `sampleWeight`, a pipeline's last stage.
 * `fitted`: classes, estimators, estimatorWeights, estimatorErrors (one per model), featureImportances where the models
 * have some.
 *
 * Counterpart: scikit-learn's AdaBoostClassifier (SAMME), whose weights and errors are padded to nEstimators. The default
 * estimator is a DecisionTreeClassifier with maxDepth 1.
 * Source: Zhu, Zou, Rosset, Hastie, "Multi-class AdaBoost", Statistics and Its Interface 2, 2009.
 *
 * @throws DataError when the first model is no better than guessing
 * @example
 * const model = await new AdaBoostClassifier({ nEstimators: 100 }).fit(X, y);
 * for await (const labels of model.stagedPredict(Xtest)) console.log(accuracyScore(ytest, labels));
 */
export class AdaBoostClassifier<M extends Member | null = Member | null> extends Boosting<BoostingOptions<M>, AdaBoostClassifierFitted> {
  static override readonly rules: Rules<BoostingOptions> = boostingRules;

  readonly estimatorType = 'classifier';

  constructor(options: BoostingOptions<M> = {}) {
    super(options);
  }

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    const { classes } = encodeLabels(this.owner, y);
    if (classes.length < 2) throw new DataError(`${this.owner}: y must have at least 2 classes, got only ${classes.map(show).join(', ')}.`);
    const { learningRate } = this.options as Required<BoostingOptions>;
    const fitted = await withSharedRanks(Object(X), () => this.runRounds(X, y, options, async (weights, random, round, isLast) => {
      const model = seededModel(this.model, random);
      await model.fit(X, y, { sampleWeight: weights.slice() });
      const predicted = await model.predict(X);
      let missed = 0;
      let total = 0;
      for (let i = 0; i < weights.length; i++) {
        total += weights[i];
        if (predicted[i] !== y[i]) missed += weights[i];
      }
      const error = missed / total;
      if (error <= 0) return { model, weight: 1, error: 0, goesOn: false };
      if (error >= 1 - 1 / classes.length) {
        if (round > 0) return { model: null, weight: 0, error, goesOn: false };
        throw new DataError(`${this.owner}: the first model must be better than guessing among ${classes.length} classes, its weighted error is ${error}. Use another estimator.`);
      }
      const weight = learningRate * (Math.log((1 - error) / error) + Math.log(classes.length - 1));
      if (!isLast) for (let i = 0; i < weights.length; i++) if (predicted[i] !== y[i]) weights[i] = Math.exp(Math.log(weights[i]) + weight);
      return { model, weight, error, goesOn: true };
    }));
    return this.restore({ classes, ...fitted });
  }

  /** The label of the largest decision value; the smaller class on a tie. */
  async predict(X: unknown): Promise<Label[]> {
    return this.#labels(await this.decisionFunction(X));
  }

  /** For two classes one value in [−1, 1] per row, positive for the greater one; else rows × classes. */
  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    let last: Float64Array | DenseMatrix | undefined;
    for await (const values of this.stagedDecisionFunction(X)) last = values;
    return last as Float64Array | DenseMatrix;
  }

  /** softmax of the decision values over K − 1 (of ∓ half the value for two classes), rows × classes. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    const values = await this.decisionFunction(X);
    const { classes } = this.fitted;
    const proba = new DenseMatrix(values instanceof DenseMatrix ? values.rows : values.length, classes.length);
    for (let i = 0; i < proba.rows; i++) {
      const row = proba.row(i);
      if (values instanceof DenseMatrix) row.set(values.row(i).map((value) => value / (classes.length - 1)));
      else row.set([-values[i] / 2, values[i] / 2]);
      const largest = Math.max(...row);
      let sum = 0;
      row.forEach((value, k) => (sum += row[k] = Math.exp(value - largest)));
      row.forEach((value, k) => (row[k] = value / sum));
    }
    return proba;
  }

  /** The decision values after each round. */
  async *stagedDecisionFunction(X: unknown): AsyncGenerator<Float64Array | DenseMatrix> {
    const { classes, estimators, estimatorWeights } = this.fitted;
    const others = classes.length - 1;
    let sums: DenseMatrix | undefined;
    let total = 0;
    for (const [m, model] of estimators.entries()) {
      const predicted = await model.predict(X);
      const weight = estimatorWeights[m];
      total += weight;
      sums ??= new DenseMatrix(predicted.length, classes.length);
      for (let i = 0; i < sums.rows; i++) {
        const row = sums.row(i);
        for (let k = 0; k < row.length; k++) row[k] += predicted[i] === classes[k] ? weight : -weight / others;
      }
      if (classes.length > 2) yield new DenseMatrix(sums.rows, sums.cols, sums.data.map((sum) => sum / total));
      else yield Float64Array.from({ length: sums.rows }, (_, i) => -(sums as DenseMatrix).data[2 * i] / total + (sums as DenseMatrix).data[2 * i + 1] / total);
    }
  }

  /** The labels after each round. */
  async *stagedPredict(X: unknown): AsyncGenerator<Label[]> {
    for await (const values of this.stagedDecisionFunction(X)) yield this.#labels(values);
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  protected defaultEstimator(): Member {
    return new DecisionTreeClassifier({ maxDepth: 1 }) as unknown as Member;
  }

  #labels(values: Float64Array | DenseMatrix): Label[] {
    const { classes } = this.fitted;
    if (values instanceof DenseMatrix) return Array.from(largestInRow(values), (k) => classes[k]);
    return Array.from(values, (value) => classes[Number(value > 0)]);
  }
}
