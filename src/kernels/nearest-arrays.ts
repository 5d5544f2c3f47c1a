import type { CsrArrays } from './matrix-arrays.ts';

/** What nearestRows works on; all arrays come from one arena. */
export interface NearestRowsTask {
  /** The queries, and their entries in rare columns, at the place of each. */
  queries: CsrArrays;
  rareQueries: CsrArrays;
  /** The rows searched, and their entries by place of rare column. */
  rows: CsrArrays;
  byColumn: CsrArrays;
  /** Squared lengths of the rows, and lengths of their parts in common columns. */
  squares: Float64Array;
  commonNorms: Float64Array;
  /** For each query: its squared length, the length of its part in common columns, and by how much a reduced distance may be off. */
  facts: Float64Array;
}

/** The nearest rows of queries. */
export interface NearestRows {
  /** Up to k + 1 reduced distances for each query, ascending, the lower row first among equals, and their rows. */
  distances: Float64Array;
  rows: Int32Array;
  /** How many each query has. */
  counts: Int32Array;
}
