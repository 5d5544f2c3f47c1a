import type { CsrArrays } from '../matrix-arrays.ts';
import type { NearestRows, NearestRowsTask } from '../nearest-arrays.ts';
import { addSparseRows } from './sparse-rows.ts';
import { axpy } from './vector-operations.ts';

/** Twin of assembly/nearest.ts: the same operations on each element, so the same bits. */

export function productsToBounds(values: Float64Array, squares: Float64Array, square: number, norms: Float64Array, slack: number): void {
  for (let j = 0; j < values.length; j++) values[j] = square + squares[j] - 2 * (values[j] + slack * norms[j]);
}

export function listWithin(values: Float64Array, limit: number, list: Int32Array): number {
  let count = 0;
  for (let j = 0; j < values.length; j++) if (values[j] <= limit) list[count++] = j;
  return count;
}

export function listSmallest(values: Float64Array, smallest: Float64Array, indices: Int32Array): number {
  const k = smallest.length;
  let count = 0;
  for (let j = 0; j < values.length; j++) {
    const value = values[j];
    if (!(value < Infinity) || (count === k && value >= smallest[k - 1])) continue;
    let at = count < k ? count++ : k - 1;
    for (; at > 0 && smallest[at - 1] > value; at--) {
      smallest[at] = smallest[at - 1];
      indices[at] = indices[at - 1];
    }
    smallest[at] = value;
    indices[at] = j;
  }
  return count;
}

export function listedRowsTimesVector(rows: Int32Array, { indptr, indices, data }: CsrArrays, w: Float64Array, out: Float64Array): void {
  for (let e = 0; e < rows.length; e++) {
    let p = indptr[rows[e]];
    const end = indptr[rows[e] + 1];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (; p + 3 < end; p += 4) {
      s0 += data[p] * w[indices[p]];
      s1 += data[p + 1] * w[indices[p + 1]];
      s2 += data[p + 2] * w[indices[p + 2]];
      s3 += data[p + 3] * w[indices[p + 3]];
    }
    for (; p < end; p++) s0 += data[p] * w[indices[p]];
    out[e] = s0 + s1 + (s2 + s3);
  }
}

/** out[e] = square + squares[rows[e]] − 2·(row rows[e] of X) · query. */
function reduceListed(rows: Int32Array, X: CsrArrays, query: Float64Array, square: number, squares: Float64Array, out: Float64Array): void {
  listedRowsTimesVector(rows, X, query, out);
  for (let e = 0; e < rows.length; e++) out[e] = square + squares[rows[e]] - 2 * out[e];
}

/** Puts (value, row) in its place among the first `count` pairs, ascending by value and then row, if there is room. @returns how many there are then */
export function insertPair(value: number, row: number, count: number, values: Float64Array, rows: Int32Array): number {
  const most = values.length;
  let to = Math.min(count, most);
  for (; to > 0 && !(values[to - 1] < value || (values[to - 1] === value && rows[to - 1] < row)); to--) {
    if (to === most) continue;
    values[to] = values[to - 1];
    rows[to] = rows[to - 1];
  }
  if (to < most) {
    values[to] = value;
    rows[to] = row;
  }
  return Math.min(count + 1, most);
}

export function nearestRows(k: number, others: boolean, task: NearestRowsTask, found: NearestRows): void {
  const { queries, rareQueries, rows, byColumn, squares, commonNorms, facts } = task;
  const n = rows.rows;
  const bounds = new Float64Array(n);
  const reduced = new Float64Array(n);
  const list = new Int32Array(n);
  const smallest = new Float64Array(Math.min(2 * k, n));
  const query = new Float64Array(queries.cols);
  for (let i = 0; i < queries.rows; i++) {
    const [square, slack, error] = facts.subarray(3 * i, 3 * i + 3);
    const values = found.distances.subarray(i * (k + 1), (i + 1) * (k + 1));
    const numbers = found.rows.subarray(i * (k + 1), (i + 1) * (k + 1));
    let count = 0;
    const take = (listed: number): void => {
      reduceListed(list.subarray(0, listed), rows, query, square, squares, reduced);
      for (let e = 0; e < listed; e++) count = insertPair(reduced[e], list[e], count, values, numbers);
    };
    bounds.fill(0);
    const [rareStart, rareEnd] = [rareQueries.indptr[i], rareQueries.indptr[i + 1]];
    addSparseRows(rareQueries.indices.subarray(rareStart, rareEnd), rareQueries.data.subarray(rareStart, rareEnd), byColumn, bounds);
    productsToBounds(bounds, squares, square, commonNorms, slack / 2);
    if (others) bounds[i] = Infinity;
    const [start, end] = [queries.indptr[i], queries.indptr[i + 1]];
    for (let p = start; p < end; p++) query[queries.indices[p]] = queries.data[p];
    // Rows that look nearest settle how far the k-th nearest can be at most. More than k, since looks deceive.
    const looked = listSmallest(bounds, smallest, list);
    take(looked);
    const limit = count > 0 ? values[Math.min(k, count) - 1] + 2 * error : -Infinity;
    for (let e = 0; e < looked; e++) bounds[list[e]] = Infinity;
    axpy(-slack, commonNorms, bounds);
    take(listWithin(bounds, limit, list));
    found.counts[i] = count;
    for (let p = start; p < end; p++) query[queries.indices[p]] = 0;
  }
}
