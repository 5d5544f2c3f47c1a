import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { reducedDistance, type DistanceMetric } from './metric.ts';
import type { Nearest } from './nearest.ts';

/**
 * A k-d tree as plain arrays: a complete binary tree, node n's children at 2n + 1 and 2n + 2, leaves on the last
 * level. A node is a stretch of points and the box around them.
 */
export interface KdTree {
  levels: number;
  /** Rows × columns: the points, in the order of the tree. */
  points: Float64Array;
  /** Row number of each point. */
  rows: Int32Array;
  /** Where each node's points start, and where they end. */
  starts: Int32Array;
  ends: Int32Array;
  /** Nodes × columns: lowest and highest coordinate of each node's points. */
  lower: Float64Array;
  upper: Float64Array;
}

/**
 * Splits points at the median of the column of largest spread, again and again, until no stretch is longer than
 * about leafSize.
 *
 * Source: Bentley, "Multidimensional binary search trees used for associative searching", Communications of the
 * ACM 18(9), 1975. Counterpart: scikit-learn's KDTree.
 */
export function buildKdTree(X: DenseMatrix, leafSize: number): KdTree {
  const { rows: n, cols } = X;
  const levels = Math.max(1, Math.floor(Math.log2(Math.max(1, (n - 1) / leafSize))) + 1);
  const nodes = 2 ** levels - 1;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const starts = new Int32Array(nodes);
  const ends = new Int32Array(nodes);
  const lower = new Float64Array(nodes * cols).fill(Infinity);
  const upper = new Float64Array(nodes * cols).fill(-Infinity);
  ends[0] = n;
  for (let node = 0; node < nodes; node++) {
    const start = starts[node];
    const end = ends[node];
    for (let i = start; i < end; i++) {
      for (let j = 0; j < cols; j++) {
        const value = X.data[rows[i] * cols + j];
        if (value < lower[node * cols + j]) lower[node * cols + j] = value;
        if (value > upper[node * cols + j]) upper[node * cols + j] = value;
      }
    }
    const left = 2 * node + 1;
    if (left >= nodes) continue;
    const middle = (start + end) >> 1;
    if (end - start > 1) {
      let widest = 0;
      for (let j = 1; j < cols; j++) {
        if (upper[node * cols + j] - lower[node * cols + j] > upper[node * cols + widest] - lower[node * cols + widest]) widest = j;
      }
      partition(rows, X.data, cols, widest, start, end, middle);
    }
    starts[left] = start;
    ends[left] = middle;
    starts[left + 1] = middle;
    ends[left + 1] = end;
  }
  return { levels, points: X.take(rows).data, rows, starts, ends, lower, upper };
}

/** Orders rows[start … end) so that none before `middle` is larger in a column than any after (quickselect). */
function partition(rows: Int32Array, data: Float64Array, cols: number, column: number, start: number, end: number, middle: number): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = data[rows[(low + high) >> 1] * cols + column];
    let i = low;
    let j = high;
    while (i <= j) {
      while (data[rows[i] * cols + column] < pivot) i++;
      while (data[rows[j] * cols + column] > pivot) j--;
      if (i <= j) {
        const moved = rows[i];
        rows[i++] = rows[j];
        rows[j--] = moved;
      }
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

/**
 * Shows `nearest` every point that can be among the nearest of a query, other than row `skip`. Nodes whose box is
 * farther than the worst kept are passed over; as far is not farther, so that ties are settled by row number.
 *
 * @param x the query: columns from `at` on
 */
export function searchKdTree(tree: KdTree, metric: DistanceMetric, x: Float64Array, at: number, cols: number, skip: number, nearest: Nearest): void {
  const { points, rows, starts, ends } = tree;
  const nodes = starts.length;
  const visit = (node: number, bound: number): void => {
    if (bound > nearest.worst) return;
    const left = 2 * node + 1;
    if (left < nodes) {
      const toLeft = boxDistance(tree, metric, left, x, at, cols);
      const toRight = boxDistance(tree, metric, left + 1, x, at, cols);
      visit(toLeft <= toRight ? left : left + 1, Math.min(toLeft, toRight));
      visit(toLeft <= toRight ? left + 1 : left, Math.max(toLeft, toRight));
      return;
    }
    for (let i = starts[node]; i < ends[node]; i++) {
      if (rows[i] === skip) continue;
      const distance = reducedDistance(metric, x, at, points, i * cols, cols);
      if (distance <= nearest.worst) nearest.offer(distance, rows[i]);
    }
  };
  visit(0, 0);
}

/**
 * The reduced distance of a point to a node's box. Summed as distances to points are, so that rounding cannot
 * lift it above that of a point in the box.
 */
function boxDistance({ lower, upper }: KdTree, { name, p }: DistanceMetric, node: number, x: Float64Array, at: number, cols: number): number {
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
