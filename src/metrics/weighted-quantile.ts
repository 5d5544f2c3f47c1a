import { argsortDescending } from './argsort-descending.ts';

/**
 * The smallest value with at least the share `rank` of the weight at or below it; where that is exactly the share,
 * the mean of it and the next. Rows of weight 0 are no data.
 *
 * Counterpart: scikit-learn's _weighted_percentile(average=True).
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996, definition 2.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, rank: number): number {
  // Rows of weight 0 may not be the next value either.
  const order = argsortDescending(values).reverse().filter((i) => !weights || weights[i] > 0);
  const weightOf = (i: number): number => (weights ? weights[i] : 1);
  const share = order.reduce((sum, i) => sum + weightOf(i), 0) * rank;
  let below = 0;
  for (let at = 0; at < order.length; at++) {
    below += weightOf(order[at]);
    if (below < share) continue;
    // At rank 0 nothing lies below, and the smallest value is meant.
    const exactly = below - share <= Number.EPSILON;
    const next = Math.min(at + 1, order.length - 1);
    return exactly ? (values[order[at]] + values[order[next]]) / 2 : values[order[at]];
  }
  return values[order[order.length - 1]];
}
