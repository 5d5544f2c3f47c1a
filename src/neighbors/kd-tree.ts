import type { KdTree } from '../kernels/near-points-arrays.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';

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
  const keys = new Float64Array(n);
  for (let node = 0; node < nodes; node++) {
    const start = starts[node];
    const end = ends[node];
    const widest = fillBox(X, rows, start, end, lower.subarray(node * cols, (node + 1) * cols), upper.subarray(node * cols, (node + 1) * cols));
    const left = 2 * node + 1;
    if (left >= nodes) continue;
    const middle = (start + end) >> 1;
    if (end - start > 1) {
      for (let i = start; i < end; i++) keys[i] = X.data[rows[i] * cols + widest];
      partition(rows, keys, start, end, middle);
    }
    starts[left] = start;
    ends[left] = middle;
    starts[left + 1] = middle;
    ends[left + 1] = end;
  }
  return { levels, points: X.take(rows).data, rows, starts, ends, lower, upper };
}

/** Sets lowest and highest coordinates, which are ∞ and −∞, to those of rows[start … end). @returns the column of largest spread */
function fillBox({ data, cols }: DenseMatrix, rows: Int32Array, start: number, end: number, lower: Float64Array, upper: Float64Array): number {
  for (let i = start; i < end; i++) {
    for (let j = 0, p = rows[i] * cols; j < cols; j++, p++) {
      const value = data[p];
      if (value < lower[j]) lower[j] = value;
      if (value > upper[j]) upper[j] = value;
    }
  }
  let widest = 0;
  for (let j = 1; j < cols; j++) if (upper[j] - lower[j] > upper[widest] - lower[widest]) widest = j;
  return widest;
}

/** Orders rows[start … end) so that no key before `middle` is larger than any after (quickselect). */
function partition(rows: Int32Array, keys: Float64Array, start: number, end: number, middle: number): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = keys[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i] < pivot) i++;
      while (keys[j] > pivot) j--;
      if (i <= j) {
        const key = keys[i];
        keys[i] = keys[j];
        keys[j] = key;
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
