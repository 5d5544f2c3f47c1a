import { checkLength } from './check-length.ts';
import type { PackingScales } from './gradient-arrays.ts';
import type { Bins } from './histogram-arrays.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/histograms.ts';

/*
 * Histograms of gradients, one a column. A cell is a pair of 64-bit whole numbers: the sum of its rows' gradients, and
 * that of their hessians plus 2^shift for each row (see packingScales). Sums of whole numbers do not depend on their
 * order: any number of threads gives the same, and a difference of two histograms is exact.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 */

/** Rows that are copied together before they are added up. */
const STAGED = 1024;

export const stagedBytes = (stride: number): number => STAGED * (2 * stride + 16);

/**
 * Adds the derivatives of rows[from … to − 1] to the cells of their bins: [gradient · gradientScale, hessian ·
 * hessianScale + 2^shift], rounded to whole numbers.
 * @param derivatives gradient and hessian of each row in turn
 */
export function addToHistograms(
  bins: Bins,
  rows: Int32Array,
  from: number,
  to: number,
  derivatives: Float32Array,
  scales: PackingScales,
  histogram: BigInt64Array,
): void {
  const { cols, byRow, stride, starts, staged } = bins;
  checkLength('addToHistograms', 'staged', staged, stagedBytes(stride));
  const kernels = kernelsFor(byRow, starts, staged) && kernelsFor(rows, derivatives, histogram);
  if (!kernels) {
    twins.addToHistograms(bins, rows, from, to, derivatives, scales, histogram);
    return;
  }
  kernels.addToHistograms(
    cols,
    byRow.byteOffset,
    stride,
    rows.byteOffset,
    from,
    to,
    derivatives.byteOffset,
    scales.gradientScale,
    scales.hessianScale,
    scales.shift,
    starts.byteOffset,
    histogram.byteOffset,
    staged.byteOffset,
  );
}

/** The same of rows in the order that they lie in: those from `from` to `to`. */
export function addRowsInOrder(bins: Bins, from: number, to: number, derivatives: Float32Array, scales: PackingScales, histogram: BigInt64Array): void {
  const { cols, byColumn, height, stride, starts, staged } = bins;
  checkLength('addRowsInOrder', 'staged', staged, stagedBytes(stride));
  const kernels = kernelsFor(byColumn, starts, staged) && kernelsFor(derivatives, histogram);
  if (!kernels) {
    twins.addRowsInOrder(bins, from, to, derivatives, scales, histogram);
    return;
  }
  kernels.addRowsInOrder(
    cols,
    byColumn.byteOffset,
    height,
    from,
    to,
    derivatives.byteOffset,
    scales.gradientScale,
    scales.hessianScale,
    scales.shift,
    starts.byteOffset,
    histogram.byteOffset,
    staged.byteOffset,
  );
}

/** Every cell becomes 0. */
export function clearCells(out: BigInt64Array): void {
  const kernels = kernelsFor(out);
  if (kernels) kernels.clear(out.byteOffset, out.byteLength);
  else out.fill(0n);
}

/** out −= x. */
export function subtractCells(x: BigInt64Array, out: BigInt64Array): void {
  checkLength('subtractCells', 'out', out, x.length);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.subtractCells(x.byteOffset, out.byteOffset, x.length / 2);
  else twins.subtractCells(x, out);
}

/** out += x. */
export function addCells(x: BigInt64Array, out: BigInt64Array): void {
  checkLength('addCells', 'out', out, x.length);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.addCells(x.byteOffset, out.byteOffset, x.length / 2);
  else twins.addCells(x, out);
}

/** out = the sum of all cells of x, one pair. */
export function sumCells(x: BigInt64Array, out: BigInt64Array): void {
  checkLength('sumCells', 'out', out, 2);
  const kernels = kernelsFor(x, out);
  if (kernels) kernels.sumCells(x.byteOffset, x.length / 2, out.byteOffset);
  else twins.sumCells(x, out);
}
