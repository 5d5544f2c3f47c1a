import { integer, type Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { Distribution } from './distribution.ts';
import { Search, searchRules, type ScoresSoFar, type SearchableModel, type SearchOptions } from './search.ts';
import { dimensionsOf, flatParams, type Dimension, type Params } from './search-space.ts';
import type { SearchStudy } from './search-study.ts';
import { TreeParzen, treeParzenRules } from './tree-parzen.ts';

/** So many proposals in a row that were tried before: others are not to be expected. */
const MOST_REPEATS = 100;

export interface BayesianSearchOptions<M> extends SearchOptions<M> {
  /** How many candidates to try, each another one; fewer where the space has no more. Default 50. */
  nIter?: number;
  /** Candidates tried at random before scores are used. Default 10. */
  nStartup?: number;
  /** Points drawn to propose a candidate, of which the most promising is tried. Default 24. */
  nCandidates?: number;
  /** Candidates proposed at a time, before their scores are known: more keep more workers busy, and learn a little later. Default 1. */
  batchSize?: number;
  /** Seed of the proposals; null stands for 0. Default null. */
  randomState?: number | null;
}

/**
 * Tries candidates by cross-validation, each proposed from the scores of those before it by a tree-structured Parzen
 * estimator (see TreeParzen), and fits the best on all rows.
 *
 * An option is a list, whose values have no order, or a distribution: `uniform`, `logUniform`, `randint`. What is proposed
 * again is not fitted again, and the search ends where nothing else is proposed any more. All else, `fitted` too, is as in GridSearch. The candidates are the same for any number of workers; they depend on `batchSize`.
 *
 * Counterpart: optuna's OptunaSearchCV with its default sampler. Repeats count as trials there; scikit-learn has none.
 * Source: Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NIPS 2011.
 *
 * @throws OptionError for several spaces, or a distribution without known bounds
 * @example
 * const search = new BayesianSearch({ estimator: pipeline, searchSpace: { classify: { C: logUniform(1e-3, 1e3) } }, nIter: 30 });
 * await search.fit(X, y, { journal: 'search.jsonl' }); // goes on where it was interrupted
 */
export class BayesianSearch<M extends SearchableModel = Pipeline<any>> extends Search<M, BayesianSearchOptions<M>> {
  static override readonly rules: Rules<BayesianSearchOptions<unknown>> = {
    ...searchRules,
    nIter: integer(50, { min: 1 }),
    nStartup: treeParzenRules.nStartup,
    nCandidates: treeParzenRules.nCandidates,
    batchSize: integer(1, { min: 1 }),
    randomState: treeParzenRules.randomState,
  };

  protected candidates(): Params[] {
    return [];
  }

  protected override async explore(study: SearchStudy, { scoreOf, better }: ScoresSoFar): Promise<void> {
    const { searchSpace, nIter, nStartup, nCandidates, batchSize, randomState } = this.options;
    const direction = better === 'higher' ? 'maximize' : 'minimize';
    const tpe = new TreeParzen(searchSpace, { direction, nStartup, nCandidates, randomState }, this.owner);
    const [dimensions] = dimensionsOf(this.owner, searchSpace);
    const tried = new Map<string, number>();
    let repeats = 0;
    while (tried.size < nIter && repeats < MOST_REPEATS) {
      const asked = Array.from({ length: Math.min(batchSize, nIter - tried.size) }, () => tpe.ask()).map((one) => ({ ...one, key: keyOf(one.params, dimensions) }));
      const fresh = new Map(asked.filter(({ key }) => !tried.has(key)).map(({ key, params }) => [key, params]));
      for (const key of fresh.keys()) tried.set(key, tried.size);
      if (fresh.size > 0) await study.evaluate([...fresh.values()]);
      for (const { id, key } of asked) tpe.tell(id, scoreOf(tried.get(key) as number));
      repeats = fresh.size > 0 ? 0 : repeats + asked.length;
    }
    if (tried.size === nIter) return;
    const all = dimensions.reduce((product, { choices }) => product * (choices instanceof Distribution ? Infinity : choices.length), 1);
    study.notes.push(`${tried.size} candidates were tried, not ${nIter}: ${tried.size === all ? 'the space has no others' : 'what was proposed after them had been tried'}.`);
  }
}

/** Tells combinations of values apart. */
function keyOf(params: Params, dimensions: readonly Dimension[]): string {
  const values = flatParams(params, [dimensions]);
  return dimensions
    .map(({ path, choices }) => {
      const value = values[path.join('.')];
      return choices instanceof Distribution ? String(value) : Array.from(choices).findIndex((choice) => Object.is(choice, value));
    })
    .join(' ');
}
