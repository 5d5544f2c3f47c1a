import { DataError } from '../core/errors.ts';
import { perRow, regressionMetric, weightRules, type Values } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Mean squared logarithmic error, the mean of (ln(1 + y) − ln(1 + ŷ))²: errors relative to size, under-estimates
 * weighing more.
 *
 * Counterpart: scikit-learn's mean_squared_log_error for one output.
 *
 * @throws DataError for values of −1 or less
 * @example
 * meanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]); // 0.0397…
 */
export const meanSquaredLogError = regressionMetric(
  'meanSquaredLogError',
  { metricName: 'meanSquaredLogError', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => squaredLogError('meanSquaredLogError', values),
);

/** @throws DataError for values of −1 or less */
export function squaredLogError(owner: string, values: Values): number {
  for (const part of ['yTrue', 'yPred'] as const) {
    const row = values[part].findIndex((value) => value <= -1);
    if (row < 0) continue;
    throw new DataError(`${owner}: ${part} must be greater than -1, row ${row} has ${values[part][row]}. Clip predictions at 0.`);
  }
  return weightedMean(perRow(values, (y, guess) => (Math.log1p(y) - Math.log1p(guess)) ** 2), values.sampleWeight);
}
