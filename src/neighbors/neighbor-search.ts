import { DataError, OptionError } from '../core/errors.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { RowComparison } from './candidates.ts';
import { DenseComparison } from './dense-comparison.ts';
import { buildKdTree, searchKdTree, type KdTree } from './kd-tree.ts';
import { fromReduced, toReduced, type DistanceMetric } from './metric.ts';
import { Nearest } from './nearest.ts';
import { searchPlan, type NeighborSearchOptions } from './neighbors-options.ts';
import { SparseComparison } from './sparse-comparison.ts';
import { WalkingComparison } from './walking-comparison.ts';

/** What a search among rows needs to keep. */
export interface NeighborsFitted {
  /** The rows searched, as `fit` got them. */
  fitX: Matrix;
  nSamplesFit: number;
  /** The metric, with minkowski of p = 1, 2, ∞ by its own name. */
  effectiveMetric: DistanceMetric;
  fitMethod: 'brute' | 'kdTree';
  /** null for 'brute'. */
  tree: KdTree | null;
}

/** The nearest rows of each query, nearest first; at equal distance the lower row number first. */
export interface Neighbors {
  /** Queries × neighbours. */
  distances: DenseMatrix;
  /** Queries × neighbours: row numbers in fit's X. */
  indices: DenseMatrix;
}

/** All rows within a radius of a query. */
export interface Neighborhood {
  distances: Float64Array;
  /** Row numbers in fit's X. */
  indices: Int32Array;
}

export function fitSearch(owner: string, X: Matrix, options: Required<NeighborSearchOptions>, nNeighbors: number): NeighborsFitted {
  const { metric, byTree } = searchPlan(owner, X, options, nNeighbors);
  const tree = byTree ? buildKdTree(X as DenseMatrix, options.leafSize) : null;
  return { fitX: X, nSamplesFit: X.rows, effectiveMetric: metric, fitMethod: byTree ? 'kdTree' : 'brute', tree };
}

/**
 * The k nearest rows of each row of X; with X null, of each row of fit's X among the others.
 * @throws OptionError when there are fewer than k rows to choose from; DataError for numbers whose squares overflow, where rows are
 * compared by products
 */
export function findNeighbors(owner: string, fitted: NeighborsFitted, X: Matrix | null, k: number): Neighbors {
  const { fitX, effectiveMetric, tree, nSamplesFit } = fitted;
  const choices = X === null ? nSamplesFit - 1 : nSamplesFit;
  if (!Number.isInteger(k) || k < 1 || k > choices) {
    throw new OptionError(`${owner}: nNeighbors must be a whole number in [1, ${choices}], the rows to choose from, got ${k}. Lower nNeighbors.`);
  }
  const queries = X ?? fitX;
  const distances = new DenseMatrix(queries.rows, k);
  const indices = new DenseMatrix(queries.rows, k);
  const nearest = new Nearest(k);
  const drain = (i: number): void => {
    nearest.drain(distances.data, indices.data, i * k);
  };
  if (tree) {
    const { data, cols } = queries.toDense();
    for (let i = 0; i < queries.rows; i++) {
      searchKdTree(tree, effectiveMetric, data, i * cols, cols, X === null ? i : -1, nearest);
      drain(i);
    }
  } else {
    withArena((arena) => {
      const comparison = compare(arena, effectiveMetric, queries, fitX);
      const all = comparison.nearestOfAll?.(k, X === null);
      const oneMore = new Nearest(k + 1);
      const found = { distances: new Float64Array(k + 1), indices: new Int32Array(k + 1) };
      for (let i = 0; i < queries.rows; i++) {
        if (all) {
          const at = i * (k + 1);
          const error = finiteError(owner, all.errorOf(i), i);
          if (isWellApart(all.distances.subarray(at, at + all.counts[i]), error)) {
            distances.row(i).set(all.distances.subarray(at, at + k));
            indices.row(i).set(all.rows.subarray(at, at + k));
            continue;
          }
        }
        const { rows, reduced, error } = comparison.nearest(i, k, X === null ? i : -1);
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
        drain(i);
      }
    });
  }
  for (let p = 0; p < distances.data.length; p++) distances.data[p] = fromReduced(distances.data[p], effectiveMetric);
  return { distances, indices };
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

/**
 * All rows within `radius` of each row of X, that distance included, by row number, or nearest first with
 * `sortResults`; with X null, of each row of fit's X among the others.
 */
export function findWithinRadius(fitted: NeighborsFitted, X: Matrix | null, radius: number, sortResults: boolean): Neighborhood[] {
  const { fitX, effectiveMetric } = fitted;
  const queries = X ?? fitX;
  const limit = toReduced(radius, effectiveMetric);
  return withArena((arena) => {
    const comparison = compare(arena, effectiveMetric, queries, fitX);
    return Array.from({ length: queries.rows }, (_, i) => {
      const { rows, reduced, error } = comparison.within(i, limit);
      const found: [number, number][] = [];
      for (let e = 0; e < rows.length; e++) {
        if (X === null && rows[e] === i) continue;
        const distance = error > 0 ? comparison.exact(i, rows[e]) : reduced[e];
        if (distance <= limit) found.push([distance, rows[e]]);
      }
      if (sortResults) found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      return {
        distances: Float64Array.from(found, ([distance]) => fromReduced(distance, effectiveMetric)),
        indices: Int32Array.from(found, ([, j]) => j),
      };
    });
  });
}

/** Queries are turned into the kind of the rows. */
function compare(arena: Arena, metric: DistanceMetric, queries: Matrix, rows: Matrix): RowComparison {
  if (rows instanceof DenseMatrix) return new DenseComparison(arena, metric, queries.toDense(), rows);
  const sparse = queries instanceof CsrMatrix ? queries : CsrMatrix.fromDense(queries);
  const byProducts = metric.name === 'euclidean' || metric.name === 'cosine';
  return byProducts ? new SparseComparison(arena, metric, sparse, rows) : new WalkingComparison(metric, sparse, rows);
}

/** Rows × rows of fit: 1, or the distance, at each row's neighbours. Counterpart: kneighbors_graph. */
export function neighborsGraph({ distances, indices }: Neighbors, nSamplesFit: number, mode: 'connectivity' | 'distance'): CsrMatrix {
  const { rows, cols: k } = indices;
  const columns = new Int32Array(rows * k);
  const values = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++) {
    const order = Array.from({ length: k }, (_, n) => i * k + n).sort((a, b) => indices.data[a] - indices.data[b]);
    for (let n = 0; n < k; n++) {
      columns[i * k + n] = indices.data[order[n]];
      values[i * k + n] = mode === 'distance' ? distances.data[order[n]] : 1;
    }
  }
  return new CsrMatrix(rows, nSamplesFit, Int32Array.from({ length: rows + 1 }, (_, i) => i * k), columns, values);
}
