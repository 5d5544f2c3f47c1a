import type { Arena } from './arena.ts';
import { fillGrid, GRID_CELLS } from './bin-grid.ts';
import type { BinnedRows, BinTable } from './bin-arrays.ts';
import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/binning.ts';

/** Fewer edges than this a column. */
export const MOST_EDGES = 256;

/** The table of columns with these edges. */
export function binTable(arena: Arena, columns: readonly ArrayLike<number>[], missing: ArrayLike<number>): BinTable {
  const edges = arena.float64(columns.length * MOST_EDGES).fill(Infinity);
  columns.forEach((own, j) => edges.set(own, j * MOST_EDGES));
  const depths = arena.copyInt32(columns.map((own) => 32 - Math.clz32(own.length)));
  const grids = arena.unsetUint8(columns.length * GRID_CELLS);
  const scales = arena.copyFloat64(columns.map((own, j) => fillGrid(own, grids.subarray(j * GRID_CELLS, (j + 1) * GRID_CELLS))));
  return { edges, depths, missing: arena.copyUint8(missing), grids, scales };
}

/**
 * The bin of every value of some rows: how many of its column's edges lie below it.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bytes.
 * @param values rows × cols, row after row
 * @param first number of the first row in `out`
 */
export function binRows(rows: number, cols: number, values: Float64Array, table: BinTable, first: number, out: BinnedRows): void {
  const { edges, depths, missing, grids, scales } = table;
  const { byRow, stride, byColumn, height } = out;
  const kernels = kernelsFor(values, edges, depths) && kernelsFor(missing, byRow, byColumn ?? byRow) && kernelsFor(grids, scales);
  if (!kernels) {
    twins.binRows(rows, cols, values, table, first, out);
    return;
  }
  kernels.binRows(
    rows,
    cols,
    values.byteOffset,
    edges.byteOffset,
    depths.byteOffset,
    missing.byteOffset,
    byRow.byteOffset + first * stride,
    stride,
    byColumn ? byColumn.byteOffset + first : 0,
    height,
    grids.byteOffset,
    scales.byteOffset,
  );
}

/** What sortForQuantiles counts in. */
export const SORT_TALLIES = 28_672;

/**
 * Sorts numbers in place, ascending, as far as quantiles need it: of n, those at ⌊nk/parts⌋ for k = 0 … parts, at two places
 * before and at the next are where they belong, and all are where there may be no more than `parts` distinct ones.
 * There must be no NaN and no −0.
 * @param room as many numbers, and SORT_TALLIES whole numbers, to work with
 */
export function sortForQuantiles(values: Float64Array, parts: number, room: { numbers: Float64Array; tallies: Int32Array }): void {
  checkLength('sortForQuantiles', 'tallies', room.tallies, SORT_TALLIES);
  const kernels = room.numbers.length >= values.length && kernelsFor(values, room.numbers, room.tallies);
  if (kernels) kernels.sortForQuantiles(values.byteOffset, room.numbers.byteOffset, room.tallies.byteOffset, values.length, parts);
  else values.sort();
}

/**
 * Adds to columns their values of further rows, without NaN, and −0 as 0.
 *
 * @param values rows × cols, row after row
 * @param out the columns, one after the other, each with room for one number more than it gets
 * @param used per column, how many values it has, which is changed; below 0 for a column that is left out
 */
export function presentValues(rows: number, cols: number, values: Float64Array, out: Float64Array, used: Int32Array): void {
  checkLength('presentValues', 'used', used, cols);
  const height = out.length / cols;
  const hasRoom = values.length >= rows * cols && used.every((count) => count + rows < height);
  const kernels = hasRoom && kernelsFor(values, out, used);
  if (kernels) kernels.presentValues(rows, cols, values.byteOffset, out.byteOffset, height, used.byteOffset);
  else twins.presentValues(rows, cols, values, out, used);
}
