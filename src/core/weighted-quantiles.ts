import { argsortDescending } from './argsort-descending.ts';

/**
 * For each rank the smallest value with at least that share of the weight at or below it; where that is exactly the
 * share, the mean of it and the next, if `averaged`. Rows of weight 0 are no data.
 *
 * @param values not NaN @param weights one per value, not all 0 @param ranks from 0 to 1
 * Counterpart: scikit-learn's _weighted_percentile.
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996,
 * definitions 1 and 2 (`averaged`).
 */
export function weightedQuantiles(values: Float64Array, weights: Float64Array, ranks: ArrayLike<number>, averaged: boolean): Float64Array {
  // Rows of weight 0 may not be the next value either.
  const order = argsortDescending(values).reverse().filter((i) => weights[i] > 0);
  const last = order.length - 1;
  let total = 0;
  const below = Float64Array.from(order, (i) => (total += weights[i]));
  return Float64Array.from(ranks, (rank) => {
    const share = rank * total;
    let at = 0;
    while (at < last && below[at] < share) at++;
    const value = values[order[at]];
    const isExact = below[at] - share <= Number.EPSILON;
    return averaged && isExact ? (value + values[order[Math.min(at + 1, last)]]) / 2 : value;
  });
}
