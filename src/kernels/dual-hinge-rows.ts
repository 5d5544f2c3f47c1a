import type { Arena } from './arena.ts';
import { checkCsr } from './check-csr.ts';
import type { CsrArrays } from './matrix-arrays.ts';

/** Entries of a block. */
export const BLOCK = 4;
/** What a block takes, in doubles: four addresses of 32 bits and four values. */
export const BLOCK_DOUBLES = 6;

/**
 * A sparse matrix and one weight per column, laid out for going through rows in random order again and again: a row is one
 * stretch of blocks, of four addresses of weights and the four values that go with them, and weights of frequent columns
 * lie side by side, so that they stay in the cache.
 */
export interface DualHingeRows {
  readonly rows: number;
  readonly cols: number;
  /** Row i has the blocks from starts[i] to starts[i + 1] − 1. */
  readonly starts: Int32Array;
  /** A last block is filled up with values 0 that go with a weight of their own. */
  readonly blocks: Float64Array;
  /** cols + 2 weights: those of the columns, that of a further column which is the same in every row, and that of the filling. */
  readonly w: Float64Array;
  /** The weight of column j is w[places[j]]. */
  readonly places: Int32Array;
}

/** Lays X out. @throws DataError where X is not sound */
export function packDualHingeRows(arena: Arena, X: CsrArrays): DualHingeRows {
  checkCsr(X);
  const { rows, cols, indptr, indices, data } = X;
  const starts = arena.unsetInt32(rows + 1);
  starts[0] = 0;
  for (let i = 0; i < rows; i++) starts[i + 1] = starts[i] + Math.ceil((indptr[i + 1] - indptr[i]) / BLOCK);
  const blocks = arena.unsetFloat64(starts[rows] * BLOCK_DOUBLES);
  const w = arena.float64(cols + 2);
  const places = frequentFirst(indices, rows, cols);
  const addresses = new Uint32Array(blocks.buffer, blocks.byteOffset, 2 * blocks.length);
  const origin = w.byteOffset;
  const filling = origin + 8 * (cols + 1);
  for (let i = 0, at = 0; i < rows; i++) {
    const end = indptr[i + 1];
    let p = indptr[i];
    for (; p + 3 < end; p += BLOCK, at += BLOCK_DOUBLES) {
      const to = 2 * at;
      addresses[to] = origin + 8 * places[indices[p]];
      addresses[to + 1] = origin + 8 * places[indices[p + 1]];
      addresses[to + 2] = origin + 8 * places[indices[p + 2]];
      addresses[to + 3] = origin + 8 * places[indices[p + 3]];
      blocks[at + 2] = data[p];
      blocks[at + 3] = data[p + 1];
      blocks[at + 4] = data[p + 2];
      blocks[at + 5] = data[p + 3];
    }
    if (p === end) continue;
    addresses.fill(filling, 2 * at, 2 * at + BLOCK);
    blocks.fill(0, at + 2, at + BLOCK_DOUBLES);
    for (let lane = 0; p + lane < end; lane++) {
      addresses[2 * at + lane] = origin + 8 * places[indices[p + lane]];
      blocks[at + 2 + lane] = data[p + lane];
    }
    at += BLOCK_DOUBLES;
  }
  return { rows, cols, starts, blocks, w, places };
}

/** The place of each column when they are ordered by their number of entries, descending, equal ones as they stand. */
function frequentFirst(indices: Int32Array, rows: number, cols: number): Int32Array {
  const counts = new Int32Array(cols);
  for (let p = 0; p < indices.length; p++) counts[indices[p]]++;
  // Where the columns of so many entries begin; a column may have an entry of every row.
  const next = new Int32Array(rows + 2);
  for (let j = 0; j < cols; j++) next[counts[j]]++;
  for (let count = rows + 1, before = 0; count >= 0; count--) {
    const columns = next[count];
    next[count] = before;
    before += columns;
  }
  for (let j = 0; j < cols; j++) counts[j] = next[counts[j]]++;
  return counts;
}
