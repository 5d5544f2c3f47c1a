import type { Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { Halving, halvingRules, type HalvingOptions } from './halving.ts';
import { parameterGrid } from './parameter-grid.ts';
import type { SearchableModel } from './search.ts';
import type { Params } from './search-space.ts';

export type HalvingGridSearchOptions<M> = HalvingOptions<M>;

/**
 * Tries every combination of some options on few training rows, the best third of them on three times as many, and so
 * on; fits the best of the last round on all rows.
 *
 * `fitted` is as in GridSearch; `results` has the rows of all rounds, each with `iteration` and `resources`. Ranks are
 * over all rounds, the best candidate is the last round's. minResources is 'exhaust' by default.
 *
 * Counterpart: scikit-learn's HalvingGridSearchCV; the same seed draws the same rows. Candidates of equal scores go on in
 * their order.
 * Source: Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016.
 *
 * @throws OptionError for a resource that the estimator does not have or that is searched too, or minResources above maxResources
 * @example
 * const search = new HalvingGridSearch({ estimator: pipeline, searchSpace: { classify: { C: [0.01, 0.1, 1, 10] } }, factor: 2 });
 * (await search.fit(X, y)).fitted.bestParams;
 */
export class HalvingGridSearch<M extends SearchableModel = Pipeline<any>> extends Halving<M, HalvingGridSearchOptions<M>> {
  static override readonly rules: Rules<HalvingGridSearchOptions<unknown>> = halvingRules('exhaust');

  protected firstRound(): Params[] {
    return parameterGrid(this.options.searchSpace, this.owner);
  }
}
