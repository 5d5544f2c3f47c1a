import { meanDeviance } from './mean-tweedie-deviance.ts';
import { regressionMetric, weightRules } from './regression-metric.ts';

/**
 * Mean Gamma deviance, for positive amounts: meanTweedieDeviance with power 2.
 *
 * Counterpart: scikit-learn's mean_gamma_deviance.
 *
 * @throws DataError unless ŷ is positive and y is positive
 * @example
 * meanGammaDeviance([2, 0.5, 1, 4], [0.5, 0.5, 2, 2]); // 1.056…
 */
export const meanGammaDeviance = regressionMetric(
  'meanGammaDeviance',
  { metricName: 'meanGammaDeviance', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => meanDeviance('meanGammaDeviance', values, 2),
);
