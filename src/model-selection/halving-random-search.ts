import { OptionError } from '../core/errors.ts';
import { custom, type Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { Halving, halvingRules, type HalvingOptions, type Resources } from './halving.ts';
import { parameterSampler } from './parameter-sampler.ts';
import type { SearchableModel } from './search.ts';
import type { Params } from './search-space.ts';

export interface HalvingRandomSearchOptions<M> extends HalvingOptions<M> {
  /** How many combinations the first round tries; 'exhaust' is as many as leave the last round with all resources. Default 'exhaust'. */
  nCandidates?: number | 'exhaust';
}

/**
 * Tries random combinations of some options on few training rows, the best third of them on three times as many, and so
 * on; fits the best of the last round on all rows.
 *
 * An option is a list or a distribution, as in RandomizedSearch; `fitted` and the rounds are as in HalvingGridSearch.
 * minResources is 'smallest' by default.
 *
 * Counterpart: scikit-learn's HalvingRandomSearchCV; the same seed tries the same combinations on the same rows.
 * Source: Jamieson and Talwalkar 2016; Li et al., "Hyperband", JMLR 18, 2018.
 *
 * @throws OptionError as HalvingGridSearch, and for nCandidates and minResources both 'exhaust'
 * @example
 * const search = new HalvingRandomSearch({ estimator: pipeline, searchSpace: { classify: { C: logUniform(1e-3, 1e3) } }, randomState: 1 });
 * (await search.fit(X, y)).fitted.bestParams;
 */
export class HalvingRandomSearch<M extends SearchableModel = Pipeline<any>> extends Halving<M, HalvingRandomSearchOptions<M>> {
  static override readonly rules: Rules<HalvingRandomSearchOptions<unknown>> = {
    ...halvingRules('smallest'),
    nCandidates: custom<number | 'exhaust'>('exhaust', "a whole number of at least 1 or 'exhaust'", (v) => v === 'exhaust' || (Number.isInteger(v) && (v as number) >= 1), 0),
  };

  protected firstRound({ min, max }: Resources): Params[] {
    const { searchSpace, nCandidates, minResources, randomState } = this.options;
    if (nCandidates === 'exhaust' && minResources === 'exhaust') throw new OptionError(`${this.owner}: nCandidates must be a number with minResources 'exhaust', got 'exhaust'.`);
    return parameterSampler(searchSpace, nCandidates === 'exhaust' ? Math.floor(max / min) : nCandidates, randomState, this.owner);
  }
}
