/** Whole numbers in compressed sparse rows: how often each feature occurs in each document. */
export interface CountArrays {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  /** One per entry; null where every entry counts once. */
  readonly counts: Int32Array | null;
}

/** Where a part of such rows is written: room for one offset per row and one more, and for every entry of the rows. */
export interface TakenCounts {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
}
