import { weightedQuantiles } from '../core/weighted-quantiles.ts';
import { pinball, pinballRules, type PinballOptions } from './mean-pinball-loss.ts';
import { explainedShare } from './r2-score.ts';
import { regressionMetric, type Values } from './regression-metric.ts';

/**
 * The share of pinball loss that predictions explain, 1 − loss(y, ŷ) / loss(y, the quantile of y). With a single row
 * it is not defined: NaN.
 *
 * Counterpart: scikit-learn's d2_pinball_score for one output. Source: Koenker and Machado, "Goodness of fit and
 * related inference processes for quantile regression", JASA 94, 1999, eq. 7.
 *
 * @example
 * d2PinballScore([1, 2, 3], [1, 3, 3]); // 0.5
 */
export const d2PinballScore = regressionMetric<PinballOptions>(
  'd2PinballScore',
  { metricName: 'd2PinballScore', better: 'higher', range: [-Infinity, 1] },
  pinballRules,
  (values, { alpha }) => explainedPinball(values, alpha),
);

export function explainedPinball(values: Values, alpha: number): number {
  if (values.yTrue.length < 2) return Number.NaN;
  const weights = values.sampleWeight ?? new Float64Array(values.yTrue.length).fill(1);
  const [quantile] = weightedQuantiles(values.yTrue, weights, [alpha], true);
  const constant = { ...values, yPred: new Float64Array(values.yTrue.length).fill(quantile) };
  return explainedShare(pinball(values, alpha), pinball(constant, alpha), true);
}
