import { custom, type Rules } from '../core/rules.ts';
import { nanLast, scoreFuncRule, UnivariateSelector, type UnivariateOptions } from './univariate-selector.ts';

export interface SelectKBestOptions extends UnivariateOptions {
  /** How many columns to keep; 'all' keeps every one. Default 10. */
  k?: number | 'all';
}

/**
 * Keeps the k columns that score highest by themselves. Of equal scores the later column is kept, as in
 * scikit-learn. `fitted`: columns, scores, pvalues.
 *
 * Counterpart: scikit-learn's SelectKBest. More than there are columns keeps all, as there.
 *
 * @example
 * new Pipeline([['count', new CountVectorizer()], ['select', new SelectKBest({ scoreFunc: 'chi2', k: 5000 })], …]);
 */
export class SelectKBest extends UnivariateSelector<SelectKBestOptions> {
  static override readonly rules: Rules<SelectKBestOptions> = {
    scoreFunc: scoreFuncRule(),
    k: custom<number | 'all'>(10, "a whole number of at least 0, or 'all'", (v) => v === 'all' || (Number.isInteger(v) && (v as number) >= 0), -1),
  };

  keep(scores: Float64Array): ArrayLike<unknown> {
    const k = this.options.k === 'all' ? scores.length : Math.min(this.options.k, scores.length);
    const clean = nanLast(scores);
    const order = Array.from(clean.keys()).sort((a, b) => clean[a] - clean[b]);
    const marks = new Uint8Array(scores.length);
    for (const j of order.slice(scores.length - k)) marks[j] = 1;
    return marks;
  }
}
