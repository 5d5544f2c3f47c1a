import type { Arena } from '../kernels/arena.ts';
import { pairwiseRowProducts } from '../kernels/kernel-row.ts';
import { listSmallest, listWithin, productsToBounds } from '../kernels/nearest.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { normalizeRows } from '../matrix/normalize-rows.ts';
import { roundingOf, type Candidates, type RowComparison } from './candidates.ts';
import { reducedDistance, type DistanceMetric } from './metric.ts';

/**
 * Dense queries with dense rows. For 'euclidean', ‖x‖² + ‖r‖² − 2·x·r; for 'cosine', the same of rows of length 1, which
 * is twice the distance; for the others, sums over differences.
 */
export class DenseComparison implements RowComparison {
  readonly #metric: DistanceMetric;
  readonly #X: DenseMatrix;
  readonly #rows: DenseMatrix;
  readonly #byProducts: boolean;
  readonly #copy: Float64Array;
  readonly #query: Float64Array;
  readonly #squares: Float64Array;
  readonly #largest: number;
  readonly #reduced: Float64Array;
  readonly #smallest: Float64Array;
  readonly #list: Int32Array;

  constructor(arena: Arena, metric: DistanceMetric, X: DenseMatrix, rows: DenseMatrix) {
    const isCosine = metric.name === 'cosine';
    this.#metric = metric;
    this.#byProducts = isCosine || metric.name === 'euclidean';
    this.#X = isCosine ? (normalizeRows(X, 'l2') as DenseMatrix) : X;
    this.#rows = isCosine ? (normalizeRows(rows, 'l2') as DenseMatrix) : rows;
    this.#copy = this.#byProducts ? arena.copyFloat64(this.#rows.data) : this.#rows.data;
    this.#query = arena.float64(X.cols);
    this.#squares = arena.float64(rows.rows);
    for (let j = 0; j < rows.rows; j++) this.#squares[j] = isCosine ? 1 : sumOfSquares(rows, j);
    this.#largest = this.#squares.reduce((a, b) => Math.max(a, b), 0);
    this.#reduced = arena.float64(rows.rows);
    this.#smallest = arena.float64(rows.rows);
    this.#list = arena.int32(rows.rows);
  }

  nearest(i: number, k: number, skip: number): Candidates {
    const error = this.#fill(i);
    if (skip >= 0) this.#reduced[skip] = Infinity;
    const smallest = this.#smallest.subarray(0, k);
    const count = listSmallest(this.#reduced, smallest, this.#list.subarray(0, k));
    return this.#listed(smallest[count - 1], error);
  }

  within(i: number, limit: number): Candidates {
    return this.#listed(limit, this.#fill(i));
  }

  exact(i: number, j: number): number {
    const { cols } = this.#X;
    return reducedDistance(this.#metric, this.#X.data, i * cols, this.#rows.data, j * cols, cols);
  }

  /** Computes all reduced distances of query i. @returns by how much one may be off */
  #fill(i: number): number {
    const reduced = this.#reduced;
    if (!this.#byProducts) {
      for (let j = 0; j < reduced.length; j++) reduced[j] = this.exact(i, j);
      return 0;
    }
    this.#query.set(this.#X.row(i));
    pairwiseRowProducts(this.#copy, this.#query, reduced);
    const isCosine = this.#metric.name === 'cosine';
    const square = isCosine ? 1 : sumOfSquares(this.#X, i);
    productsToBounds(reduced, this.#squares, square, this.#squares, 0);
    return isCosine ? 0 : roundingOf(this.#X.cols, square + this.#largest);
  }

  #listed(limit: number, error: number): Candidates {
    const rows = this.#list.subarray(0, listWithin(this.#reduced, limit + 2 * error, this.#list));
    return { rows, reduced: Float64Array.from(rows, (j) => this.#reduced[j]), error };
  }
}

function sumOfSquares({ data, cols }: DenseMatrix, i: number): number {
  let sum = 0;
  for (let p = i * cols; p < (i + 1) * cols; p++) sum += data[p] * data[p];
  return sum;
}
