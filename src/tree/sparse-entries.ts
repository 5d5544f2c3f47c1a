import type { Arena } from '../kernels/arena.ts';
import type { RankedColumns } from './ranked-columns.ts';

/** The entries of sparse columns where kernels reach them, by column and by row: each part as RankedColumns has it. */
export interface SparseEntries {
  starts: Int32Array;
  rows: Int32Array;
  ranks: Int32Array;
  rowStarts: Int32Array;
  columns: Int32Array;
  rowRanks: Int32Array;
}

/** For classes with weights of any size: weight and class of each row in turn, and room for a weight of each class. */
export interface Weighed {
  pairs: Float64Array;
  left: Float64Array;
}

/** @returns undefined for dense columns, and where a value is missing, which compiled code does not search sparse columns for */
export function sparseEntries(arena: Arena, { indptr, indices, ranks, byRow, hasMissing }: RankedColumns): SparseEntries | undefined {
  if (indices === undefined || byRow === undefined || hasMissing) return undefined;
  return {
    starts: arena.copyInt32(indptr),
    rows: arena.copyInt32(indices),
    ranks: arena.copyInt32(ranks as Int32Array),
    rowStarts: arena.copyInt32(byRow.indptr),
    columns: arena.copyInt32(byRow.columns),
    rowRanks: arena.copyInt32(byRow.ranks),
  };
}

/**
 * The record that assembly/sparse-columns.ts reads, for one tree.
 * @param most how many entries a node has that is read row by row
 * @param states by row, as the criterion has them
 * @param weighed for classes with weights of any size
 * @param judgesAll whether all columns are judged before they are drawn
 * @param spreads whether thresholds are drawn for means
 */
export function sparseRecord(arena: Arena, entries: SparseEntries, most: number, states: Int32Array, weighed: Weighed | undefined, judgesAll: boolean, spreads: boolean): Int32Array {
  const { starts, rows, ranks, rowStarts, columns, rowRanks } = entries;
  const cols = starts.length - 1;
  const record = arena.int32(20);
  const places = [starts, rows, ranks, rowStarts, columns, rowRanks, arena.int32(cols), arena.unsetFloat64(most), arena.unsetFloat64(Math.ceil(most / 2))];
  record.set(places.map((part) => part.byteOffset));
  record[9] = cols;
  record[13] = states.byteOffset;
  if (weighed) record.set([weighed.pairs.byteOffset, weighed.left.byteOffset], 14);
  record[16] = judgesAll ? arena.float64(3 * cols).byteOffset : 0;
  record[19] = spreads ? arena.int32(states.length).byteOffset : 0;
  return record;
}
