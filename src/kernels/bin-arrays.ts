/** Edges of all columns, for `binRows`. */
export interface BinTable {
  /** 256 a column, ascending, filled up with ∞. */
  edges: Float64Array;
  /** Per column, the least d with fewer than 2ᵈ edges. */
  depths: Int32Array;
  /** Per column, the bin of NaN. */
  missing: Uint8Array;
  /** Grids of bin-grid.ts, and of each column the cells per unit, 0 for none. */
  grids: Uint8Array;
  scales: Float64Array;
}

/** Where bins go: one byte a cell. */
export interface BinnedRows {
  /** Row after row, `stride` bytes each. */
  byRow: Uint8Array;
  stride: number;
  /** Column after column, `height` bytes each; undefined where it is not needed. */
  byColumn: Uint8Array | undefined;
  height: number;
}
