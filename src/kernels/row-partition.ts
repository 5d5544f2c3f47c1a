import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/row-partition.ts';

/*
 * Rows of a growing tree. In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the
 * same bits.
 */

/**
 * Moves those of rows[from … to − 1] that go left before those that go right; both keep their order.
 * @param bins the bin of every row
 * @param left for each of 256 bins, 1 if it goes left, else 0
 * @param other at least to − from numbers to work with
 * @returns how many go left
 */
export function partitionRows(rows: Int32Array, from: number, to: number, bins: Uint8Array, left: Uint8Array, other: Int32Array): number {
  checkLength('partitionRows', 'left', left, 256);
  const kernels = other.length >= to - from && kernelsFor(rows, bins, left) && kernelsFor(other);
  if (!kernels) return twins.partitionRows(rows, from, to, bins, left);
  return kernels.partitionRows(rows.byteOffset, from, to, bins.byteOffset, left.byteOffset, other.byteOffset);
}

/** leaves[row] = leaf for rows[from … to − 1]. */
export function markRows(rows: Int32Array, from: number, to: number, leaf: number, leaves: Uint16Array): void {
  const kernels = kernelsFor(rows, leaves);
  if (kernels) kernels.markRows(rows.byteOffset, from, to, leaf, leaves.byteOffset);
  else twins.markRows(rows, from, to, leaf, leaves);
}

/** out[i] += values[leaves[i]]. */
export function addLeafValues(leaves: Uint16Array, values: Float64Array, out: Float64Array): void {
  checkLength('addLeafValues', 'leaves', leaves, out.length);
  const kernels = kernelsFor(leaves, values, out);
  if (kernels) kernels.addLeafValues(0, out.length, leaves.byteOffset, values.byteOffset, out.byteOffset);
  else twins.addLeafValues(leaves, values, out);
}
