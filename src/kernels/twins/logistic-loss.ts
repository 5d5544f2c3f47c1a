import type { LossGradient, LossTarget } from '../loss-arrays.ts';
import type { MatrixArrays } from '../matrix-arrays.ts';
import { exp, log1pOfShare } from './elementary.ts';
import * as products from './products.ts';

/** Twin of assembly/logistic-loss.ts: the same operations in the same order, so the same bits. */
export function logisticLossGradient(X: MatrixArrays, target: LossTarget, w: Float64Array, bias: number, out: LossGradient): void {
  const { losses, pointwise, gradient } = out;
  if (X.kind === 'csr') products.csrTimesVector(X, w, bias, losses);
  else products.denseTimesVector(X, w, bias, losses);
  pointwiseLosses(target, losses, pointwise);
  gradient.fill(0);
  if (X.kind === 'csr') products.csrTransposedTimesVector(X, pointwise, gradient);
  else products.denseTransposedTimesVector(X, pointwise, gradient);
}

/** Turns scores in `losses` into losses, and writes the derivatives by the scores into `pointwise`. */
export function pointwiseLosses({ y, weights, divisor }: LossTarget, losses: Float64Array, pointwise: Float64Array): void {
  for (let i = 0; i < losses.length; i++) {
    const raw = losses[i];
    const target = y[i];
    const rest = 1 - target;
    const size = Math.abs(raw);
    const e = exp(-size);
    let loss = log1pOfShare(e) + (raw > 0 ? rest : target) * size;
    let slope = (raw > 0 ? rest - target * e : rest * e - target) / (1 + e);
    if (weights) {
      loss *= weights[i];
      slope *= weights[i];
    }
    losses[i] = loss;
    pointwise[i] = slope / divisor;
  }
}
