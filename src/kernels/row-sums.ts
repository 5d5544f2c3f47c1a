import { checkLength } from './check-length.ts';
import { trainingKernelsFor } from './training-memory.ts';
import * as twins from './twins/row-sums.ts';

/** How long a scratch vector serves well: rows go through it in pieces that the processor's cache holds. */
export const scratchLength = (size: number): number => Math.max(16_384, size + 1);

/**
 * Adds rows of `size` numbers into a table, one after the other, each at the row that its id names: the gradient of
 * looking rows up. ids must be in the table, which nobody checks here; rows may lie anywhere.
 *
 * In WebAssembly where table and scratch come from one call of trainingVectors, in plain TypeScript otherwise, with the
 * same bits.
 */
export function addRows(table: Float32Array, ids: Int32Array, rows: Float32Array, size: number, scratch: Float32Array): void {
  checkLength('addRows', 'rows', rows, ids.length * size);
  const kernels = trainingKernelsFor(table, scratch);
  if (!kernels) return twins.addRows(table, ids, rows, size);
  const most = Math.floor(scratch.length / (size + 1));
  const places = new Int32Array(scratch.buffer, scratch.byteOffset + most * size * 4, most);
  for (let start = 0; start < ids.length; start += most) {
    const end = Math.min(start + most, ids.length);
    scratch.set(rows.subarray(start * size, end * size));
    places.set(ids.subarray(start, end));
    kernels.addRows(end - start, size, table.byteOffset, places.byteOffset, scratch.byteOffset);
  }
}
