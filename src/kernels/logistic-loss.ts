import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { LossGradient, LossTarget } from './loss-arrays.ts';
import type { MatrixArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/logistic-loss.ts';

/**
 * The logistic loss of scores s = X·w + bias and its gradient, in one pass over X:
 *
 *     losses[i] = weight · (ln(1 + eˢ) − y·s),   pointwise[i] = weight · (1 / (1 + e⁻ˢ) − y) / divisor,
 *     gradient = Xᵀ·pointwise
 *
 * written so that nothing overflows or cancels: e is only ever taken of −|s|. Counterpart: scikit-learn's HalfBinomialLoss,
 * which leaves out what is below 1e-16 of a score above 18. The mean loss is
 * `pairwiseSum(losses) / divisor`, the derivative by the bias `pairwiseSum(pointwise)`.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 * @param w X.cols coefficients
 */
export function logisticLossGradient(X: MatrixArrays, target: LossTarget, w: Float64Array, bias: number, out: LossGradient): void {
  const { y, weights, divisor } = target;
  const { losses, pointwise, gradient } = out;
  checkLength('logisticLossGradient', 'y', y, X.rows);
  if (weights) checkLength('logisticLossGradient', 'weights', weights, X.rows);
  checkLength('logisticLossGradient', 'w', w, X.cols);
  checkLength('logisticLossGradient', 'losses', losses, X.rows);
  checkLength('logisticLossGradient', 'pointwise', pointwise, X.rows);
  checkLength('logisticLossGradient', 'gradient', gradient, X.cols);

  const kernels = kernelsForMatrix(X) && kernelsFor(y, w, weights ?? w) && kernelsFor(losses, pointwise, gradient);
  if (!kernels) {
    twins.logisticLossGradient(X, target, w, bias, out);
    return;
  }
  const rest = [
    y.byteOffset,
    weights?.byteOffset ?? 0,
    divisor,
    w.byteOffset,
    bias,
    losses.byteOffset,
    pointwise.byteOffset,
    gradient.byteOffset,
  ] as const;
  if (X.kind === 'csr' && X.oneHot) {
    const { numbers, ones, before, columns, values, places } = X.oneHot;
    kernels.oneHotLogisticLossGradient(X.rows, X.cols, numbers, ones, before, columns.byteOffset, values.byteOffset, places.byteOffset, ...rest);
  } else if (X.kind === 'csr') {
    kernels.csrLogisticLossGradient(X.rows, X.cols, X.indptr.byteOffset, X.indices.byteOffset, X.data.byteOffset, ...rest);
  } else {
    kernels.denseLogisticLossGradient(X.rows, X.cols, X.data.byteOffset, ...rest);
  }
}

/**
 * The same for scores that are known: `losses` holds them, less `bias`, and is overwritten; `pointwise` is written.
 */
export function logisticLossesOfScores({ y, weights, divisor }: LossTarget, bias: number, losses: Float64Array, pointwise: Float64Array): void {
  checkLength('logisticLossesOfScores', 'y', y, losses.length);
  if (weights) checkLength('logisticLossesOfScores', 'weights', weights, losses.length);
  checkLength('logisticLossesOfScores', 'pointwise', pointwise, losses.length);
  const kernels = kernelsFor(y, weights ?? y) && kernelsFor(losses, pointwise);
  if (kernels) {
    kernels.logisticLossesOfScores(losses.length, y.byteOffset, weights?.byteOffset ?? 0, divisor, bias, losses.byteOffset, pointwise.byteOffset);
  } else {
    for (let i = 0; i < losses.length; i++) losses[i] += bias;
    twins.pointwiseLosses({ y, weights, divisor }, losses, pointwise);
  }
}
