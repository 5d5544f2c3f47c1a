import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/grams.ts';

/**
 * Turns items into columns and puts each row's entries in ascending order of them, in place; entries of one column
 * become one with the sum of their counts, and `indptr` says where rows then begin.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same numbers.
 * @param columns item → column, from 0 to cols − 1
 */
export function sortRows(arena: Arena, entries: twins.GramEntries, columns: Int32Array, cols: number): void {
  const { items, counts, indptr } = entries;
  const sums = arena.int32(cols);
  const bits = arena.int32(2 * ((cols >> 6) + 1));
  const blocks = arena.int32(2 * ((cols >> 12) + 1));
  const kernels = kernelsFor(items, counts, indptr) && kernelsFor(columns, sums) && kernelsFor(bits, blocks);
  if (!kernels) {
    twins.sortRows(entries, columns);
    return;
  }
  kernels.sortRows(
    indptr.length - 1,
    cols,
    indptr.byteOffset,
    items.byteOffset,
    counts.byteOffset,
    columns.byteOffset,
    sums.byteOffset,
    bits.byteOffset,
    blocks.byteOffset,
  );
}
