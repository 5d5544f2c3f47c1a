import { choice, custom, number, type Rules } from '../core/rules.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { present, quantiles, sortForQuantiles } from '../core/quantiles.ts';

/** How far from the middle of a column a value may lie. */
export interface OutlierOptions {
  /** 'iqr': q₂₅ − k·(q₇₅ − q₂₅) … q₇₅ + k·(q₇₅ − q₂₅); 'sigma': mean ± k·σ; 'quantile': between two quantiles. Default 'iqr'. */
  method?: 'iqr' | 'sigma' | 'quantile';
  /** k of 'iqr' and 'sigma'. Default null: 1.5 for 'iqr', 3 for 'sigma'. */
  factor?: number | null;
  /** Lower and upper quantile of 'quantile', 0 ≤ lower < upper ≤ 1. Default [0.01, 0.99]. */
  quantiles?: readonly [number, number];
  /** Which limits hold. Default 'both'. */
  sides?: 'both' | 'lower' | 'upper';
}

/** Lowest and highest value of each column that is no outlier; ±Infinity where there is no limit. */
export interface OutlierLimits {
  lower: Float64Array;
  upper: Float64Array;
}

export const outlierRules: Rules<OutlierOptions> = {
  method: choice('iqr', ['iqr', 'sigma', 'quantile']),
  factor: custom<number | null>(null, 'a number in (0, ∞), or null', (v) => v === null || (typeof v === 'number' && v > 0 && v < Infinity), -1),
  quantiles: custom<readonly [number, number]>(
    [0.01, 0.99],
    'two quantiles [lower, upper] with 0 ≤ lower < upper ≤ 1',
    (v) => Array.isArray(v) && v.length === 2 && number(0, { min: 0, max: 1 }).accepts(v[0]) && number(0, { min: 0, max: 1 }).accepts(v[1]) && v[0] < v[1],
    [1, 0],
  ),
  sides: choice('both', ['both', 'lower', 'upper']),
};

/** The limits of each column, NaN skipped; σ is the population's (over n). A column without values has none. */
export function outlierLimits(X: DenseMatrix, { method, factor, quantiles: levels, sides }: Readonly<Required<OutlierOptions>>): OutlierLimits {
  const lower = new Float64Array(X.cols).fill(-Infinity);
  const upper = new Float64Array(X.cols).fill(Infinity);
  const moments = method === 'sigma' ? columnMoments(X) : null;
  for (let j = 0; j < X.cols; j++) {
    let low: number;
    let high: number;
    if (moments !== null) {
      const reach = (factor ?? 3) * Math.sqrt(moments.variance[j]);
      [low, high] = [moments.mean[j] - reach, moments.mean[j] + reach];
    } else {
      const values = present(X.col(j));
      const ends = method === 'iqr' ? [0.25, 0.75] : levels;
      sortForQuantiles(values, ends);
      [low, high] = quantiles(values, ends);
      const reach = method === 'iqr' ? (factor ?? 1.5) * (high - low) : 0;
      [low, high] = [low - reach, high + reach];
    }
    if (sides !== 'upper' && low === low) lower[j] = low;
    if (sides !== 'lower' && high === high) upper[j] = high;
  }
  return { lower, upper };
}
