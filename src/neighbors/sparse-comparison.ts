import type { Arena } from '../kernels/arena.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { listedRowsTimesVector, listSmallest, listWithin, nearestRows, productsToBounds } from '../kernels/nearest.ts';
import type { NearestRows } from '../kernels/nearest-arrays.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { addSparseRows } from '../kernels/sparse-rows.ts';
import { axpy } from '../kernels/vector-operations.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { normalizeRows } from '../matrix/normalize-rows.ts';
import { roundingOf, type Candidates, type RowComparison } from './candidates.ts';
import type { DistanceMetric } from './metric.ts';
import { rareColumns, takeColumns, type RareColumns } from './rare-columns.ts';
import { sparseReducedDistance } from './sparse-reduced-distance.ts';

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
  readonly #arena: Arena;
  readonly #metric: DistanceMetric;
  readonly #X: CsrMatrix;
  readonly #rows: CsrMatrix;
  readonly #isCommon: Uint8Array;
  readonly #copy: CsrArrays;
  /** Rows by column, for the rare columns; the queries' entries there. */
  readonly #byColumn: CsrArrays;
  readonly #queries: CsrArrays;
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
    const { prepared, rare, squares, commonNorms, longest } = indexOf(rows, metric.name === 'cosine');
    const n = rows.rows;
    this.#arena = arena;
    this.#metric = metric;
    this.#X = metric.name === 'cosine' ? (normalizeRows(X, 'l2') as CsrMatrix) : X;
    this.#rows = prepared;
    this.#isCommon = rare.isCommon;
    this.#copy = arena.copyCsr(prepared);
    this.#byColumn = arena.copyCsr(rare.byColumn);
    this.#queries = arena.copyCsr(takeColumns(this.#X, rare.place, rare.byColumn.rows));
    this.#squares = arena.copyFloat64(squares);
    this.#commonNorms = arena.copyFloat64(commonNorms);
    this.#longest = longest;
    this.#largest = squares.reduce((a, b) => Math.max(a, b), 0);
    this.#query = arena.float64(X.cols);
    this.#bounds = arena.float64(n);
    this.#smallest = arena.float64(n);
    // Room for the rows looked at first and, at worst, all rows.
    this.#list = arena.int32(2 * n);
    this.#products = arena.float64(2 * n);
  }

  nearest(i: number, k: number, skip: number): Candidates {
    const { square, slack, error } = this.#estimate(i);
    if (skip >= 0) this.#bounds[skip] = Infinity;
    // Rows that look nearest settle how far the k-th nearest can be at most. More than k, since looks deceive.
    const looked = Math.min(2 * k, this.#bounds.length);
    const count = listSmallest(this.#bounds, this.#smallest.subarray(0, looked), this.#list.subarray(0, looked));
    this.#spread(i, true);
    this.#reduce(square, 0, count);
    const limit = this.#products.slice(0, count).sort()[Math.min(k, count) - 1];
    for (let e = 0; e < count; e++) this.#bounds[this.#list[e]] = Infinity;
    const candidates = this.#listed(square, slack, limit, error, count);
    this.#spread(i, false);
    return candidates;
  }

  nearestOfAll(k: number, others: boolean): NearestRows & { errorOf: (i: number) => number } {
    const queries = this.#X;
    const facts = this.#arena.float64(3 * queries.rows);
    for (let i = 0; i < queries.rows; i++) facts.set(this.#factsOf(i), 3 * i);
    const task = { queries: this.#arena.copyCsr(queries), rareQueries: this.#queries, rows: this.#copy, byColumn: this.#byColumn, squares: this.#squares, commonNorms: this.#commonNorms, facts };
    const found = nearestRows(this.#arena, k, others, task, sharedTeam(this.#work()));
    const isExact = this.#metric.name === 'cosine';
    return { ...found, errorOf: (i) => (isExact ? 0 : facts[3 * i + 2]) };
  }

  within(i: number, limit: number): Candidates {
    const { square, slack, error } = this.#estimate(i);
    this.#spread(i, true);
    const candidates = this.#listed(square, slack, limit, error, 0);
    this.#spread(i, false);
    return candidates;
  }

  exact(i: number, j: number): number {
    return sparseReducedDistance(this.#metric, this.#X, i, this.#rows, j);
  }

  /** About how many multiplications of a dense product take as long as all queries do. */
  #work(): number {
    const { indices } = this.#queries;
    const { indptr } = this.#byColumn;
    let scattered = 0;
    for (let p = 0; p < indices.length; p++) scattered += indptr[indices[p] + 1] - indptr[indices[p]];
    return 4 * scattered + 4 * this.#X.rows * this.#bounds.length;
  }

  /** Squared length of query i, the length of its common part, and by how much its reduced distances may be off. */
  #factsOf(i: number): [square: number, slack: number, error: number] {
    const square = this.#metric.name === 'cosine' ? 1 : sumOfSquares(this.#X, i);
    const entries = this.#X.indptr[i + 1] - this.#X.indptr[i];
    return [square, commonNorm(this.#X, i, this.#isCommon), roundingOf(entries + this.#longest, 4 * (square + this.#largest))];
  }

  /** Fills in what all reduced distances of query i probably are: at least that minus slack times the row's norm. */
  #estimate(i: number): { square: number; slack: number; error: number } {
    const { indptr, indices, data } = this.#queries;
    const [start, end] = [indptr[i], indptr[i + 1]];
    const [square, slack, error] = this.#factsOf(i);
    this.#bounds.fill(0);
    addSparseRows(indices.subarray(start, end), data.subarray(start, end), this.#byColumn, this.#bounds);
    // A product of common parts lies between plus and minus the product of their lengths; where all values are of one
    // sign, as counts are, it is more likely above 0.
    productsToBounds(this.#bounds, this.#squares, square, this.#commonNorms, slack / 2);
    return { square, slack, error };
  }

  /** The first `known` rows listed, and all others whose bound is at most limit. */
  #listed(square: number, slack: number, limit: number, error: number, known: number): Candidates {
    axpy(-slack, this.#commonNorms, this.#bounds);
    const found = listWithin(this.#bounds, limit + 2 * error, this.#list.subarray(known, known + this.#bounds.length));
    this.#reduce(square, known, known + found);
    const count = known + found;
    return { rows: this.#list.subarray(0, count), reduced: this.#products.subarray(0, count), error: this.#metric.name === 'cosine' ? 0 : error };
  }

  /** Reduced distances of the query spread out and the rows listed in [from, to), with whole products. */
  #reduce(square: number, from: number, to: number): void {
    const rows = this.#list.subarray(from, to);
    const reduced = this.#products.subarray(from, to);
    listedRowsTimesVector(rows, this.#copy, this.#query, reduced);
    for (let e = 0; e < rows.length; e++) reduced[e] = square + this.#squares[rows[e]] - 2 * reduced[e];
  }

  /** Writes query i with all its zeros, or clears it. */
  #spread(i: number, isOn: boolean): void {
    const { indptr, indices, data } = this.#X;
    const query = this.#query;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) query[indices[p]] = isOn ? data[p] : 0;
  }
}

/** What is the same for all queries. */
interface RowIndex {
  /** The rows, of length 1 for 'cosine'. */
  prepared: CsrMatrix;
  rare: RareColumns;
  squares: Float64Array;
  commonNorms: Float64Array;
  /** Most entries in a row. */
  longest: number;
}

const indexes = new WeakMap<CsrMatrix, Map<boolean, RowIndex>>();

/** The index of a matrix, made at the first use and kept as long as the matrix is. */
function indexOf(rows: CsrMatrix, isCosine: boolean): RowIndex {
  let kept = indexes.get(rows);
  if (!kept) indexes.set(rows, (kept = new Map()));
  let index = kept.get(isCosine);
  if (!index) kept.set(isCosine, (index = makeIndex(rows, isCosine)));
  return index;
}

function makeIndex(rows: CsrMatrix, isCosine: boolean): RowIndex {
  const prepared = isCosine ? (normalizeRows(rows, 'l2') as CsrMatrix) : rows;
  const rare = rareColumns(prepared, COMMON * rows.rows);
  const squares = new Float64Array(rows.rows);
  const commonNorms = new Float64Array(rows.rows);
  let longest = 0;
  for (let j = 0; j < rows.rows; j++) {
    squares[j] = isCosine ? 1 : sumOfSquares(prepared, j);
    commonNorms[j] = commonNorm(prepared, j, rare.isCommon);
    longest = Math.max(longest, rows.indptr[j + 1] - rows.indptr[j]);
  }
  return { prepared, rare, squares, commonNorms, longest };
}

/** Length of the part of a row that lies in common columns. */
function commonNorm({ indptr, indices: columns, data }: CsrMatrix, i: number, isCommon: Uint8Array): number {
  let sum = 0;
  for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += isCommon[columns[p]] * data[p] * data[p];
  return Math.sqrt(sum);
}

function sumOfSquares({ indptr, data }: CsrMatrix, i: number): number {
  let sum = 0;
  for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * data[p];
  return sum;
}
