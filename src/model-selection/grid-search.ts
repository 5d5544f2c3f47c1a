import type { Rules } from '../core/rules.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { parameterGrid } from './parameter-grid.ts';
import { Search, searchRules, type SearchableModel, type SearchOptions } from './search.ts';
import type { Params } from './search-space.ts';

export type GridSearchOptions<M> = SearchOptions<M>;

/**
 * Tries every combination of some options by cross-validation, and fits the best on all rows.
 *
 * X: what the estimator takes. y: one label or number per row. Candidates with equal first stages share them within a
 * fold, so that ten values of C fit the vectorizer once per fold; tokens are found once for all. The numbers are those of
 * trying each candidate by itself.
 *
 * `fitted` holds `results` (a row per candidate: params, scores with mean, std, folds and rank, seconds), `bestIndex`,
 * `bestParams`, `bestScore`, `bestEstimator`, `scorerName`, `nSplits`, `refitSeconds`, `classes`, `notes`. A fitted search predicts as its best
 * estimator does, and can be a stage or a competition's pipeline.
 *
 * Errors: OptionError for a step, option or value that the estimator does not take, before anything is fitted; DataError
 * when every fit fails.
 *
 * Counterpart: scikit-learn's GridSearchCV. Values are checked before the work, losses keep their sign, and with several
 * scorers `refit: true` means the first.
 *
 * @example
 * const search = await new GridSearch({ estimator: pipeline, searchSpace: { classify: { C: [0.1, 1, 10] } } }).fit(X, y);
 * search.fitted.bestParams; // { classify: { C: 1 } }
 */
export class GridSearch<M extends SearchableModel = Pipeline<any>> extends Search<M, GridSearchOptions<M>> {
  static override readonly rules: Rules<GridSearchOptions<unknown>> = searchRules;

  protected candidates(): Params[] {
    return parameterGrid(this.options.searchSpace, this.owner);
  }
}
