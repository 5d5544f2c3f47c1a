import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/kernel-machine.ts';

/*
 * A row of a kernel matrix. In WebAssembly where the arrays come from one arena (views of them too, such as
 * `subarray`), in plain TypeScript otherwise, with the same bits.
 */

/**
 * out[i] = Σ data[i, j]·x[j] for rows of x.length columns, even and odd columns summed apart. Meant for many short
 * rows, where `timesVector` spends its time on adding up lanes.
 *
 * @param data out.length rows, one after the other
 */
export function pairwiseRowProducts(data: Float64Array, x: Float64Array, out: Float64Array): void {
  checkLength('pairwiseRowProducts', 'data', data, out.length * x.length);
  const kernels = kernelsFor(data, x, out);
  if (kernels) kernels.pairwiseRowProducts(out.length, x.length, data.byteOffset, x.byteOffset, out.byteOffset);
  else twins.pairwiseRowProducts(out.length, x.length, data, x, out);
}

/** out[i] = Σ |data[i, j] − x[j]| for rows of x.length columns, even and odd columns summed apart. */
export function manhattanDistances(data: Float64Array, x: Float64Array, out: Float64Array): void {
  checkLength('manhattanDistances', 'data', data, out.length * x.length);
  const kernels = kernelsFor(data, x, out);
  if (kernels) kernels.manhattanDistances(out.length, x.length, data.byteOffset, x.byteOffset, out.byteOffset);
  else twins.manhattanDistances(out.length, x.length, data, x, out);
}

/**
 * values[j] = exp(−gamma·(square + squares[j] − 2·values[j])): products of one row with others become Gaussian
 * similarities, given the squared norm of the row and those of the others.
 */
export function gaussians(values: Float64Array, squares: Float64Array, square: number, gamma: number): void {
  checkLength('gaussians', 'squares', squares, values.length);
  const kernels = kernelsFor(values, squares);
  if (kernels) kernels.gaussians(values.byteOffset, squares.byteOffset, square, gamma, values.length);
  else twins.gaussians(values, squares, square, gamma);
}

/**
 * out[j] = sign·signs[j]·values[places[j]] for j < n; signs are 1 and −1.
 * In WebAssembly where all arrays come from one arena.
 */
export function gatherSigned(values: Float32Array, places: Int32Array, signs: Float32Array, sign: number, out: Float32Array, n: number): void {
  checkLength('gatherSigned', 'places', places, out.length);
  checkLength('gatherSigned', 'signs', signs, out.length);
  const kernels = kernelsFor(values, places, signs) && kernelsFor(out);
  if (kernels) kernels.gatherSigned(values.byteOffset, places.byteOffset, signs.byteOffset, sign, out.byteOffset, n);
  else twins.gatherSigned(values, places, signs, sign, out, n);
}

/** out[j] = sign·signs[j]·values[j], rounded to single precision. */
export function signedFloats(values: Float64Array, signs: Float64Array, sign: number, out: Float32Array): void {
  checkLength('signedFloats', 'signs', signs, values.length);
  checkLength('signedFloats', 'out', out, values.length);
  const kernels = kernelsFor(values, signs, out);
  if (kernels) kernels.signedFloats(values.byteOffset, signs.byteOffset, sign, out.byteOffset, values.length);
  else twins.signedFloats(values, signs, sign, out);
}
