import { OptionError } from '../core/errors.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { SelectFdr, SelectFpr, SelectFwe } from './select-by-p-value.ts';
import { SelectKBest } from './select-k-best.ts';
import { SelectPercentile } from './select-percentile.ts';
import { scoreFuncRule, UnivariateSelector, type UnivariateOptions } from './univariate-selector.ts';

export interface GenericUnivariateSelectOptions extends UnivariateOptions {
  /** Which selector decides: SelectPercentile, SelectKBest, SelectFpr, SelectFdr or SelectFwe. Default 'percentile'. */
  mode?: 'percentile' | 'kBest' | 'fpr' | 'fdr' | 'fwe';
  /** Its percentile, k or alpha. Default 1e-5. */
  param?: number | 'all';
}

const SELECTORS = {
  percentile: (percentile: any) => new SelectPercentile({ percentile }),
  kBest: (k: any) => new SelectKBest({ k }),
  fpr: (alpha: any) => new SelectFpr({ alpha }),
  fdr: (alpha: any) => new SelectFdr({ alpha }),
  fwe: (alpha: any) => new SelectFwe({ alpha }),
} as const;

/**
 * Keeps columns that score high by themselves, by a rule that is an option, so that a search can choose it: `mode` names the selector and `param` is
 * what it takes. `fitted`: columns, scores, pvalues.
 *
 * Counterpart: scikit-learn's GenericUnivariateSelect.
 *
 * @throws OptionError for a `param` that the selector does not take; DataError where it needs p-values and the score has none
 * @example
 * new GenericUnivariateSelect({ scoreFunc: 'chi2', mode: 'kBest', param: 20 });
 */
export class GenericUnivariateSelect extends UnivariateSelector<GenericUnivariateSelectOptions> {
  static override readonly rules: Rules<GenericUnivariateSelectOptions> = {
    scoreFunc: scoreFuncRule(),
    mode: choice('percentile', ['percentile', 'kBest', 'fpr', 'fdr', 'fwe']),
    param: custom<number | 'all'>(1e-5, "a number in [0, ∞), or 'all'", (v) => v === 'all' || (typeof v === 'number' && v >= 0 && v < Infinity), -1),
  };

  keep(scores: Float64Array, pvalues: Float64Array | null): ArrayLike<unknown> {
    const { mode, param } = this.options;
    if (mode !== 'kBest' && param === 'all') throw new OptionError(`${this.owner}: param must be a number with mode '${mode}', got 'all'.`);
    return SELECTORS[mode](param).keep(scores, pvalues);
  }
}
