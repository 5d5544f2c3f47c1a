import { OptionError } from '../core/errors.ts';
import type { KdTree } from '../kernels/near-points-arrays.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { nearestOfDense, withinOfDense } from './dense-search.ts';
import { buildKdTree } from './kd-tree.ts';
import { fromReduced, toReduced, type DistanceMetric } from './metric.ts';
import { searchPlan, type NeighborSearchOptions } from './neighbors-options.ts';
import { nearestOfSparse, withinOfSparse } from './sparse-search.ts';

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

/** The same of many queries, one after the other. */
export interface Neighborhoods extends Neighborhood {
  /** Where each query's rows begin, and the last ones end. */
  starts: Int32Array;
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
  const { fitX, effectiveMetric: metric, tree, nSamplesFit } = fitted;
  const choices = X === null ? nSamplesFit - 1 : nSamplesFit;
  if (!Number.isInteger(k) || k < 1 || k > choices) {
    throw new OptionError(`${owner}: nNeighbors must be a whole number in [1, ${choices}], the rows to choose from, got ${k}. Lower nNeighbors.`);
  }
  const queries = X ?? fitX;
  const distances = new DenseMatrix(queries.rows, k);
  const indices = new DenseMatrix(queries.rows, k);
  if (fitX.kind === 'csr') nearestOfSparse(owner, { rows: fitX, metric }, X, k, distances, indices);
  else nearestOfDense(owner, { rows: fitX, tree, metric }, X && X.toDense(), k, distances, indices);
  for (let p = 0; p < distances.data.length; p++) distances.data[p] = fromReduced(distances.data[p], metric);
  return { distances, indices };
}

/** All rows within `radius` of each row of X, that distance included, in no order; with X null, of each row of fit's X among the others. */
export function findNeighborhoods(owner: string, fitted: NeighborsFitted, X: Matrix | null, radius: number): Neighborhoods {
  const { fitX, effectiveMetric: metric, tree } = fitted;
  const limit = toReduced(radius, metric);
  const { starts, distances, rows } =
    fitX.kind === 'csr' ? withinOfSparse({ rows: fitX, metric }, X, limit) : withinOfDense(owner, { rows: fitX, tree, metric }, X && X.toDense(), limit);
  for (let p = 0; p < distances.length; p++) distances[p] = fromReduced(distances[p], metric);
  return { starts, distances, indices: rows };
}

/** The same, each query's rows by row number, or nearest first with `sortResults`. */
export function findWithinRadius(owner: string, fitted: NeighborsFitted, X: Matrix | null, radius: number, sortResults: boolean): Neighborhood[] {
  const { starts, distances, indices } = findNeighborhoods(owner, fitted, X, radius);
  return Array.from({ length: starts.length - 1 }, (_, i) => {
    const order = Int32Array.from({ length: starts[i + 1] - starts[i] }, (__, e) => starts[i] + e);
    if (sortResults) order.sort((a, b) => distances[a] - distances[b] || indices[a] - indices[b]);
    else order.sort((a, b) => indices[a] - indices[b]);
    return { distances: Float64Array.from(order, (e) => distances[e]), indices: order.map((e) => indices[e]) };
  });
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
