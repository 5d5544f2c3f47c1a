import { meanDeviance } from './mean-tweedie-deviance.ts';
import { regressionMetric, weightRules } from './regression-metric.ts';

/**
 * Mean Poisson deviance, for counts: meanTweedieDeviance with power 1.
 *
 * Counterpart: scikit-learn's mean_poisson_deviance.
 *
 * @throws DataError unless ŷ is positive and y is not negative
 * @example
 * meanPoissonDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2]); // 1.426…
 */
export const meanPoissonDeviance = regressionMetric(
  'meanPoissonDeviance',
  { metricName: 'meanPoissonDeviance', better: 'lower', range: [0, Infinity] },
  weightRules,
  (values) => meanDeviance('meanPoissonDeviance', values, 1),
);
