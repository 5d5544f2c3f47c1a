import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { inertiaOf, nearestCentres, squaredDistances } from './nearest-centres.ts';

/** Where a run of k-means ended. */
export interface Clustering {
  /** k × columns. */
  centres: DenseMatrix;
  /** The nearest centre of each row. */
  labels: Int32Array;
  /** Σ weight · squared distance to the own centre. */
  inertia: number;
  /** Rounds made. */
  iterations: number;
  /** Whether the labels or the centres came to rest before maxIter. */
  converged: boolean;
}

/**
 * Lloyd's algorithm: each row to its nearest centre, each centre to the mean of its rows, until no label changes or
 * the squared shifts of all centres sum to at most `tol`. A centre without rows is put on the row farthest from its own.
 *
 * Source: Lloyd, "Least squares quantization in PCM", IEEE Trans. Information Theory 28(2), 1982.
 */
export function lloyd(X: Matrix, weights: Float64Array, start: DenseMatrix, maxIter: number, tol: number): Clustering {
  let centres = start;
  let labels = new Int32Array(X.rows).fill(-1);
  let iterations = 0;
  let same = false;
  let rested = false;
  while (iterations < maxIter && !same && !rested) {
    const next = nearestCentres(X, centres);
    const moved = meansOf(X, weights, centres, next);
    iterations++;
    same = areEqual(next, labels);
    let shift = 0;
    for (let p = 0; p < moved.data.length; p++) shift += (moved.data[p] - centres.data[p]) ** 2;
    rested = shift <= tol;
    centres = moved;
    labels = next as typeof labels;
  }
  // The centres have moved since the labels were found, unless nothing moved.
  if (!same) labels = nearestCentres(X, centres) as typeof labels;
  return { centres, labels, inertia: inertiaOf(X, weights, centres, labels), iterations, converged: same || rested };
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function meansOf(X: Matrix, weights: Float64Array, centres: DenseMatrix, labels: Int32Array): DenseMatrix {
  const { rows: k, cols } = centres;
  const sums = new DenseMatrix(k, cols);
  const weight = new Float64Array(k);
  addRows(X, weights, labels, sums.data, weight);
  relocateEmpty(X, weights, centres, labels, sums, weight);
  let heaviest = 0;
  for (let j = 1; j < k; j++) if (weight[j] > weight[heaviest]) heaviest = j;
  for (let j = 0; j < k; j++) {
    if (!(weight[j] > 0)) continue;
    const factor = 1 / weight[j];
    const row = sums.row(j);
    for (let c = 0; c < cols; c++) row[c] *= factor;
  }
  // Where there are no more distinct rows, a centre shares the place of the heaviest cluster.
  for (let j = 0; j < k; j++) if (!(weight[j] > 0)) sums.row(j).set(sums.row(heaviest));
  return sums;
}

/** Adds each row, and its weight, to its cluster's. */
function addRows(X: Matrix, weights: Float64Array, labels: Int32Array, sums: Float64Array, weight: Float64Array): void {
  const { rows, cols, data } = X;
  if (X.kind === 'dense') {
    for (let i = 0, p = 0; i < rows; i++) {
      const factor = weights[i];
      const start = labels[i] * cols;
      weight[labels[i]] += factor;
      for (let to = start; to < start + cols; to++, p++) sums[to] += data[p] * factor;
    }
    return;
  }
  const { indptr, indices } = X;
  for (let i = 0; i < rows; i++) {
    const factor = weights[i];
    const start = labels[i] * cols;
    weight[labels[i]] += factor;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sums[start + indices[p]] += data[p] * factor;
  }
}

/** Moves the rows that are farthest from their centres to the clusters that have none. */
function relocateEmpty(X: Matrix, weights: Float64Array, centres: DenseMatrix, labels: Int32Array, sums: DenseMatrix, weight: Float64Array): void {
  const empty = [...weight.keys()].filter((j) => weight[j] === 0);
  if (empty.length === 0) return;
  const distances = squaredDistances(X, centres, labels);
  if (distances.every((d) => d === 0)) return;
  const farthest = Array.from(distances.keys()).sort((a, b) => distances[b] - distances[a]);
  for (const [at, to] of empty.entries()) {
    const row = farthest[at];
    const from = labels[row];
    addRow(X, row, -weights[row], sums, from);
    sums.row(to).fill(0);
    addRow(X, row, weights[row], sums, to);
    weight[to] = weights[row];
    weight[from] -= weights[row];
  }
}

/** sums[to] += factor · X[i]. */
export function addRow(X: Matrix, i: number, factor: number, sums: DenseMatrix, to: number): void {
  const { cols, data } = X;
  const start = to * cols;
  if (X.kind === 'dense') for (let c = 0; c < cols; c++) sums.data[start + c] += data[i * cols + c] * factor;
  else for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) sums.data[start + X.indices[p]] += data[p] * factor;
}
