import { explainedRules, explainedShare, type ExplainedOptions } from './r2-score.ts';
import { perRow, regressionMetric } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Explained variance, 1 − Var(y − ŷ) / Var(y): R² that forgives a constant offset.
 *
 * Counterpart: scikit-learn's explained_variance_score for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * explainedVarianceScore([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.957…
 */
export const explainedVarianceScore = regressionMetric<ExplainedOptions>(
  'explainedVarianceScore',
  { metricName: 'explainedVariance', better: 'higher', range: [-Infinity, 1] },
  explainedRules,
  (values, { forceFinite }) => {
    const variance = (numbers: Float64Array): number => {
      const mean = weightedMean(numbers, values.sampleWeight);
      return weightedMean(numbers.map((value) => (value - mean) ** 2), values.sampleWeight);
    };
    return explainedShare(variance(perRow(values, (y, guess) => y - guess)), variance(values.yTrue), forceFinite);
  },
);
