import type { Arena } from '../kernels/arena.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { listedRowsTimesVector, listSmallest, listWithin, productsToBounds } from '../kernels/nearest.ts';
import { addSparseRows } from '../kernels/sparse-rows.ts';
import { axpy } from '../kernels/vector-operations.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { normalizeRows } from '../matrix/normalize-rows.ts';
import { roundingOf, type Candidates, type RowComparison } from './candidates.ts';
import { sparseReducedDistance } from './sparse-reduced-distance.ts';
import type { DistanceMetric } from './metric.ts';

/** Share of rows from which on a column counts as common. */
const COMMON = 0.2;

/**
 * Sparse queries with sparse rows for 'euclidean', ‖x‖² + ‖r‖² − 2·x·r, and for 'cosine', the same of rows of length 1,
 * which is twice the distance.
 *
 * Products go by way of columns that query and row share. In text most of that work is for the few columns that most rows
 * have, which weigh little: they are left out at first. What they can add to a product is at most the length of the
 * query's common part times that of the row's (Cauchy and Schwarz), so that most rows are seen to be too far, and whole
 * products are computed for the rest only. The result is that of comparing with every row.
 */
export class SparseComparison implements RowComparison {
  readonly #metric: DistanceMetric;
  readonly #X: CsrMatrix;
  readonly #rows: CsrMatrix;
  readonly #isCommon: Uint8Array;
  readonly #queries: CsrArrays;
  readonly #copy: CsrArrays;
  /** Rows by column, without the common columns. */
  readonly #byColumn: CsrArrays;
  readonly #squares: Float64Array;
  /** Length of each row's common part. */
  readonly #commonNorms: Float64Array;
  readonly #largest: number;
  readonly #longest: number;
  /** A query with all its zeros. */
  readonly #query: Float64Array;
  readonly #bounds: Float64Array;
  readonly #smallest: Float64Array;
  readonly #list: Int32Array;
  readonly #products: Float64Array;

  constructor(arena: Arena, metric: DistanceMetric, X: CsrMatrix, rows: CsrMatrix) {
    const isCosine = metric.name === 'cosine';
    const n = rows.rows;
    this.#metric = metric;
    this.#X = isCosine ? (normalizeRows(X, 'l2') as CsrMatrix) : X;
    this.#rows = isCosine ? (normalizeRows(rows, 'l2') as CsrMatrix) : rows;
    this.#queries = arena.copyCsr(this.#X);
    this.#copy = arena.copyCsr(this.#rows);
    this.#isCommon = commonColumns(rows);
    this.#byColumn = arena.copyCsr(withoutColumns(this.#rows, this.#isCommon).transpose());
    this.#squares = arena.float64(n);
    this.#commonNorms = arena.float64(n);
    let longest = 0;
    for (let j = 0; j < n; j++) {
      this.#squares[j] = isCosine ? 1 : sumOfSquares(this.#rows, j);
      this.#commonNorms[j] = this.#commonNorm(this.#rows, j);
      longest = Math.max(longest, rows.indptr[j + 1] - rows.indptr[j]);
    }
    this.#longest = longest;
    this.#largest = this.#squares.reduce((a, b) => Math.max(a, b), 0);
    this.#query = arena.float64(X.cols);
    this.#bounds = arena.float64(n);
    this.#smallest = arena.float64(n);
    this.#list = arena.int32(n);
    this.#products = arena.float64(n);
  }

