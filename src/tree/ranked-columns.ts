import { DataError } from '../core/errors.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnMajor } from './column-major.ts';
import { rankValues } from './rank-values.ts';

/**
 * X as what splits need of it: in each column, every value replaced by its rank among the column's distinct values
 * (rounded to single precision, as scikit-learn does), or by the number of its bin. Trees then compare and sort small
 * whole numbers. A missing value (NaN) has the rank after the last.
 */
export interface RankedColumns {
  rows: number;
  cols: number;
  /** Where column j's entries begin in `ranks`, cols + 1 offsets. */
  indptr: Int32Array;
  /** The row of each entry where X is sparse; undefined where every column has an entry for every row, in order. */
  indices: Int32Array | undefined;
  /** One rank per entry, column after column; less `zero` where X is sparse, so that what is not stored is 0. */
  ranks: Uint16Array | Int32Array;
  /** The rank of what is not stored, one per column; 0 in a dense X. */
  zero: Int32Array;
  /** Where column j's ranks begin in `lows` and `highs`, cols + 1 offsets; their number is the rank of a missing value. */
  starts: Int32Array;
  /** The smallest value of each rank. */
  lows: Float32Array;
  /** The largest value of each rank; the same array as `lows` unless ranks are bins. */
  highs: Float32Array;
  /** The same entries row by row, where X is sparse. */
  byRow: RowEntries | undefined;
  hasMissing: boolean;
  /** 1 for columns with neighbouring values so close (1e-7) that no split comes between them. */
  close: Uint8Array;
}

export interface RowEntries {
  /** Where a row's begin, rows + 1 offsets. */
  indptr: Int32Array;
  columns: Int32Array;
  ranks: Int32Array;
}

/** Two values this close count as equal, as in scikit-learn. */
export const FEATURE_THRESHOLD = Math.fround(1e-7);

/**
 * Ranks the columns of X.
 * @param maxBins null for exact ranks; else columns with more distinct values are cut into that many bins of about as
 * many rows each
 * @throws DataError for a value beyond single precision
 */
export function rankColumns(owner: string, X: Matrix, maxBins: number | null): RankedColumns {
  const { rows, cols } = X;
  const { indptr, indices, data } = columnMajor(X);
  // In shared memory, so that no thread gets a copy.
  const wide = new Int32Array(new SharedArrayBuffer(4 * data.length));
  const zero = new Int32Array(cols);
  const starts = new Int32Array(cols + 1);
  const close = new Uint8Array(cols);
  const lows: Float32Array[] = [];
  const highs: Float32Array[] = [];
  let most = 0;
  let hasMissing = false;
  for (let j = 0; j < cols; j++) {
    const values = data.subarray(indptr[j], indptr[j + 1]);
    const huge = values.findIndex((value) => value === Infinity || value === -Infinity);
    if (huge >= 0) {
      const row = indices ? indices[indptr[j] + huge] : huge;
      throw new DataError(`${owner}: X must hold numbers within ±3.4e38 (single precision), row ${row} column ${j} has ${X.at(row, j)}. Scale it first.`);
    }
    const ranked = rankValues(values, rows - values.length, maxBins, wide.subarray(indptr[j], indptr[j + 1]));
    lows.push(ranked.lows);
    highs.push(ranked.highs);
    hasMissing ||= ranked.hasMissing;
    zero[j] = ranked.zero;
    close[j] = hasClose(ranked) ? 1 : 0;
    starts[j + 1] = starts[j] + ranked.lows.length;
    most = Math.max(most, ranked.lows.length);
  }
  const allLows = concatenate(lows, starts[cols]);
  return {
    rows, cols, indptr, indices, zero, starts, hasMissing, close,
    byRow: indices && rowEntries(rows, indptr, indices, wide),
    ranks: indices === undefined && most < 65_536 ? narrow(wide) : wide,
    lows: allLows,
    highs: maxBins === null ? allLows : concatenate(highs, starts[cols]),
  };
}

function rowEntries(rows: number, starts: Int32Array, rowOf: Int32Array, ranksByColumn: Int32Array): RowEntries {
  const indptr = new Int32Array(new SharedArrayBuffer(4 * (rows + 1)));
  const columns = new Int32Array(new SharedArrayBuffer(4 * rowOf.length));
  const ranks = new Int32Array(new SharedArrayBuffer(4 * rowOf.length));
  for (let e = 0; e < rowOf.length; e++) indptr[rowOf[e] + 1]++;
  for (let i = 0; i < rows; i++) indptr[i + 1] += indptr[i];
  const next = indptr.slice(0, rows);
  for (let j = 0; j < starts.length - 1; j++) {
    for (let e = starts[j]; e < starts[j + 1]; e++) {
      const to = next[rowOf[e]]++;
      columns[to] = j;
      ranks[to] = ranksByColumn[e];
    }
  }
  return { indptr, columns, ranks };
}

function narrow(wide: Int32Array): Uint16Array {
  const ranks = new Uint16Array(new SharedArrayBuffer(2 * wide.length));
  ranks.set(wide);
  return ranks;
}

function hasClose({ lows, highs }: { lows: Float32Array; highs: Float32Array }): boolean {
  for (let r = 1; r < lows.length; r++) if (lows[r] <= Math.fround(highs[r - 1] + FEATURE_THRESHOLD)) return true;
  return false;
}

function concatenate(parts: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
