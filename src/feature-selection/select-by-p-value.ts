import { number, type Rules } from '../core/rules.ts';
import { scoreFuncRule, UnivariateSelector, type UnivariateOptions } from './univariate-selector.ts';

export interface PValueOptions extends UnivariateOptions {
  /** Level of the test, 0 to 1. Default 0.05. */
  alpha?: number;
}

const rules = (): Rules<PValueOptions> => ({ scoreFunc: scoreFuncRule(), alpha: number(0.05, { min: 0, max: 1 }) });

/**
 * Keeps columns whose p-value is below alpha: of columns that tell nothing, that share is kept by chance.
 * Counterpart: scikit-learn's SelectFpr.
 * @example
 * new SelectFpr({ alpha: 0.01 });
 */
export class SelectFpr extends UnivariateSelector<PValueOptions> {
  static override readonly rules: Rules<PValueOptions> = rules();

  keep(_scores: Float64Array, pvalues: Float64Array | null): ArrayLike<unknown> {
    return Array.from(this.needPvalues(pvalues), (p) => p < this.options.alpha);
  }
}

/**
 * Keeps columns so that at most the share alpha of those kept is expected to tell nothing.
 * Counterpart: scikit-learn's SelectFdr. Source: Benjamini and Hochberg, JRSS B 57(1), 1995.
 * @example
 * new SelectFdr({ scoreFunc: 'fRegression' });
 */
export class SelectFdr extends UnivariateSelector<PValueOptions> {
  static override readonly rules: Rules<PValueOptions> = rules();

  keep(_scores: Float64Array, pvalues: Float64Array | null): ArrayLike<unknown> {
    const all = this.needPvalues(pvalues);
    const sorted = all.slice().sort();
    let limit = -1;
    for (let k = 0; k < sorted.length; k++) if (sorted[k] <= (this.options.alpha / sorted.length) * (k + 1)) limit = sorted[k];
    return Array.from(all, (p) => p <= limit);
  }
}

/**
 * Keeps columns whose p-value is below alpha divided by the number of columns: the chance that any column that tells
 * nothing is kept is at most alpha.
 * Counterpart: scikit-learn's SelectFwe.
 * @example
 * new SelectFwe({ scoreFunc: 'chi2', alpha: 0.1 });
 */
export class SelectFwe extends UnivariateSelector<PValueOptions> {
  static override readonly rules: Rules<PValueOptions> = rules();

  keep(_scores: Float64Array, pvalues: Float64Array | null): ArrayLike<unknown> {
    const all = this.needPvalues(pvalues);
    return Array.from(all, (p) => p < this.options.alpha / all.length);
  }
}
