import { checkLength } from './check-length.ts';
import { BOOSTING_LOSSES, type BoostingLoss, type GradientArrays, type Odds, type PackingScales } from './gradient-arrays.ts';
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
export function lossDerivatives(
  loss: BoostingLoss,
  parameter: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  out: GradientArrays,
): void {
  const { derivatives, largest } = out;
  checkLength('lossDerivatives', 'raw', raw, y.length);
  if (weights) checkLength('lossDerivatives', 'weights', weights, y.length);
  checkLength('lossDerivatives', 'derivatives', derivatives, 2 * y.length);
  const kernels = kernelsFor(y, raw, weights ?? raw) && kernelsFor(derivatives, largest);
  if (!kernels) {
    twins.lossDerivatives(loss, parameter, y, weights, raw, out);
    return;
  }
  kernels.lossDerivatives(
    BOOSTING_LOSSES.indexOf(loss),
    parameter,
    0,
    y.length,
    y.byteOffset,
    weights?.byteOffset ?? 0,
    raw.byteOffset,
    derivatives.byteOffset,
    largest.byteOffset,
  );
}

/**
 * The same for the log loss of two classes after a tree: a leaf's value v, added to the raw prediction r, multiplies e⁻ʳ
 * by e⁻ᵛ, so that no row needs an exponential. e⁻ʳ is kept between 2⁻⁹⁰⁰ and 2⁹⁰⁰.
 * @param y 0 or 1 @param factors e⁻ᵛ of each leaf
 */
export function oddsDerivatives(y: Float64Array, weights: Float64Array | undefined, { odds, leaves, factors }: Odds, out: GradientArrays): void {
  const { derivatives, largest } = out;
  checkLength('oddsDerivatives', 'odds', odds, y.length);
  checkLength('oddsDerivatives', 'leaves', leaves, y.length);
  if (weights) checkLength('oddsDerivatives', 'weights', weights, y.length);
  checkLength('oddsDerivatives', 'derivatives', derivatives, 2 * y.length);
  const kernels = kernelsFor(y, odds, weights ?? odds) && kernelsFor(leaves, factors, derivatives) && kernelsFor(largest);
  if (!kernels) {
    twins.oddsDerivatives(y, weights, { odds, leaves, factors }, out);
    return;
  }
  const pointers = [odds, leaves, factors, derivatives, largest].map((array) => array.byteOffset) as [number, number, number, number, number];
  kernels.oddsDerivatives(0, y.length, y.byteOffset, weights?.byteOffset ?? 0, ...pointers);
}

/**
 * The same for the log loss of k classes: with p the softmax of a row's raw predictions, pₖ − [y is k] and pₖ(1 − pₖ).
 *
 * @param height distance between the raw predictions, gradients and hessians of one class and the next
 * @param y numbers of classes
 * @param room k numbers to work with
 */
export function softmaxDerivatives(
  k: number,
  height: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  out: GradientArrays,
  room: Float64Array,
): void {
  const { derivatives, largest } = out;
  checkLength('softmaxDerivatives', 'raw', raw, k * height);
  checkLength('softmaxDerivatives', 'derivatives', derivatives, 2 * k * height);
  checkLength('softmaxDerivatives', 'largest', largest, 2 * k);
  checkLength('softmaxDerivatives', 'room', room, k);
  const kernels = kernelsFor(y, raw, weights ?? raw) && kernelsFor(derivatives, largest) && kernelsFor(room);
  if (!kernels) {
    twins.softmaxDerivatives(k, height, y, weights, raw, out);
    return;
  }
  kernels.softmaxDerivatives(
    0,
    y.length,
    k,
    height,
    y.byteOffset,
    weights?.byteOffset ?? 0,
    raw.byteOffset,
    derivatives.byteOffset,
    largest.byteOffset,
    room.byteOffset,
  );
}

/**
 * Scales for n rows: sums of gradients stay below 2⁶², sums of hessians below 2^shift, counts fit above, and no row
 * exceeds 2⁵⁰. A gradient keeps at least 30 bits, a hessian 61 − 2·log₂ n (23 for 500,000 rows).
 */
export function packingScales(n: number, largestGradient: number, largestHessian: number): PackingScales {
  const bits = 32 - Math.clz32(n);
  const shift = 62 - bits;
  return { shift, gradientScale: scale(Math.min(50, 62 - bits), largestGradient), hessianScale: scale(Math.min(50, shift - bits), largestHessian) };
}

/** The power of two that brings `largest` just to 2^bits or below. */
function scale(bits: number, largest: number): number {
  if (!(largest > 0)) return 1;
  return 2 ** Math.min(1000, bits - Math.ceil(Math.log2(largest)) - 1);
}
