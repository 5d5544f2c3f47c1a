import { ShapeError } from '../core/errors.ts';
import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { LossGradient, LossTarget } from './loss-arrays.ts';
import type { MatrixArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/softmax-loss.ts';

/**
 * The cross-entropy of k scores per row, S = X·W + bias, and its gradient, in one pass over X:
 *
 *     losses[i] = weight · (ln Σ e^S[i, c] − S[i, y]),
 *     pointwise[i, c] = weight · (softmax(S[i, :])[c] − [c = y]) / divisor,   gradient = Xᵀ·pointwise
 *
 * as scikit-learn's HalfMultinomialLoss. The mean loss is `pairwiseSum(losses) / divisor`.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 * @param W X.cols × k coefficients, the k of a column side by side @param bias k values, or undefined for 0
 */
export function softmaxLossGradient(
  X: MatrixArrays,
  target: LossTarget,
  W: Float64Array,
  bias: Float64Array | undefined,
  k: number,
  out: LossGradient,
): void {
  const { y, weights, divisor } = target;
  const { losses, pointwise, gradient } = out;
  checkLength('softmaxLossGradient', 'y', y, X.rows);
  if (weights) checkLength('softmaxLossGradient', 'weights', weights, X.rows);
  checkLength('softmaxLossGradient', 'W', W, X.cols * k);
  if (bias) checkLength('softmaxLossGradient', 'bias', bias, k);
  checkLength('softmaxLossGradient', 'losses', losses, X.rows);
  checkLength('softmaxLossGradient', 'pointwise', pointwise, X.rows * k);
  checkLength('softmaxLossGradient', 'gradient', gradient, X.cols * k);
  checkCodes('softmaxLossGradient', y, k);

  const kernels =
    kernelsForMatrix(X) && kernelsFor(y, W, weights ?? W) && kernelsFor(losses, pointwise, gradient) && kernelsFor(bias ?? W);
  if (!kernels) {
    twins.softmaxLossGradient(X, target, W, bias, k, out);
    return;
  }
  const rest = [
    y.byteOffset,
    weights?.byteOffset ?? 0,
    divisor,
    W.byteOffset,
    bias?.byteOffset ?? 0,
    losses.byteOffset,
    pointwise.byteOffset,
    gradient.byteOffset,
  ] as const;
  if (X.kind === 'csr') {
    kernels.csrSoftmaxLossGradient(X.rows, X.cols, k, X.indptr.byteOffset, X.indices.byteOffset, X.data.byteOffset, ...rest);
  } else {
    kernels.denseSoftmaxLossGradient(X.rows, X.cols, k, X.data.byteOffset, ...rest);
  }
}

/**
 * The same for scores that are known and lie class by class, k = bias.length runs of a score per row: `losses` and `pointwise`,
 * which lies class by class as well, are written.
 * @param scores without the intercepts `bias`
 */
export function softmaxLossesByClass({ y, weights, divisor }: LossTarget, scores: Float64Array, bias: Float64Array, losses: Float64Array, pointwise: Float64Array): void {
  const rows = losses.length;
  const k = bias.length;
  checkLength('softmaxLossesByClass', 'y', y, rows);
  if (weights) checkLength('softmaxLossesByClass', 'weights', weights, rows);
  checkLength('softmaxLossesByClass', 'scores', scores, rows * k);
  checkLength('softmaxLossesByClass', 'pointwise', pointwise, rows * k);
  checkCodes('softmaxLossesByClass', y, k);
  const kernels = kernelsFor(y, weights ?? y, bias) && kernelsFor(scores, losses, pointwise);
  if (kernels) {
    kernels.softmaxLossesByClass(rows, k, y.byteOffset, weights?.byteOffset ?? 0, divisor, scores.byteOffset, bias.byteOffset, losses.byteOffset, pointwise.byteOffset);
  } else {
    twins.softmaxLossesByClass({ y, weights, divisor }, scores, bias, losses, pointwise);
  }
}

function checkCodes(owner: string, y: Float64Array, k: number): void {
  for (let i = 0; i < y.length; i++) {
    if (!(y[i] >= 0 && y[i] < k && Number.isInteger(y[i]))) {
      throw new ShapeError(`${owner}: y must hold whole numbers from 0 to ${k - 1}, row ${i} has ${y[i]}.`);
    }
  }
}
