import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/kernel-machine.ts';

/** What the steps of sequential minimal optimisation look at, all from one arena or none. */
export interface WorkingSetArrays {
  /** +1 or −1 per variable. */
  y: Float64Array;
  gradient: Float64Array;
  /** 0 where y·α may still rise, else −∞. */
  up: Float64Array;
  /** 0 where y·α may still fall, else −∞. */
  down: Float64Array;
  /** Q(t, t). */
  diagonal: Float64Array;
  /** One element: where `bestPartner` writes the largest y·gradient of variables that may fall. */
  second: Float64Array;
}

/*
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 * `n` is how many variables, from the first on, take part.
 */

/** The last variable that may rise at which −y·gradient is largest; −1 where none may. */
export function mostViolating({ y, gradient, up }: WorkingSetArrays, n: number): number {
  const kernels = kernelsFor(y, gradient, up);
  return kernels ? kernels.mostViolating(y.byteOffset, gradient.byteOffset, up.byteOffset, n) : twins.mostViolating(y, gradient, up, n);
}

/**
 * The last variable t that may fall, with gap = highest + y·gradient > 0, which promises the largest decrease
 * gap² / (own + diagonal[t] − twice·y[t]·row[t]); −1 where there is none.
 * @param row Q(i, t)
 * @param own Q(i, i)
 * @param twice 2·yᵢ
 */
export function bestPartner(arrays: WorkingSetArrays, row: Float32Array, own: number, twice: number, highest: number, n: number): number {
  const { y, gradient, down, diagonal, second } = arrays;
  const kernels = kernelsFor(y, gradient, down) && kernelsFor(diagonal, row, second);
  if (!kernels) return twins.bestPartner(y, gradient, down, diagonal, row, own, twice, highest, n, second);
  return kernels.bestPartner(
    y.byteOffset,
    gradient.byteOffset,
    down.byteOffset,
    diagonal.byteOffset,
    row.byteOffset,
    own,
    twice,
    highest,
    n,
    second.byteOffset,
  );
}

/** sums[j] += a·x[j] + b·y[j] for j < n. */
export function addTwoRows(sums: Float64Array, x: Float32Array, a: number, y: Float32Array, b: number, n: number): void {
  const kernels = kernelsFor(sums, x, y);
  if (kernels) kernels.addTwoRows(sums.byteOffset, x.byteOffset, a, y.byteOffset, b, n);
  else twins.addTwoRows(sums, x, a, y, b, n);
}
