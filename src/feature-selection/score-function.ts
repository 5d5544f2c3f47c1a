import { DataError } from '../core/errors.ts';
import { checkSameRows } from '../core/rows.ts';
import { show } from '../core/show.ts';
import type { Labels } from '../core/labels.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { chi2 } from './chi2.ts';
import { fClassif } from './f-classif.ts';
import { fRegression } from './f-regression.ts';
import { mutualInfoClassif, mutualInfoRegression } from './mutual-information.ts';
import { rRegression } from './r-regression.ts';

/** How well each column alone tells y. */
export interface ColumnScores {
  /** One per column, larger is better. */
  scores: Float64Array;
  /** How likely such a score is of a column that tells nothing, one per column; null where a score has none. */
  pvalues: Float64Array | null;
}

/** A score of each column of X against y. */
export type ScoreFunction = (X: Matrix, y: ArrayLike<any>) => ColumnScores | Float64Array;

/** The score functions of this library by name. */
export type ScoreFunctionName = 'chi2' | 'fClassif' | 'fRegression' | 'rRegression' | 'mutualInfoClassif' | 'mutualInfoRegression';

export const scoreFunctions: Readonly<Record<ScoreFunctionName, ScoreFunction>> = {
  chi2: (X, y) => chi2(X, y as Labels),
  fClassif: (X, y) => fClassif(X, y as Labels),
  fRegression: (X, y) => fRegression(X, y as ArrayLike<number>),
  rRegression: (X, y) => rRegression(X, y as ArrayLike<number>),
  mutualInfoClassif: (X, y) => mutualInfoClassif(X, y as Labels),
  mutualInfoRegression: (X, y) => mutualInfoRegression(X, y as ArrayLike<number>),
};

/** The scores by a function or its name. @throws DataError without y, or for a score function that gives no scores. */
export function scoreColumns(owner: string, scoreFunc: ScoreFunctionName | ScoreFunction, X: Matrix, y: ArrayLike<unknown> | undefined): ColumnScores {
  if (y == null) throw new DataError(`${owner}: y must be given, got ${show(y)}. Pass one value per row.`);
  checkSameRows(owner, { X, y });
  const result = typeof scoreFunc === 'string' ? scoreFunctions[scoreFunc](X, y) : scoreFunc(X, y);
  const { scores, pvalues } = ArrayBuffer.isView(result) ? { scores: result, pvalues: null } : result;
  if (scores?.length !== X.cols) {
    throw new DataError(`${owner}: scoreFunc must give one score per column (${X.cols}), got ${show(scores)}.`);
  }
  return { scores, pvalues };
}
