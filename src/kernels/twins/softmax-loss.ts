import type { LossGradient, LossTarget } from '../loss-arrays.ts';
import type { MatrixArrays } from '../matrix-arrays.ts';
import { exp, log1p } from './elementary.ts';
import * as products from './products.ts';

/** Twin of assembly/softmax-loss.ts: the same operations in the same order, so the same bits. */
export function softmaxLossGradient(
  X: MatrixArrays,
  target: LossTarget,
  W: Float64Array,
  bias: Float64Array | undefined,
  k: number,
  out: LossGradient,
): void {
  const { losses, pointwise, gradient } = out;
  if (X.kind === 'csr') products.csrTimesMatrix(X, W, k, bias, pointwise);
  else products.denseTimesMatrix(X, W, k, bias, pointwise);
  pointwiseLosses(target, k, losses, pointwise);
  gradient.fill(0);
  if (X.kind === 'csr') products.csrTransposedTimesMatrix(X, pointwise, k, gradient);
  else products.denseTransposedTimesMatrix(X, pointwise, k, gradient);
}

/** Turns scores in `pointwise` into derivatives and writes the losses. */
export function pointwiseLosses({ y, weights, divisor }: LossTarget, k: number, losses: Float64Array, pointwise: Float64Array): void {
  for (let i = 0; i < losses.length; i++) {
    const start = i * k;
    const end = start + k;
    let largest = pointwise[start];
    for (let p = start + 1; p < end; p++) if (pointwise[p] > largest) largest = pointwise[p];
    const own = start + y[i];
    const score = pointwise[own];
    let sum = 0;
    for (let p = start; p < end; p++) {
      pointwise[p] = exp(pointwise[p] - largest);
      sum += pointwise[p];
    }
    const weight = weights ? weights[i] : 1;
    // The sum is at least 1, so that sum − 1 is exact.
    losses[i] = weight * (log1p(sum - 1) + largest - score);
    for (let p = start; p < end; p++) {
      const probability = pointwise[p] / sum;
      pointwise[p] = (weight * (p === own ? probability - 1 : probability)) / divisor;
    }
  }
}

/** Scores and derivatives class by class; the same operations in the same order as pointwiseLosses. */
export function softmaxLossesByClass({ y, weights, divisor }: LossTarget, scores: Float64Array, bias: Float64Array, losses: Float64Array, pointwise: Float64Array): void {
  const rows = losses.length;
  const k = bias.length;
  const row = new Float64Array(k);
  const loss = new Float64Array(1);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < k; c++) row[c] = scores[c * rows + i] + bias[c];
    pointwiseLosses({ y: y.subarray(i, i + 1), weights: weights?.subarray(i, i + 1), divisor }, k, loss, row);
    losses[i] = loss[0];
    for (let c = 0; c < k; c++) pointwise[c * rows + i] = row[c];
  }
}
