/** The bins of all rows, with the room that adding them up takes. */
export interface Bins {
  cols: number;
  /** Row after row, `stride` bytes each. */
  byRow: Uint8Array;
  /** A multiple of 16, at least `cols`. */
  stride: number;
  /** The same column after column, `height` bytes each. */
  byColumn: Uint8Array;
  height: number;
  /** Per column, the number of its first cell in a histogram. */
  starts: Int32Array;
  /** 1,024 × (2 × stride + 16) bytes. */
  staged: Uint8Array;
}