  nearest(i: number, k: number, skip: number): Candidates {
    const { square, slack, error } = this.#estimate(i);
    if (skip >= 0) this.#bounds[skip] = Infinity;
    // Rows that look nearest settle how far the k-th nearest can be at most. More than k, since looks deceive.
    const looked = Math.min(2 * k, this.#bounds.length);
    const first = this.#list.subarray(0, looked);
    const count = listSmallest(this.#bounds, this.#smallest.subarray(0, looked), first);
    const limit = this.#reducedOf(i, first.subarray(0, count), square).sort()[Math.min(k, count) - 1];
    axpy(-slack, this.#commonNorms, this.#bounds);
    return this.#listed(i, square, limit, error);
  }

  within(i: number, limit: number): Candidates {
    const { square, slack, error } = this.#estimate(i);
    axpy(-slack, this.#commonNorms, this.#bounds);
    return this.#listed(i, square, limit, error);
  }

  exact(i: number, j: number): number {
    return sparseReducedDistance(this.#metric, this.#X, i, this.#rows, j);
  }

  /** Fills in what all reduced distances of query i probably are: at least that minus slack times the row's norm. */
  #estimate(i: number): { square: number; slack: number; error: number } {
    const { indptr, indices, data } = this.#queries;
    const [start, end] = [indptr[i], indptr[i + 1]];
    const isCosine = this.#metric.name === 'cosine';
    const square = isCosine ? 1 : sumOfSquares(this.#X, i);
    this.#bounds.fill(0);
    addSparseRows(indices.subarray(start, end), data.subarray(start, end), this.#byColumn, this.#bounds);
    // A product of common parts lies between plus and minus the product of their lengths; where all values are of one
    // sign, as counts are, it is more likely above 0.
    const slack = this.#commonNorm(this.#X, i);
    productsToBounds(this.#bounds, this.#squares, square, this.#commonNorms, slack / 2);
    return { square, slack, error: roundingOf(end - start + this.#longest, 4 * (square + this.#largest)) };
  }

  #listed(i: number, square: number, limit: number, error: number): Candidates {
    const rows = this.#list.subarray(0, listWithin(this.#bounds, limit + 2 * error, this.#list));
    return { rows, reduced: this.#reducedOf(i, rows, square), error: this.#metric.name === 'cosine' ? 0 : error };
  }

  /** Reduced distances of query i and some rows, with whole products. */
  #reducedOf(i: number, rows: Int32Array, square: number): Float64Array {
    const { indptr, indices, data } = this.#X;
    const query = this.#query;
    const reduced = this.#products.subarray(0, rows.length);
    for (let p = indptr[i]; p < indptr[i + 1]; p++) query[indices[p]] = data[p];
    listedRowsTimesVector(rows, this.#copy, query, reduced);
    for (let p = indptr[i]; p < indptr[i + 1]; p++) query[indices[p]] = 0;
    for (let e = 0; e < rows.length; e++) reduced[e] = square + this.#squares[rows[e]] - 2 * reduced[e];
    return reduced;
  }

  #commonNorm({ indptr, indices, data }: CsrMatrix, i: number): number {
    const isCommon = this.#isCommon;
    let sum = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += isCommon[indices[p]] * data[p] * data[p];
    return Math.sqrt(sum);
  }
}

/** 1 at columns that many rows have. */
function commonColumns({ rows, cols, indices }: CsrMatrix): Uint8Array {
  const counts = new Int32Array(cols);
  for (let p = 0; p < indices.length; p++) counts[indices[p]]++;
  return Uint8Array.from(counts, (count) => (count > COMMON * rows ? 1 : 0));
}

/** The matrix without the entries of some columns. */
function withoutColumns({ rows, cols, indptr, indices, data }: CsrMatrix, isDropped: Uint8Array): CsrMatrix {
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(indices.length);
  const values = new Float64Array(indices.length);
  let kept = 0;
  for (let i = 0; i < rows; i++) {
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      if (isDropped[indices[p]]) continue;
      columns[kept] = indices[p];
      values[kept++] = data[p];
    }
    offsets[i + 1] = kept;
  }
  return new CsrMatrix(rows, cols, offsets, columns.subarray(0, kept), values.subarray(0, kept));
}

function sumOfSquares({ indptr, data }: CsrMatrix, i: number): number {
  let sum = 0;
  for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * data[p];
  return sum;
}
