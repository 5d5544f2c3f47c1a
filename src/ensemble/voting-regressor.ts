import type { FitOptions } from '../core/fit-options.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { r2Score } from '../metrics/r2-score.ts';
import { namedModelsRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { memberWeights, memberWeightsRule } from './member-weights.ts';
import { NamedEnsemble } from './named-ensemble.ts';

export interface VotingRegressorOptions<Members extends readonly NamedMember[] = readonly NamedMember[]> {
  /** Regressors by name; each may be a whole pipeline. Must be given. */
  estimators: Members;
  /** How much each model's prediction counts, one number per model. Default null: 1 each. */
  weights?: readonly number[] | null;
}

/** What VotingRegressor has learned. */
export interface VotingRegressorFitted {
  /** The fitted models, in the order of the option. */
  estimators: readonly Member[];
}

/**
 * The weighted mean of several regressors' predictions: ŷ = Σₘ wₘ·ŷₘ / Σₘ wₘ.
 *
 * X: what the models take. y: one number per row. Each model is fitted on all rows, with `sampleWeight` if given.
 * `fitted`: estimators; `namedEstimators` has them by name. `transform` gives the predictions as rows × models.
 *
 * Counterpart: scikit-learn's VotingRegressor. There is no 'drop': a weight of 0 leaves a model out.
 *
 * @throws ShapeError for another number of weights
 * @example
 * const mean = new VotingRegressor({ estimators: [['ridge', new Ridge()], ['neighbours', new KNeighborsRegressor()]], weights: [2, 1] });
 * await (await mean.fit(X, y)).predict(Xtest);
 */
export class VotingRegressor<const Members extends readonly NamedMember[] = readonly NamedMember[]> extends NamedEnsemble<VotingRegressorOptions<Members>, VotingRegressorFitted> {
  static override readonly rules: Rules<VotingRegressorOptions> = { estimators: namedModelsRule(), weights: memberWeightsRule() };

  readonly estimatorType = 'regressor';

  async fit(X: unknown, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    const sampleWeight = this.checkTarget(X, y, options);
    memberWeights(this.owner, this.options.weights, this.members.length);
    return this.restore({ estimators: await this.fitMembers(X, y, sampleWeight) });
  }

  /** One prediction per row, in the unit of y. */
  async predict(X: unknown): Promise<Float64Array> {
    const parts = await this.#predictions(X);
    const weights = memberWeights(this.owner, this.options.weights, parts.length);
    const total = weights.reduce((sum, w) => sum + w, 0);
    const sums = new Float64Array(parts[0].length);
    parts.forEach((values, m) => values.forEach((value, i) => (sums[i] += weights[m] * value)));
    return sums.map((sum) => sum / total);
  }

  /** The models' predictions as columns, for another model to learn from. */
  async transform(X: unknown): Promise<DenseMatrix> {
    return stackColumns((await this.#predictions(X)).map((values) => DenseMatrix.column(values))) as DenseMatrix;
  }

  async fitTransform(X: unknown, y: ArrayLike<number>, options?: FitOptions): Promise<DenseMatrix> {
    return (await this.fit(X, y, options)).transform(X);
  }

  /** R² of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return r2Score(y, await this.predict(X), { sampleWeight });
  }

  #predictions(X: unknown): Promise<Float64Array[]> {
    return this.askMembers(X, async (model, rows) => Float64Array.from((await model.predict(rows)) as ArrayLike<number>));
  }
}
