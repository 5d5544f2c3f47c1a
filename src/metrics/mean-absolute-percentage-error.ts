import { perRow, regressionMetric, weightRules } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Mean absolute percentage error, the mean of |y − ŷ| / max(|y|, 2⁻⁵²); a share, not per cent. A missed 0
 * makes it huge.
 *
 * Counterpart: scikit-learn's mean_absolute_percentage_error for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * meanAbsolutePercentageError([10, 20], [9, 22]); // 0.1
 */
export const meanAbsolutePercentageError = regressionMetric(
  'meanAbsolutePercentageError',
  { metricName: 'meanAbsolutePercentageError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) =>
    weightedMean(perRow(values, (y, guess) => Math.abs(guess - y) / Math.max(Math.abs(y), Number.EPSILON)), values.sampleWeight),
);
