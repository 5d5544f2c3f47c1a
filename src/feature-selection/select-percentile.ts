import { number, type Rules } from '../core/rules.ts';
import { nanLast, scoreFuncRule, UnivariateSelector, type UnivariateOptions } from './univariate-selector.ts';

export interface SelectPercentileOptions extends UnivariateOptions {
  /** Percent of the columns to keep, 0 to 100. Default 10. */
  percentile?: number;
}

/**
 * Keeps the given share of columns, those that score highest by themselves. Of columns that score exactly at the
 * limit the first are kept. `fitted`: columns, scores, pvalues.
 *
 * Counterpart: scikit-learn's SelectPercentile.
 *
 * @example
 * new SelectPercentile({ scoreFunc: 'fRegression', percentile: 25 });
 */
export class SelectPercentile extends UnivariateSelector<SelectPercentileOptions> {
  static override readonly rules: Rules<SelectPercentileOptions> = { scoreFunc: scoreFuncRule(), percentile: number(10, { min: 0, max: 100 }) };

  keep(scores: Float64Array): ArrayLike<unknown> {
    const { percentile } = this.options;
    if (percentile === 100 || percentile === 0) return new Uint8Array(scores.length).fill(percentile / 100);
    const clean = nanLast(scores);
    const limit = percentileOf(clean, 100 - percentile);
    const marks = Uint8Array.from(clean, (score) => Number(score > limit));
    let room = Math.trunc((scores.length * percentile) / 100) - marks.reduce((sum, mark) => sum + mark, 0);
    for (let j = 0; j < scores.length && room > 0; j++) {
      if (clean[j] !== limit) continue;
      marks[j] = 1;
      room--;
    }
    return marks;
  }
}

/** numpy.percentile: between the two nearest ranks, from the nearer one. */
function percentileOf(values: Float64Array, percent: number): number {
  const sorted = values.slice().sort();
  const at = (percent / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  const share = at - Math.floor(at);
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}
