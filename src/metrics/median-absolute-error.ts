import { median } from '../core/median.ts';
import { weightedQuantiles } from '../core/weighted-quantiles.ts';
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
    return values.sampleWeight ? weightedQuantiles(errors, values.sampleWeight, [0.5], true)[0] : median(errors);
  },
);
