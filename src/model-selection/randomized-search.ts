import { integer, seed, type Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { parameterSampler } from './parameter-sampler.ts';
import { Search, searchRules, type SearchableModel, type SearchOptions } from './search.ts';
import type { Params } from './search-space.ts';

export interface RandomizedSearchOptions<M> extends SearchOptions<M> {
  /** How many combinations to try. Default 10. */
  nIter?: number;
  /** Seed of the combinations; null stands for 0. Default null. */
  randomState?: number | null;
}

/**
 * Tries random combinations of some options by cross-validation, and fits the best on all rows.
 *
 * An option is a list, of which each value is equally likely, or a distribution: `uniform`, `logUniform`, `randint`. Lists only are drawn without
 * repeats. All else, `fitted` too, is as in GridSearch.
 *
 * Counterpart: scikit-learn's RandomizedSearchCV; the same seed tries the same combinations.
 * Source: Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012.
 *
 * @example
 * const search = new RandomizedSearch({ estimator: pipeline, searchSpace: { classify: { C: logUniform(1e-3, 1e3) } }, nIter: 20 });
 * await search.fit(X, y);
 */
export class RandomizedSearch<M extends SearchableModel = Pipeline<any>> extends Search<M, RandomizedSearchOptions<M>> {
  static override readonly rules: Rules<RandomizedSearchOptions<unknown>> = { ...searchRules, nIter: integer(10, { min: 1 }), randomState: seed() };

  protected candidates(): Params[] {
    const { searchSpace, nIter, randomState } = this.options;
    return parameterSampler(searchSpace, nIter, randomState, this.owner);
  }
}
