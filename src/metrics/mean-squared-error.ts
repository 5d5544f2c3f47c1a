import { perRow, regressionMetric, weightRules } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Mean squared error, the mean of (y − ŷ)²; in squared units of y.
 *
 * Counterpart: scikit-learn's mean_squared_error for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.375
 */
export const meanSquaredError = regressionMetric(
  'meanSquaredError',
  { metricName: 'meanSquaredError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => weightedMean(perRow(values, (y, guess) => (y - guess) ** 2), values.sampleWeight),
);
