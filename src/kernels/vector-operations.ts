import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/vector-operations.ts';

/**
 * Level-1 operations on doubles. In WebAssembly where the arrays come from one arena (views of them too,
 * such as `subarray`), in plain TypeScript otherwise, with the same bits.
 */

/** Σ x[i]·y[i], summed in eight lanes that are added pair by pair at the end. */
export function dot(x: Float64Array, y: Float64Array): number {
  checkLength('dot', 'y', y, x.length);
  const kernels = kernelsFor(x, y);
  return kernels ? kernels.dot(x.byteOffset, y.byteOffset, x.length) : twins.dot(x, y);
}

/** y += alpha·x. */
export function axpy(alpha: number, x: Float64Array, y: Float64Array): void {
  checkLength('axpy', 'y', y, x.length);
  const kernels = kernelsFor(x, y);
  if (kernels) kernels.axpy(alpha, x.byteOffset, y.byteOffset, x.length);
  else twins.axpy(alpha, x, y);
}

/** out = alpha·x; out may be x itself. With alpha −1, the negative. */
export function scale(alpha: number, x: Float64Array, out: Float64Array = x): void {
  checkLength('scale', 'out', out, x.length);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.scale(alpha, x.byteOffset, out.byteOffset, x.length);
  else twins.scale(alpha, x, out);
}

/** out = x. `set` copies shared memory with atomic operations, which takes several times as long. */
export function copy(x: Float64Array, out: Float64Array): void {
  checkLength('copy', 'out', out, x.length);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.copy(x.byteOffset, out.byteOffset, x.length);
  else out.set(x);
}

/** max |x[i]|; 0 for no elements, NaN as soon as one is NaN. */
export function maxAbs(x: Float64Array): number {
  const kernels = kernelsFor(x);
  return kernels ? kernels.maxAbs(x.byteOffset, x.length) : twins.maxAbs(x);
}

/**
 * Σ x[i] by halving, down to runs of at most 128 that are summed in eight lanes: the order in which
 * numpy.sum adds, so that sums round as scikit-learn's do.
 */
export function pairwiseSum(x: Float64Array): number {
  const kernels = kernelsFor(x);
  return kernels ? kernels.pairwiseSum(x.byteOffset, x.length) : twins.pairwiseSum(x);
}
