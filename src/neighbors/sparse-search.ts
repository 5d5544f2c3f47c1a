import { DataError } from '../core/errors.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { RowComparison } from './candidates.ts';
import type { DistanceMetric } from './metric.ts';
import { Nearest } from './nearest.ts';
import { SparseComparison } from './sparse-comparison.ts';
import { WalkingComparison } from './walking-comparison.ts';

/** Sparse rows that are searched. */
export interface SparseRows {
  rows: CsrMatrix;
  metric: DistanceMetric;
}

/** Writes the k nearest rows of each query, and their reduced distances; without queries, of each row among the others. */
export function nearestOfSparse(owner: string, { rows: searched, metric }: SparseRows, queries: Matrix | null, k: number, distances: DenseMatrix, indices: DenseMatrix): void {
  const nearest = new Nearest(k);
  withArena((arena) => {
    const comparison = compare(arena, metric, queries ?? searched, searched);
    const all = comparison.nearestOfAll?.(k, queries === null);
    const oneMore = new Nearest(k + 1);
    const found = { distances: new Float64Array(k + 1), indices: new Int32Array(k + 1) };
    for (let i = 0; i < distances.rows; i++) {
      if (all) {
        const at = i * (k + 1);
        const error = finiteError(owner, all.errorOf(i), i);
        if (isWellApart(all.distances.subarray(at, at + all.counts[i]), error)) {
          distances.row(i).set(all.distances.subarray(at, at + k));
          indices.row(i).set(all.rows.subarray(at, at + k));
          continue;
        }
      }
      const { rows, reduced, error } = comparison.nearest(i, k, queries === null ? i : -1);
      finiteError(owner, error, i);
      for (let e = 0; e < rows.length; e++) oneMore.offer(reduced[e], rows[e]);
      const count = oneMore.drain(found.distances, found.indices, 0);
      if (isWellApart(found.distances.subarray(0, count), error)) {
        distances.row(i).set(found.distances.subarray(0, k));
        indices.row(i).set(found.indices.subarray(0, k));
        continue;
      }
      // Where being off could change the order or the leading digits, distances are computed again from differences.
      const limit = found.distances[k - 1] + 2 * error;
      for (let e = 0; e < rows.length; e++) if (reduced[e] <= limit) nearest.offer(comparison.exact(i, rows[e]), rows[e]);
      nearest.drain(distances.data, indices.data, i * k);
    }
  });
}

/** Rows within a reduced distance of each query, by row number; without queries, of each row among the others. */
export function withinOfSparse({ rows: searched, metric }: SparseRows, queries: Matrix | null, radius: number): { starts: Int32Array; distances: Float64Array; rows: Int32Array } {
  const own = queries ?? searched;
  const starts = new Int32Array(own.rows + 1);
  const distances: number[] = [];
  const numbers: number[] = [];
  withArena((arena) => {
    const comparison = compare(arena, metric, own, searched);
    distances.length = numbers.length = 0;
    for (let i = 0; i < own.rows; i++) {
      const { rows, reduced, error } = comparison.within(i, radius);
      for (let e = 0; e < rows.length; e++) {
        if (queries === null && rows[e] === i) continue;
        const distance = error > 0 ? comparison.exact(i, rows[e]) : reduced[e];
        if (distance > radius) continue;
        distances.push(distance);
        numbers.push(rows[e]);
      }
      starts[i + 1] = numbers.length;
    }
  });
  return { starts, distances: Float64Array.from(distances), rows: Int32Array.from(numbers) };
}

/** Queries are turned into the kind of the rows. */
function compare(arena: Arena, metric: DistanceMetric, queries: Matrix, rows: CsrMatrix): RowComparison {
  const sparse = queries instanceof CsrMatrix ? queries : CsrMatrix.fromDense(queries);
  const byProducts = metric.name === 'euclidean' || metric.name === 'cosine';
  return byProducts ? new SparseComparison(arena, metric, sparse, rows) : new WalkingComparison(metric, sparse, rows);
}

/** Where squares overflow, every row is as far as any other. @throws DataError */
function finiteError(owner: string, error: number, row: number): number {
  if (error < Infinity) return error;
  throw new DataError(`${owner}: squared distances must not overflow, but those from row ${row} do. Scale X, or leave out what is larger than 1e150.`);
}

/** Whether ascending distances are so far from 0 and from each other that being off by `error` does not matter. */
function isWellApart(ascending: Float64Array, error: number): boolean {
  if (error === 0) return true;
  if (ascending[0] < 1e9 * error) return false;
  for (let n = 1; n < ascending.length; n++) if (ascending[n] - ascending[n - 1] <= 2 * error) return false;
  return true;
}
