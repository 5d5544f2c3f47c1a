import { squaredLogError } from './mean-squared-log-error.ts';
import { regressionMetric, weightRules } from './regression-metric.ts';

/**
 * Root mean squared logarithmic error, √ of the mean of (ln(1 + y) − ln(1 + ŷ))².
 *
 * Counterpart: scikit-learn's root_mean_squared_log_error for one output.
 *
 * @throws DataError for values of −1 or less
 * @example
 * rootMeanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]); // 0.199…
 */
export const rootMeanSquaredLogError = regressionMetric(
  'rootMeanSquaredLogError',
  { metricName: 'rootMeanSquaredLogError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => Math.sqrt(squaredLogError('rootMeanSquaredLogError', values)),
);
