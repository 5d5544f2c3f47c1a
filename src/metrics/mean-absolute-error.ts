import { perRow, regressionMetric, weightRules } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Mean absolute error, the mean of |y − ŷ|; in units of y.
 *
 * Counterpart: scikit-learn's mean_absolute_error for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * meanAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.5
 */
export const meanAbsoluteError = regressionMetric(
  'meanAbsoluteError',
  { metricName: 'meanAbsoluteError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => weightedMean(perRow(values, (y, guess) => Math.abs(guess - y)), values.sampleWeight),
);
