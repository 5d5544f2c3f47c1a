/** What may accompany X and y in `fit` and `score`. */
export interface FitOptions {
  /** One non-negative weight per row; a weight of 2 counts as the row twice. Default: every row 1. */
  sampleWeight?: ArrayLike<number>;
}
