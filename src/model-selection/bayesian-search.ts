import { integer, type Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { Search, searchRules, type ScoresSoFar, type SearchableModel, type SearchOptions } from './search.ts';
import type { Params } from './search-space.ts';
import type { SearchStudy } from './search-study.ts';
import { TreeParzen, treeParzenRules } from './tree-parzen.ts';

export interface BayesianSearchOptions<M> extends SearchOptions<M> {
  /** How many candidates to try. Default 50. */
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
 * An option is a list, whose values have no order, or a distribution: `uniform`, `logUniform`, `randint`. All else,
 * `fitted` too, is as in GridSearch. The candidates are the same for any number of workers; they depend on `batchSize`.
 *
 * Counterpart: optuna's OptunaSearchCV with its default sampler; scikit-learn has none.
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
    while (study.params.length < nIter) {
      const asked = Array.from({ length: Math.min(batchSize, nIter - study.params.length) }, () => tpe.ask());
      await study.evaluate(asked.map(({ params }) => params));
      for (const { id } of asked) tpe.tell(id, scoreOf(id));
    }
  }
}
