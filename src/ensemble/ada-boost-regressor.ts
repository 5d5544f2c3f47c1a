import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import { choice, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { r2Score } from '../metrics/r2-score.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { DecisionTreeRegressor } from '../tree/decision-tree-regressor.ts';
import { Boosting, boostingRules, type BoostingFitted, type BoostingOptions } from './boosting.ts';
import { seededModel } from './seeded-model.ts';

export interface AdaBoostRegressorOptions<M extends Member | null = Member | null> extends BoostingOptions<M> {
  /** How a row's error, as a share of the largest one, counts: as it is, its square, or 1 − exp(−error). Default 'linear'. */
  loss?: 'linear' | 'square' | 'exponential';
}

/**
 * Boosting by AdaBoost.R2: each round draws as many rows as there are by their weights, fits a regressor on them, and
 * turns its errors on all rows into losses Lᵢ in [0, 1]; with the mean loss e and β = e / (1 − e), the model counts
 * learningRate · ln(1 / β), and row weights are multiplied by β^((1 − Lᵢ)·learningRate). Rounds end with e ≥ ½.
 * Predicts the weighted median of the models.
 *
 * X: what the estimator takes. y: one number per row. `fitted`: estimators, estimatorWeights, estimatorErrors (one per
 * model), featureImportances where the models have some.
 *
 * Counterpart: scikit-learn's AdaBoostRegressor; the same seed draws the same rows and inner seeds. The default estimator
 * is a DecisionTreeRegressor with maxDepth 3. A sole model with e ≥ ½ counts 1 here, 0 there.
 * Source: Drucker, "Improving Regressors using Boosting Techniques", ICML 1997.
 *
 * @example
 * const model = await new AdaBoostRegressor({ nEstimators: 100, loss: 'square' }).fit(X, y);
 * await model.predict(Xtest);
 */
export class AdaBoostRegressor<M extends Member | null = Member | null> extends Boosting<AdaBoostRegressorOptions<M>, BoostingFitted> {
  static override readonly rules: Rules<AdaBoostRegressorOptions> = { ...boostingRules, loss: choice('linear', ['linear', 'square', 'exponential']) };

  readonly estimatorType = 'regressor';

  constructor(options: AdaBoostRegressorOptions<M> = {}) {
    super(options);
  }

  async fit(X: unknown, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    const target = Float64Array.from(y);
    const { learningRate } = this.options as Required<AdaBoostRegressorOptions>;
    const fitted = await this.runRounds(X, target, options, async (weights, random, round, isLast) => {
      const model = seededModel(this.model, random);
      const drawn = random.choice(target.length, target.length, { p: weights });
      await model.fit(takeRows(X, drawn), takeRows(target, drawn));
      const losses = this.#losses((await model.predict(X)) as ArrayLike<number>, target, weights);
      const error = losses.reduce((sum, loss, i) => sum + weights[i] * loss, 0);
      if (error <= 0) return { model, weight: 1, error: 0, goesOn: false };
      if (error >= 0.5) return round > 0 ? { model: null, weight: 0, error, goesOn: false } : { model, weight: 1, error, goesOn: false };
      const beta = error / (1 - error);
      if (!isLast) for (let i = 0; i < weights.length; i++) weights[i] *= beta ** ((1 - losses[i]) * learningRate);
      return { model, weight: learningRate * Math.log(1 / beta), error, goesOn: true };
    });
    return this.restore(fitted);
  }

  /** The weighted median of the models' predictions, in the unit of y. */
  async predict(X: unknown): Promise<Float64Array> {
    return this.#median(await this.#predictions(X), this.fitted.estimators.length, rowCount(X));
  }

  /** The predictions after each round. */
  async *stagedPredict(X: unknown): AsyncGenerator<Float64Array> {
    const predictions = await this.#predictions(X);
    for (let m = 1; m <= predictions.length; m++) yield this.#median(predictions, m, rowCount(X));
  }

  /** R² of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return r2Score(y, await this.predict(X), { sampleWeight });
  }

  protected defaultEstimator(): Member {
    return new DecisionTreeRegressor({ maxDepth: 3 }) as unknown as Member;
  }

  /** Each row's loss, in [0, 1]; rows of weight 0 have none. */
  #losses(predicted: ArrayLike<number>, target: Float64Array, weights: Float64Array): Float64Array {
    const errors = target.map((value, i) => (weights[i] > 0 ? Math.abs(predicted[i] - value) : 0));
    const largest = errors.reduce((most, error) => Math.max(most, error), 0);
    if (largest === 0) return errors;
    const { loss } = this.options;
    return errors.map((error) => {
      const share = error / largest;
      return loss === 'linear' ? share : loss === 'square' ? share * share : 1 - Math.exp(-share);
    });
  }

  async #predictions(X: unknown): Promise<ArrayLike<number>[]> {
    const parts: ArrayLike<number>[] = [];
    for (const model of this.fitted.estimators) parts.push((await model.predict(X)) as ArrayLike<number>);
    return parts;
  }

  #median(parts: readonly ArrayLike<number>[], models: number, rows: number): Float64Array {
    const { estimatorWeights } = this.fitted;
    const order = Array.from({ length: models }, (_, m) => m);
    return Float64Array.from({ length: rows }, (_, i) => {
      order.sort((a, b) => parts[a][i] - parts[b][i] || a - b);
      const half = 0.5 * order.reduce((sum, m) => sum + estimatorWeights[m], 0);
      let sum = 0;
      for (const m of order) if ((sum += estimatorWeights[m]) >= half) return parts[m][i];
      return parts[order[models - 1]][i];
    });
  }
}
