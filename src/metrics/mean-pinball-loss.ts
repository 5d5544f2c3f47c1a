import { number, type Rules } from '../core/rules.ts';
import { perRow, regressionMetric, weightRules, type RegressionOptions, type Values } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

export interface PinballOptions extends RegressionOptions {
  /** The quantile that predictions aim at, 0 to 1. Default 0.5: half the mean absolute error. */
  alpha?: number;
}

export const pinballRules: Rules<PinballOptions> = { ...weightRules, alpha: number(0.5, { min: 0, max: 1 }) };

/**
 * Mean pinball loss of quantile predictions, the mean of alpha·(y − ŷ) where y is above ŷ and of
 * (1 − alpha)·(ŷ − y) where it is below; least for the true quantile. In units of y.
 *
 * Counterpart: scikit-learn's mean_pinball_loss for one output.
 * Source: Koenker and Bassett, "Regression quantiles", Econometrica 46(1), 1978.
 *
 * @example
 * meanPinballLoss([1, 2, 3], [0, 2, 3], { alpha: 0.9 }); // 0.3
 */
export const meanPinballLoss = regressionMetric<PinballOptions>(
  'meanPinballLoss',
  { metricName: 'meanPinballLoss', better: 'lower', range: [0, Infinity] },
  pinballRules,
  (values, { alpha }) => pinball(values, alpha),
);

export function pinball(values: Values, alpha: number): number {
  return weightedMean(perRow(values, (y, guess) => (y >= guess ? alpha * (y - guess) : (1 - alpha) * (guess - y))), values.sampleWeight);
}
