import type { NearestRows } from '../kernels/nearest-arrays.ts';

/** Rows that may be among the nearest of a query, with their reduced distances; passing arrays. */
export interface Candidates {
  rows: Int32Array;
  /** One per row, possibly off by rounding. */
  reduced: Float64Array;
  /** By how much a reduced distance may be off; 0 where they are as exact as `exact`. */
  error: number;
}

/** Compares queries with all rows of a matrix. */
export interface RowComparison {
  /** Holds the k nearest rows of query i, other than row `skip` (−1 for none), and whatever rounding may hide them from. */
  nearest(i: number, k: number, skip: number): Candidates;
  /** Holds all rows whose reduced distance from query i is at most `limit`. */
  within(i: number, limit: number): Candidates;
  /**
   * The k + 1 nearest rows of every query at once, or k where no other can be as near, other than that of its own number with
   * `others`; not there where nothing is faster than `nearest`.
   */
  nearestOfAll?(k: number, others: boolean): NearestRows & { errorOf: (i: number) => number };
  /** The reduced distance of query i and row j, from the differences of their elements. */
  exact(i: number, j: number): number;
}

/**
 * Sums of n products whose sizes sum to at most `size` are off by at most this, with room to spare.
 * Source: Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., §3.1.
 */
export const roundingOf = (n: number, size: number): number => 2 * (n + 8) * 2 ** -53 * size;
