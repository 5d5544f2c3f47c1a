import { perRow, regressionMetric, weightRules } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Root mean squared error, √ of the mean of (y − ŷ)²; in units of y.
 *
 * Counterpart: scikit-learn's root_mean_squared_error for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * rootMeanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.612…
 */
export const rootMeanSquaredError = regressionMetric(
  'rootMeanSquaredError',
  { metricName: 'rootMeanSquaredError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => Math.sqrt(weightedMean(perRow(values, (y, guess) => (y - guess) ** 2), values.sampleWeight)),
);
