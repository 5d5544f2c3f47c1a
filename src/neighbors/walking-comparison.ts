import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Candidates, RowComparison } from './candidates.ts';
import type { DistanceMetric } from './metric.ts';
import { sparseReducedDistance } from './sparse-reduced-distance.ts';

/** Sparse queries with sparse rows for the metrics that are not made of products: both rows are walked, row by row. */
export class WalkingComparison implements RowComparison {
  readonly #metric: DistanceMetric;
  readonly #X: CsrMatrix;
  readonly #rows: CsrMatrix;
  readonly #all: Int32Array;

  constructor(metric: DistanceMetric, X: CsrMatrix, rows: CsrMatrix) {
    this.#metric = metric;
    this.#X = X;
    this.#rows = rows;
    this.#all = Int32Array.from({ length: rows.rows }, (_, j) => j);
  }

  nearest(i: number, _k: number, skip: number): Candidates {
    const { rows, reduced, error } = this.within(i, Infinity);
    if (skip >= 0) reduced[skip] = Infinity;
    return { rows, reduced, error };
  }

  within(i: number, _limit: number): Candidates {
    return { rows: this.#all, reduced: Float64Array.from(this.#all, (j) => this.exact(i, j)), error: 0 };
  }

  exact(i: number, j: number): number {
    return sparseReducedDistance(this.#metric, this.#X, i, this.#rows, j);
  }
}
