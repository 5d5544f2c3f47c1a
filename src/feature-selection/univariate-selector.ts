import { custom, type Rule } from '../core/rules.ts';
import { DataError } from '../core/errors.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { FeatureSelector, positions, type ColumnsKept } from './feature-selector.ts';
import { scoreColumns, scoreFunctions, type ScoreFunction, type ScoreFunctionName } from './score-function.ts';

/** What selectors by the score of each column alone share. */
export interface UnivariateOptions {
  /**
   * How columns are scored: 'chi2', 'fClassif', 'mutualInfoClassif' for classes, 'fRegression', 'rRegression',
   * 'mutualInfoRegression' for numbers, or a function (X, y) → scores. Default 'fClassif'.
   */
  scoreFunc?: ScoreFunctionName | ScoreFunction;
}

export interface UnivariateFitted extends ColumnsKept {
  /** One per column. */
  scores: Float64Array;
  /** One per column; null where the score has none. */
  pvalues: Float64Array | null;
}

export const scoreFuncRule = (): Rule<ScoreFunctionName | ScoreFunction> =>
  custom<ScoreFunctionName | ScoreFunction>(
    'fClassif',
    `a function, or one of ${Object.keys(scoreFunctions).join(', ')}`,
    (v) => typeof v === 'function' || (typeof v === 'string' && Object.hasOwn(scoreFunctions, v)),
    'loudness',
  );

/** A selector by the score of each column alone: a subclass marks the columns to keep. */
export abstract class UnivariateSelector<Options extends UnivariateOptions> extends FeatureSelector<Options, UnivariateFitted> {
  /** Marks of the columns to keep. */
  abstract keep(scores: Float64Array, pvalues: Float64Array | null): ArrayLike<unknown>;

  protected learn(X: Matrix, y: ArrayLike<unknown> | undefined): UnivariateFitted {
    const { scoreFunc } = this.options as Required<UnivariateOptions>;
    const { scores, pvalues } = scoreColumns(this.owner, scoreFunc, X, y);
    return { scores, pvalues, columns: positions(this.keep(scores, pvalues)) };
  }

  protected needPvalues(pvalues: Float64Array | null): Float64Array {
    if (pvalues) return pvalues;
    throw new DataError(`${this.owner}: scoreFunc must give p-values, got scores only. Use 'fClassif', 'fRegression' or 'chi2'.`);
  }
}

/** Scores with NaN as the lowest number, so that it is picked last. */
export function nanLast(scores: Float64Array): Float64Array {
  return scores.map((score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score));
}
