import type { Labels } from '../core/labels.ts';
import { crossValidate, type CrossValidateOptions } from './cross-validate.ts';
import type { CrossValidation } from './cross-validation.ts';
import type { Search, SearchFitted, SearchOptions, SearchableModel } from './search.ts';
import type { Params } from './search-space.ts';
import type { Scoring } from './judged-model.ts';

/** What an outer fold's search chose. */
export interface InnerChoice {
  fold: number;
  bestParams: Params;
  /** The inner folds' mean score, which chose it. */
  bestScore: number;
}

/** What nestedCrossValidate found. */
export interface NestedCrossValidation<M> {
  /** Scores of the searches on rows that neither chose nor fitted: how good the whole procedure is. */
  cv: CrossValidation<M>;
  choices: readonly InnerChoice[];
}

/**
 * Cross-validates a search as a whole: in each outer fold it searches by its own folds within the training rows, and
 * its best candidate is judged on the fold's test rows. A search's own best score is too good, since it was the largest
 * of many; this one is not.
 *
 * @param search any search; stays unfitted
 * @param options as crossValidate's; `cv` are the outer folds. The outer folds are spread over `workers`
 * Counterpart: cross_validate(GridSearchCV(…), …, return_estimator=True).
 * Source: Cawley and Talbot, "On Over-fitting in Model Selection and Subsequent Selection Bias in Performance Evaluation", JMLR 11, 2010.
 * @example
 * const { cv, choices } = await nestedCrossValidate(new GridSearch({ estimator, searchSpace, cv: 3 }), X, y, { cv: 5 });
 * cv.summary().accuracy.mean; choices.map(({ bestParams }) => bestParams);
 */
export async function nestedCrossValidate<M extends SearchableModel, Options extends SearchOptions<M>>(
  search: Search<M, Options>,
  X: unknown,
  y: Labels,
  options: Omit<CrossValidateOptions<Scoring | readonly Scoring[]>, 'returnEstimator'> = {},
): Promise<NestedCrossValidation<Search<M, Options>>> {
  const cv = (await crossValidate(search as never, X as never, y, { ...options, returnEstimator: true } as never)) as unknown as CrossValidation<Search<M, Options>>;
  const choices = cv.folds.map(({ fold, estimator }) => {
    const { bestParams, bestScore } = (estimator as { fitted: SearchFitted<M> }).fitted;
    return { fold, bestParams, bestScore };
  });
  return { cv, choices };
}
