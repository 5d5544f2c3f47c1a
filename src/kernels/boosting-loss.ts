import { checkLength } from './check-length.ts';
import { BOOSTING_LOSSES, type BoostingLoss, type GradientArrays, type PackingScales } from './gradient-arrays.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/boosting-loss.ts';

/*
 * Derivatives of losses by the raw prediction, in single precision as scikit-learn's boosting keeps them. In
 * WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 */

/**
 * weight × first and second derivative of the loss at every row. Losses that bend nowhere count as bending by 1.
 * @param parameter the quantile, or Huber's δ
 */
export function lossGradients(
  loss: BoostingLoss,
  parameter: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  out: GradientArrays,
): void {
  const { gradients, hessians, largest } = out;
  checkLength('lossGradients', 'raw', raw, y.length);
  if (weights) checkLength('lossGradients', 'weights', weights, y.length);
  checkLength('lossGradients', 'gradients', gradients, y.length);
  checkLength('lossGradients', 'hessians', hessians, y.length);
  const kernels = kernelsFor(y, raw, weights ?? raw) && kernelsFor(gradients, hessians, largest);
  if (!kernels) {
    twins.lossGradients(loss, parameter, y, weights, raw, out);
    return;
  }
  kernels.lossGradients(
    BOOSTING_LOSSES.indexOf(loss),
    parameter,
    y.length,
    y.byteOffset,
    weights?.byteOffset ?? 0,
    raw.byteOffset,
    gradients.byteOffset,
    hessians.byteOffset,
    largest.byteOffset,
  );
}

/**
 * The same for the log loss of k classes: with p the softmax of a row's raw predictions, pₖ − [y is k] and pₖ(1 − pₖ).
 *
 * @param height distance between the raw predictions, gradients and hessians of one class and the next
 * @param y numbers of classes
 * @param room k numbers to work with
 */
export function softmaxGradients(
  k: number,
  height: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  out: GradientArrays,
  room: Float64Array,
): void {
  const { gradients, hessians, largest } = out;
  checkLength('softmaxGradients', 'raw', raw, k * height);
  checkLength('softmaxGradients', 'gradients', gradients, k * height);
  checkLength('softmaxGradients', 'hessians', hessians, k * height);
  checkLength('softmaxGradients', 'largest', largest, 2 * k);
  checkLength('softmaxGradients', 'room', room, k);
  const kernels = kernelsFor(y, raw, weights ?? raw) && kernelsFor(gradients, hessians, largest) && kernelsFor(room);
  if (!kernels) {
    twins.softmaxGradients(k, height, y, weights, raw, out);
    return;
  }
  kernels.softmaxGradients(
    y.length,
    k,
    height,
    y.byteOffset,
    weights?.byteOffset ?? 0,
    raw.byteOffset,
    gradients.byteOffset,
    hessians.byteOffset,
    largest.byteOffset,
    room.byteOffset,
  );
}

/**
 * Scales for n rows: sums of gradients stay below 2⁶², sums of hessians below 2^shift, counts fit above. A gradient
 * keeps at least 31 bits, a hessian 62 − 2·log₂ n (24 for 500,000 rows).
 */
export function packingScales(n: number, largestGradient: number, largestHessian: number): PackingScales {
  const bits = 32 - Math.clz32(n);
  const shift = 62 - bits;
  return { shift, gradientScale: scale(62 - bits, largestGradient), hessianScale: scale(shift - bits, largestHessian) };
}

/** The power of two that brings `largest` just to 2^bits or below. */
function scale(bits: number, largest: number): number {
  if (!(largest > 0)) return 1;
  return 2 ** Math.min(1000, bits - Math.ceil(Math.log2(largest)) - 1);
}

/** pairs[i] = [gradient · gradientScale, hessian · hessianScale + 2^shift], rounded to whole numbers. */
export function packGradients(gradients: Float32Array, hessians: Float32Array, scales: PackingScales, pairs: BigInt64Array): void {
  checkLength('packGradients', 'hessians', hessians, gradients.length);
  checkLength('packGradients', 'pairs', pairs, 2 * gradients.length);
  const kernels = kernelsFor(gradients, hessians, pairs);
  if (!kernels) {
    twins.packGradients(gradients, hessians, scales, pairs);
    return;
  }
  const { gradientScale, hessianScale, shift } = scales;
  kernels.packGradients(gradients.length, gradients.byteOffset, hessians.byteOffset, gradientScale, hessianScale, shift, pairs.byteOffset);
}
