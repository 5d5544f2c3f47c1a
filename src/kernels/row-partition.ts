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

/** rows[i] = i. */
export function numberRows(rows: Int32Array): void {
  const kernels = kernelsFor(rows);
  if (kernels) kernels.numberRows(rows.byteOffset, rows.length);
  else for (let i = 0; i < rows.length; i++) rows[i] = i;
}

/** target = source, which may overlap. As `set`, which copies shared memory word by word. */
export function copyRows(source: Int32Array, target: Int32Array): void {
  checkLength('copyRows', 'target', target, source.length);
  const kernels = kernelsFor(source, target);
  if (kernels) kernels.copyRows(source.byteOffset, target.byteOffset, source.length);
  else target.set(source);
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

/** values[i] = values[order[i]] for the whole order, in place. @param room at least as many bytes as are moved, to work with */
export function permute(values: Uint8Array | Float64Array, order: Int32Array, room: Uint8Array): void {
  checkLength('permute', 'values', values, order.length);
  const kernels = room.length >= values.byteLength && kernelsFor(values, order, room);
  if (!kernels) twins.permute(values, order);
  else if (values instanceof Uint8Array) kernels.permuteBytes(values.byteOffset, order.byteOffset, order.length, room.byteOffset);
  else kernels.permuteDoubles(values.byteOffset, order.byteOffset, order.length, room.byteOffset);
}

/** byRow[i · stride + j] = byColumn[j · height + i] for the first `count` rows. */
export function layOutRows(byColumn: Uint8Array, height: number, cols: number, count: number, byRow: Uint8Array, stride: number): void {
  checkLength('layOutRows', 'byColumn', byColumn, height * cols);
  const kernels = count <= height && byRow.length >= count * stride && kernelsFor(byColumn, byRow);
  if (kernels) kernels.layOutRows(byColumn.byteOffset, height, cols, count, byRow.byteOffset, stride);
  else twins.layOutRows(byColumn, height, cols, count, byRow, stride);
}
