import { perRow, regressionMetric } from './regression-metric.ts';

/**
 * Maximum error, the largest |y − ŷ|; in units of y. It takes no weights.
 *
 * Counterpart: scikit-learn's max_error.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * maxError([3, 2, 7, 1], [4, 2, 7, 1]); // 1
 */
export const maxError = regressionMetric<Record<never, never>>(
  'maxError',
  { metricName: 'maxError', better: 'lower', range: [0, Infinity] },
  {},
  (values) => perRow(values, (y, guess) => Math.abs(y - guess)).reduce((largest, error) => Math.max(largest, error), 0),
);
