import { meanDeviance, tweedieRules, type TweedieOptions } from './mean-tweedie-deviance.ts';
import { regressionMetric } from './regression-metric.ts';
import { tweedieDeviance } from '../core/tweedie-deviance.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * The share of Tweedie deviance that predictions explain, 1 − deviance(y, ŷ) / deviance(y, ȳ): R² with power 0.
 * With a single row it is not defined: NaN.
 *
 * Counterpart: scikit-learn's d2_tweedie_score. Source: Hastie, Tibshirani and Wainwright, "Statistical Learning with
 * Sparsity", 2015, eq. 3.11.
 *
 * @throws DataError for values outside the family, as meanTweedieDeviance
 * @example
 * d2TweedieScore([0.5, 1, 2.5, 7], [1, 1, 5, 3.5], { power: 1 }); // 0.487…
 */
export const d2TweedieScore = regressionMetric<TweedieOptions>(
  'd2TweedieScore',
  { metricName: 'd2TweedieScore', better: 'higher', range: [-Infinity, 1] },
  tweedieRules,
  (values, { power }) => {
    if (values.yTrue.length < 2) return Number.NaN;
    const mean = weightedMean(values.yTrue, values.sampleWeight);
    const spread = weightedMean(values.yTrue.map((y) => tweedieDeviance(y, mean, power)), values.sampleWeight);
    return 1 - meanDeviance('d2TweedieScore', values, power) / spread;
  },
);
