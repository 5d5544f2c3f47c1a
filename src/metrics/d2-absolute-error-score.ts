import { explainedPinball } from './d2-pinball-score.ts';
import { regressionMetric, weightRules } from './regression-metric.ts';

/**
 * The share of absolute error that predictions explain, 1 − Σ|y − ŷ| / Σ|y − median of y|. With a single row it is
 * not defined: NaN.
 *
 * Counterpart: scikit-learn's d2_absolute_error_score for one output.
 *
 * @example
 * d2AbsoluteErrorScore([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.764…
 */
export const d2AbsoluteErrorScore = regressionMetric(
  'd2AbsoluteErrorScore',
  { metricName: 'd2AbsoluteErrorScore', better: 'higher', range: [-Infinity, 1] },
  weightRules,
  (values) => explainedPinball(values, 0.5),
);
