import { argsortDescending } from './argsort-descending.ts';
import { perRow, regressionMetric, weightRules } from './regression-metric.ts';

/**
 * Median absolute error, the median of |y − ŷ|; in units of y. Single wild rows do not move it.
 *
 * With weights, the smallest error with at least half of the weight at or below it; where that is exactly
 * half, the mean of it and the next.
 *
 * Counterpart: scikit-learn's median_absolute_error for one output.
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996, definition 2.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * medianAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.5
 */
export const medianAbsoluteError = regressionMetric(
  'medianAbsoluteError',
  { metricName: 'medianAbsoluteError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => {
    const errors = perRow(values, (y, guess) => Math.abs(guess - y));
    return values.sampleWeight ? weightedMedian(errors, values.sampleWeight) : median(errors);
  },
);

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function weightedMedian(values: Float64Array, weights: Float64Array): number {
  // Rows of weight 0 are no data, so they may not be the next value either.
  const order = argsortDescending(values).reverse().filter((i) => weights[i] > 0);
  const half = order.reduce((sum, i) => sum + weights[i], 0) / 2;
  let below = 0;
  for (let at = 0; at < order.length; at++) {
    below += weights[order[at]];
    if (below < half) continue;
    const exactlyHalf = below - half <= Number.EPSILON;
    const next = Math.min(at + 1, order.length - 1);
    return exactlyHalf ? (values[order[at]] + values[order[next]]) / 2 : values[order[at]];
  }
  return values[order[order.length - 1]];
}
