import type { KdTree, NearPointsTask, NearestPoints, PointMetric, PointsWithin } from '../near-points-arrays.ts';
import { insertPair } from './nearest.ts';

/**
 * Twin of assembly/near-points.ts: the same points at the same distances, to the bit, by comparing each query with all points
 * one after the other, or by the tree as it is. Distances are summed column by column.
 */

/** Shown a point, says how far one may be to be shown next. */
type Take = (distance: number, row: number) => number;

/** Writes the k nearest points of each query. There are k to choose from. */
export function nearestPoints(task: NearPointsTask, k: number, { distances, rows }: NearestPoints): void {
  const queries = task.queries.length / task.cols;
  for (let i = 0; i < queries; i++) {
    const values = distances.subarray(i * k, (i + 1) * k);
    const numbers = rows.subarray(i * k, (i + 1) * k);
    let count = 0;
    search(task, i, Infinity, (distance, row) => {
      count = insertPair(distance, row, count, values, numbers);
      return count < k ? Infinity : values[k - 1];
    });
  }
}

export function pointsWithin(task: NearPointsTask, radius: number): PointsWithin {
  const queries = task.queries.length / task.cols;
  const starts = new Int32Array(queries + 1);
  const distances: number[] = [];
  const rows: number[] = [];
  for (let i = 0; i < queries; i++) {
    search(task, i, radius, (distance, row) => {
      distances.push(distance);
      rows.push(row);
      return radius;
    });
    starts[i + 1] = rows.length;
  }
  return { starts, distances: Float64Array.from(distances), rows: Int32Array.from(rows) };
}

/** Shows every point that is not farther from query i than the limit, which `take` may lower. */
function search({ metric, cols, points, tree, queries, others }: NearPointsTask, i: number, limit: number, take: Take): void {
  let worst = limit;
  const compare = (data: Float64Array, p: number, row: number): void => {
    if (others && row === i) return;
    const distance = reducedDistance(metric, queries, i * cols, data, p * cols, cols);
    if (distance <= worst) worst = take(distance, row);
  };
  if (tree === null) {
    for (let row = 0; row < points.length / cols; row++) compare(points, row, row);
    return;
  }
  const nodes = tree.starts.length;
  const visit = (node: number, bound: number): void => {
    // As far is not farther, so that ties are settled by row number.
    if (bound > worst) return;
    const left = 2 * node + 1;
    if (left < nodes) {
      const toLeft = boxDistance(tree, metric, left, queries, i * cols, cols);
      const toRight = boxDistance(tree, metric, left + 1, queries, i * cols, cols);
      visit(toLeft <= toRight ? left : left + 1, Math.min(toLeft, toRight));
      visit(toLeft <= toRight ? left + 1 : left, Math.max(toLeft, toRight));
      return;
    }
    for (let p = tree.starts[node]; p < tree.ends[node]; p++) compare(tree.points, p, tree.rows[p]);
  };
  visit(0, 0);
}

/** The reduced distance of a[aStart …] and b[bStart …], n elements each. */
export function reducedDistance({ name, p }: PointMetric, a: Float64Array, aStart: number, b: Float64Array, bStart: number, n: number): number {
  let sum = 0;
  if (name === 'euclidean') {
    for (let j = 0; j < n; j++) {
      const gap = a[aStart + j] - b[bStart + j];
      sum += gap * gap;
    }
  } else if (name === 'manhattan') {
    for (let j = 0; j < n; j++) sum += Math.abs(a[aStart + j] - b[bStart + j]);
  } else if (name === 'chebyshev') {
    for (let j = 0; j < n; j++) {
      const gap = Math.abs(a[aStart + j] - b[bStart + j]);
      if (gap > sum) sum = gap;
    }
  } else for (let j = 0; j < n; j++) sum += Math.abs(a[aStart + j] - b[bStart + j]) ** p;
  return sum;
}

/**
 * The reduced distance of a point to a node's box. Summed as distances to points are, so that rounding cannot
 * lift it above that of a point in the box.
 */
function boxDistance({ lower, upper }: KdTree, { name, p }: PointMetric, node: number, x: Float64Array, at: number, cols: number): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) {
    const value = x[at + j];
    const below = lower[node * cols + j] - value;
    const above = value - upper[node * cols + j];
    const gap = below > 0 ? below : above > 0 ? above : 0;
    if (name === 'euclidean') sum += gap * gap;
    else if (name === 'manhattan') sum += gap;
    else if (name === 'chebyshev') sum = gap > sum ? gap : sum;
    else sum += gap ** p;
  }
  return sum;
}
