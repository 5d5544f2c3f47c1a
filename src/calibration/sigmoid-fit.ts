import { lbfgs } from '../linear/lbfgs.ts';

/** P(positive | score) = 1 / (1 + e^(slope·score + intercept)). */
export interface SigmoidCurve {
  slope: number;
  intercept: number;
}

/** Larger scores are scaled down while the curve is fitted. */
const LARGE = 30;

/**
 * Platt's sigmoid: maximises the likelihood of slightly softened targets, (n₊ + 1)/(n₊ + 2) for positives and
 * 1/(n₋ + 2) for others, where n is a number of rows or their weights' sum.
 *
 * Counterpart: the calibrator of CalibratedClassifierCV(method="sigmoid"); slope and intercept are its a_ and b_.
 * Source: Platt, "Probabilistic outputs for support vector machines", Advances in Large Margin Classifiers, 1999.
 */
export function sigmoidFit(scores: Float64Array, isPositive: Uint8Array, weights: Float64Array | undefined): SigmoidCurve {
  const n = scores.length;
  const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
  const scale = largest >= LARGE ? largest : 1;
  const sums = [0, 0];
  for (let i = 0; i < n; i++) sums[isPositive[i]] += weights ? weights[i] : 1;
  const targets = [1 / (sums[0] + 2), (sums[1] + 1) / (sums[1] + 2)];
  const evaluate = (x: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let i = 0; i < n; i++) {
      const score = scores[i] / scale;
      const raw = -(x[0] * score + x[1]);
      const e = Math.exp(-Math.abs(raw));
      const weight = weights ? weights[i] : 1;
      const target = targets[isPositive[i]];
      loss += weight * (Math.max(raw, 0) + Math.log1p(e) - target * raw);
      const slope = weight * ((raw >= 0 ? 1 : e) / (1 + e) - target);
      gradient[0] -= slope * score;
      gradient[1] -= slope;
    }
    return loss;
  };
  const start = Float64Array.of(0, Math.log((sums[0] + 1) / (sums[1] + 1)));
  const { x } = lbfgs({ size: 2, evaluate }, start, { gtol: 1e-6, ftol: 64 * Number.EPSILON });
  return { slope: x[0] / scale, intercept: x[1] };
}
