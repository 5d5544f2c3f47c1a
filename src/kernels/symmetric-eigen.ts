import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/symmetric-eigen.ts';

/**
 * Parts of the eigenvalue problem of a symmetric n × n matrix. In WebAssembly where all arrays come
 * from one arena, in plain TypeScript otherwise, with the same bits.
 */

/**
 * a[i, j] −= v[i]·w[j] + w[i]·v[j] for j ≤ i from `from` on, and p = A·x of what results, the symmetric matrix whose lower
 * triangle that is.
 */
export function reduceTrailing(n: number, from: number, a: Float64Array, v: Float64Array, w: Float64Array, x: Float64Array, p: Float64Array): void {
  checkLengths('reduceTrailing', n, a, v, w);
  checkLengths('reduceTrailing', n, a, x, p);
  const kernels = kernelsFor(a, v, w) && kernelsFor(a, x, p);
  if (kernels) kernels.reduceTrailing(n, from, a.byteOffset, v.byteOffset, w.byteOffset, x.byteOffset, p.byteOffset);
  else twins.reduceTrailing(n, from, a, v, w, x, p);
}

/** Row i of `vectors`, zeros before, becomes H₀·H₁·…·Hᵢ₋₁·eᵢ for Hₖ = I − 2vvᵀ with v row k of `reflectors`, of which elements up to k count as 0. */
export function reflectAxes(n: number, reflectors: Float64Array, vectors: Float64Array): void {
  checkLength('reflectAxes', 'each matrix', reflectors, n * n);
  checkLength('reflectAxes', 'each matrix', vectors, n * n);
  const kernels = kernelsFor(reflectors, vectors);
  if (kernels) kernels.reflectAxes(n, reflectors.byteOffset, vectors.byteOffset);
  else twins.reflectAxes(n, reflectors, vectors);
}

/** Rotates rows i and i + 1 by (c[i], s[i]) for i from `last` down to `first`: (x, y) ← (c·x − s·y, s·x + c·y). */
export function rotateRows(n: number, first: number, last: number, rows: Float64Array, c: Float64Array, s: Float64Array): void {
  checkLengths('rotateRows', n, rows, c, s);
  const kernels = kernelsFor(rows, c, s);
  if (kernels) kernels.rotateRows(n, first, last, rows.byteOffset, c.byteOffset, s.byteOffset);
  else twins.rotateRows(n, first, last, rows, c, s);
}

/** Rows x of `rows`, count × n, become H₀·H₁·…·Hₙ₋₂·x, with the reflectors of reflectAxes. */
export function reflectRows(n: number, count: number, reflectors: Float64Array, rows: Float64Array): void {
  checkLength('reflectRows', 'reflectors', reflectors, n * n);
  checkLength('reflectRows', 'rows', rows, count * n);
  const kernels = kernelsFor(reflectors, rows);
  if (kernels) kernels.reflectRows(n, count, reflectors.byteOffset, rows.byteOffset);
  else twins.reflectRows(n, count, reflectors, rows);
}

/**
 * Turns rows i and i + 1 of `rows`, n × width, back by (c[i − first], s[i − first]) for i from `first` up to
 * `last`: (x, y) ← (c·x + s·y, c·y − s·x).
 */
export function turnBackRows(n: number, width: number, first: number, last: number, rows: Float64Array, c: Float64Array, s: Float64Array): void {
  checkLength('turnBackRows', 'c', c, last - first + 1);
  checkLength('turnBackRows', 's', s, last - first + 1);
  checkLength('turnBackRows', 'rows', rows, n * width);
  const kernels = kernelsFor(rows, c, s);
  if (kernels) kernels.turnBackRows(width, first, last, rows.byteOffset, c.byteOffset, s.byteOffset);
  else twins.turnBackRows(width, first, last, rows, c, s);
}

function checkLengths(owner: string, n: number, matrix: Float64Array, a: Float64Array, b: Float64Array): void {
  checkLength(owner, 'the matrix', matrix, n * n);
  checkLength(owner, 'each vector', a, n);
  checkLength(owner, 'each vector', b, n);
}
