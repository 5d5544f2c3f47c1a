import type { FitOptions } from '../core/fit-options.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { RidgeCV } from '../linear/ridge-cv.ts';
import { r2Score } from '../metrics/r2-score.ts';
import type { Member, NamedMember } from '../model-selection/meta-estimator.ts';
import { Stacking, stackingRules, type StackingFitted, type StackingOptions } from './stacking.ts';

export type StackingRegressorOptions<Members extends readonly NamedMember[] = readonly NamedMember[], Final extends Member | null = Member | null> = StackingOptions<Members, Final>;

/**
 * Stacked generalisation for numbers: a final regressor learns from the first layer's out-of-fold predictions. For
 * `predict` the first layer is fitted on all rows.
 *
 * X: what the models take. y: one number per row. `fitted`: estimators, finalEstimator, stackMethod;
 * `namedEstimators` by name. `transform` gives the predictions as rows × models.
 *
 * Counterpart: scikit-learn's StackingRegressor, with RidgeCV as the default final model. There is no 'drop'.
 * `cv` must test every row exactly once.
 * Source: Wolpert 1992; Breiman, "Stacked Regressions", Machine Learning 24, 1996.
 *
 * @throws DataError for 'prefit' with a model that is not fitted
 * @example
 * const stack = new StackingRegressor({ estimators: [['ridge', new Ridge()], ['neighbours', new KNeighborsRegressor()]] });
 * await (await stack.fit(X, y)).predict(Xtest);
 */
export class StackingRegressor<
  const Members extends readonly NamedMember[] = readonly NamedMember[],
  Final extends Member | null = Member | null,
> extends Stacking<StackingRegressorOptions<Members, Final>, StackingFitted> {
  static override readonly rules: Rules<StackingRegressorOptions> = stackingRules;

  readonly estimatorType = 'regressor';

  async fit(X: unknown, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    return this.restore(await this.fitLayers(X, y, null, options, 'predict'));
  }

  /** The final model's predictions, in the unit of y. */
  async predict(X: unknown): Promise<Float64Array> {
    return Float64Array.from((await this.askFinal('predict', X)) as ArrayLike<number>);
  }

  /** R² of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return r2Score(y, await this.predict(X), { sampleWeight });
  }

  protected defaultFinal(): Member {
    return new RidgeCV() as unknown as Member;
  }
}
