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
