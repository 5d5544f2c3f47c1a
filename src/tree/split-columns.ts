import type { Arena } from '../kernels/arena.ts';
import type { RankedColumns } from './ranked-columns.ts';
import { sparseEntries, type SparseEntries } from './sparse-entries.ts';

/** The ranks of one column, and what they are counted from. */
export interface OpenColumn {
  /** One per row; a row's rank is `base` more. */
  ranks: Uint16Array | Int32Array;
  base: number;
  /** The rank of a missing value: how many ranks the column has. */
  missing: number;
  /** Where the column's ranks begin in `lows` and `highs`. */
  offset: number;
}

/**
 * Hands out columns where kernels reach them. A sparse column is spread out over all rows while it is in use, one at a
 * time, so that no more than one is ever dense.
 */
export class SplitColumns {
  readonly #columns: RankedColumns;
  readonly #open: OpenColumn[] = [];
  readonly #spread: Int32Array;
  #spreadColumn = -1;
  /** The number of the node that each row, or each column, was last seen in; which of the two the last node has. */
  readonly #rowMarks: Int32Array;
  readonly #columnMarks: Int32Array;
  #marksColumns = false;
  #mark = 0;
  /** What compiled code searches instead of opening columns; undefined where it does not. */
  readonly sparse: SparseEntries | undefined;
  /** The columns' own, where kernels reach them. */
  readonly lows: Float32Array;
  readonly highs: Float32Array;

  constructor(arena: Arena, columns: RankedColumns) {
    this.#columns = columns;
    const { rows, cols, indptr, indices, ranks, zero, starts } = columns;
    this.#spread = indices ? arena.int32(rows) : new Int32Array(0);
    this.#rowMarks = new Int32Array(indices ? rows : 0);
    this.#columnMarks = new Int32Array(indices ? cols : 0);
    this.sparse = sparseEntries(arena, columns);
    this.lows = arena.copyFloat32(columns.lows);
    this.highs = columns.highs === columns.lows ? this.lows : arena.copyFloat32(columns.highs);
    const held = indices ? ranks : ranks instanceof Uint16Array ? arena.copyUint16(ranks) : arena.copyInt32(ranks);
    for (let j = 0; j < cols; j++) {
      this.#open.push({
        ranks: indices ? this.#spread : held.subarray(indptr[j], indptr[j + 1]),
        base: zero[j],
        missing: starts[j + 1] - starts[j],
        offset: starts[j],
      });
    }
  }

  /** Column j, good until another one is opened. */
  open(j: number): OpenColumn {
    const { indices, ranks, indptr } = this.#columns;
    if (indices !== undefined && this.#spreadColumn !== j) {
      const before = this.#spreadColumn;
      if (before >= 0) for (let e = indptr[before]; e < indptr[before + 1]; e++) this.#spread[indices[e]] = 0;
      for (let e = indptr[j]; e < indptr[j + 1]; e++) this.#spread[indices[e]] = ranks[e];
      this.#spreadColumn = j;
    }
    return this.#open[j];
  }

  /**
   * Notes which rows are in the node that `isEmpty` will be asked of or, where those are few, which columns they fill.
   * @param tried about how many columns will be asked for
   */
  enter(samples: Int32Array, start: number, end: number, tried: number): void {
    const { byRow, rows, cols } = this.#columns;
    if (byRow === undefined) return;
    this.#mark++;
    // Noting columns reads all entries of the node's rows; asking reads entries of columns until one is in the node.
    this.#marksColumns = (end - start) * cols <= 4 * tried * rows;
    if (this.#marksColumns) {
      const { indptr, columns } = byRow;
      for (let p = start; p < end; p++) for (let e = indptr[samples[p]]; e < indptr[samples[p] + 1]; e++) this.#columnMarks[columns[e]] = this.#mark;
    } else for (let p = start; p < end; p++) this.#rowMarks[samples[p]] = this.#mark;
  }

  /** Whether a sparse column is known to hold nothing but zeros in the node entered last. */
  isEmpty(j: number): boolean {
    const { indices, indptr } = this.#columns;
    if (indices === undefined) return false;
    if (this.#marksColumns) return this.#columnMarks[j] !== this.#mark;
    for (let e = indptr[j]; e < indptr[j + 1]; e++) if (this.#rowMarks[indices[e]] === this.#mark) return false;
    return true;
  }
}
