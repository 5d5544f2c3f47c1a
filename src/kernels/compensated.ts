import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/compensated.ts';

/**
 * Sums for minimisers. Rare words give gradients with thousands of equal elements, whose roundings in one
 * running sum all go the same way, and a minimiser that is stopped far from its optimum magnifies such an
 * error a billionfold: blocks of 64 are summed in lanes, and their sums are added with compensation
 * (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974).
 *
 * In WebAssembly where the arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 */

/** Σ x[i]·y[i]. */
export function compensatedDot(x: Float64Array, y: Float64Array): number {
  checkLength('compensatedDot', 'y', y, x.length);
  const kernels = kernelsFor(x, y);
  return kernels ? kernels.compensatedDot(x.byteOffset, y.byteOffset, x.length) : twins.compensatedDot(x, y);
}

/** All products of two pairs of vectors in one pass: out = [s·t, y·z, s·z, t·y]. */
export function crossDots(s: Float64Array, y: Float64Array, t: Float64Array, z: Float64Array, out: Float64Array): void {
  checkLength('crossDots', 'y', y, s.length);
  checkLength('crossDots', 't', t, s.length);
  checkLength('crossDots', 'z', z, s.length);
  checkLength('crossDots', 'out', out, 4);
  const kernels = kernelsFor(s, y, t) && kernelsFor(z, out);
  if (kernels) kernels.crossDots(s.byteOffset, y.byteOffset, t.byteOffset, z.byteOffset, s.length, out.byteOffset);
  else twins.crossDots(s, y, t, z, out);
}

/** out += a·x + b·y + c·z + d·u, adding from left to right. */
export function addFour(
  out: Float64Array,
  x: Float64Array,
  a: number,
  y: Float64Array,
  b: number,
  z: Float64Array,
  c: number,
  u: Float64Array,
  d: number,
): void {
  checkLength('addFour', 'x', x, out.length);
  checkLength('addFour', 'y', y, out.length);
  checkLength('addFour', 'z', z, out.length);
  checkLength('addFour', 'u', u, out.length);
  const kernels = kernelsFor(out, x, y) && kernelsFor(z, u);
  if (kernels) kernels.addFour(out.byteOffset, x.byteOffset, a, y.byteOffset, b, z.byteOffset, c, u.byteOffset, d, out.length);
  else twins.addFour(out, x, a, y, b, z, c, u, d);
}
