/** The place of a column that has no entry but zero. */
export const ABSENT = -(2 ** 31);

/** What merging says of the columns that were there before. */
export interface MergedColumns {
  /** One per column: its new number m; ~m where it was merged into column m; ABSENT where it has no entry but zero. */
  readonly places: Int32Array;
  /** One per column: a merged one's entry as a share of the entry that stands for it. Others are not written. */
  readonly shares: Float64Array;
  /** The largest |share| of each merged column, in the order of rows; room for one per row. */
  readonly largest: Float64Array;
}
