import { DataError } from '../core/errors.ts';
import { withArena } from '../kernels/arena.ts';
import { nearestPoints, pointsWithin } from '../kernels/near-points.ts';
import type { KdTree, NearPointsTask } from '../kernels/near-points-arrays.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { normalizeRows } from '../matrix/normalize-rows.ts';
import { squaredNorms } from '../matrix/squared-norms.ts';
import type { DistanceMetric } from './metric.ts';

/** Dense rows that are searched. */
export interface DenseRows {
  rows: DenseMatrix;
  tree: KdTree | null;
  metric: DistanceMetric;
}

/** Numbers of a tree that a query meets, for each of its columns: some tens of leaves. */
const MET = 1000;

/** Writes the k nearest rows of each query, and their reduced distances; without queries, of each row among the others. */
export function nearestOfDense(owner: string, searched: DenseRows, queries: DenseMatrix | null, k: number, distances: DenseMatrix, indices: DenseMatrix): void {
  const task = taskOf(owner, searched, queries);
  withArena((arena) => {
    const found = nearestPoints(arena, task, k, teamFor(task));
    distances.data.set(found.distances);
    indices.data.set(found.rows);
  });
}

/** Rows within a reduced distance of each query, in no order; without queries, of each row among the others. */
export function withinOfDense(owner: string, searched: DenseRows, queries: DenseMatrix | null, radius: number): { starts: Int32Array; distances: Float64Array; rows: Int32Array } {
  const task = taskOf(owner, searched, queries);
  return withArena((arena) => {
    const { starts, distances, rows } = pointsWithin(arena, task, radius, teamFor(task));
    return { starts: starts.slice(), distances: distances.slice(), rows: rows.slice() };
  });
}

function teamFor({ cols, points, queries, tree }: NearPointsTask): ThreadTeam | undefined {
  return sharedTeam(queries.length * Math.min(points.length / cols / 4, tree === null ? Infinity : MET));
}

/** Rows of length 1 are apart by their angle. @throws DataError for numbers whose squares overflow, unless a tree is searched */
function taskOf(owner: string, { rows, tree, metric }: DenseRows, queries: DenseMatrix | null): NearPointsTask {
  const own = queries ?? rows;
  const others = queries === null;
  if (metric.name === 'cosine') {
    const points = directions(rows, 0).data;
    return { metric: { name: 'euclidean', p: 2 }, cols: rows.cols + 2, points, tree: null, queries: others ? points : directions(own, 1).data, others };
  }
  if (metric.name === 'euclidean' && tree === null) refuseOverflow(owner, rows, own);
  return { metric: { name: metric.name, p: metric.p }, cols: rows.cols, points: rows.data, tree, queries: own.data, others };
}

/**
 * Rows of length 1, with two columns more: rows of zeros point along the column `place` of these, at right angles to all rows
 * and, where queries and rows have another place, to each other.
 */
function directions(X: DenseMatrix, place: number): DenseMatrix {
  const units = normalizeRows(X, 'l2') as DenseMatrix;
  const longer = new DenseMatrix(X.rows, X.cols + 2);
  squaredNorms(units).forEach((square, i) => {
    longer.row(i).set(units.row(i));
    // A row that is too short to be divided by its length counts as zeros.
    if (square < 0.5) longer.row(i)[X.cols + place] = 1;
  });
  return longer;
}

/** Where squares overflow, every row is as far as any other. */
function refuseOverflow(owner: string, rows: DenseMatrix, queries: DenseMatrix): void {
  const largest = squaredNorms(rows).reduce((a, b) => Math.max(a, b), 0);
  const row = squaredNorms(queries).findIndex((square) => !(4 * (square + largest) < Infinity));
  if (row < 0) return;
  throw new DataError(`${owner}: squared distances must not overflow, but those from row ${row} do. Scale X, or leave out what is larger than 1e150.`);
}
