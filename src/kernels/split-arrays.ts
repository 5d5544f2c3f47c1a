/** Bits of a column's kind. */
export const HAS_MISSING = 1;
export const CATEGORICAL = 2;

/** What is known of all columns. */
export interface SplitColumns {
  /** Number of a column's first cell in a histogram; its bins follow, then the cell of missing values. */
  starts: Int32Array;
  /** How many bins it has, without that of missing values. */
  bins: Int32Array;
  /** HAS_MISSING, CATEGORICAL, their sum, or 0. */
  kinds: Uint8Array;
  /** 1 where predictions must rise with it, −1 where they must fall, else 0. */
  directions: Int8Array;
}

export interface NodeToSplit {
  histogram: BigInt64Array;
  /** The sum of its rows' pairs. */
  total: BigInt64Array;
  value: number;
  /** Bounds of its children's values. */
  lower: number;
  upper: number;
}

export interface SplitLimits {
  minSamplesLeaf: number;
  /** Least sum of hessians in a child. */
  minHessian: number;
  l2: number;
  /** What 1 in a sum of gradients or hessians stands for. */
  gradientUnit: number;
  hessianUnit: number;
  /** Where counts begin in sums of hessians. */
  shift: number;
}

/** Bytes that a search writes, of its room to order categories in, and of both. */
export const FOUND_BYTES = 96;
export const ORDER_BYTES = 4096;
export const SPACE_BYTES = FOUND_BYTES + ORDER_BYTES;

/** The bytes that a search writes, seen in several ways. */
export interface SplitSpace {
  /** Gain, value of the left child, value of the right child. */
  numbers: Float64Array;
  /** [3] and [4]: the sum of the left child's pairs. */
  cells: BigInt64Array;
  /** From [10]: column (−1 for no split), bin, whether missing values go left, whether it is by categories, rows left. */
  words: Int32Array;
  /** A bit for each category that goes left. */
  categories: Uint8Array;
  /** Room to order categories in. */
  order: Float64Array;
}
