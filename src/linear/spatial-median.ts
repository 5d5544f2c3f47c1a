import { median } from '../core/median.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { euclideanNorm } from '../matrix/vector.ts';

/** Distances below count as none. */
const NOTHING = Number.EPSILON;

export interface SpatialMedian {
  median: Float64Array;
  /** Steps made. */
  iterations: number;
  /** Whether the last step was shorter than the tolerance. */
  converged: boolean;
}

/**
 * The point with the least sum of distances to the rows of X, from their mean by Weiszfeld's steps, which are changed so that they leave a row
 * they come to; of one column, the median.
 *
 * Counterpart: _spatial_median of sklearn.linear_model, which goes to ones from a point that is exactly the median.
 * Source: Vardi and Zhang, "The multivariate L1-median and associated data depth", PNAS 97(4), 2000.
 */
export function spatialMedian(X: DenseMatrix, maxIter: number, tol: number): SpatialMedian {
  if (X.cols === 1) return { median: Float64Array.of(median(X.data.slice())), iterations: 1, converged: true };
  let point = new Float64Array(X.cols);
  for (let i = 0; i < X.rows; i++) for (let j = 0; j < X.cols; j++) point[j] += X.data[i * X.cols + j] / X.rows;
  for (let iterations = 1; iterations <= maxIter; iterations++) {
    const next = step(X, point);
    const moved = euclideanNorm(next.map((value, j) => value - point[j])) < tol;
    point = next;
    if (moved) return { median: point, iterations, converged: true };
  }
  return { median: point, iterations: maxIter, converged: false };
}

function step(X: DenseMatrix, from: Float64Array): Float64Array<ArrayBuffer> {
  const { rows, cols, data } = X;
  const pull = new Float64Array(cols);
  const mean = new Float64Array(cols);
  let total = 0;
  let isRow = 0;
  for (let i = 0; i < rows; i++) {
    const start = i * cols;
    let square = 0;
    for (let j = 0; j < cols; j++) square += (data[start + j] - from[j]) ** 2;
    const distance = Math.sqrt(square);
    if (distance < NOTHING) {
      isRow = 1;
      continue;
    }
    total += 1 / distance;
    for (let j = 0; j < cols; j++) {
      pull[j] += (data[start + j] - from[j]) / distance;
      mean[j] += data[start + j] / distance;
    }
  }
  const strength = euclideanNorm(pull);
  if (!(strength > NOTHING)) return from.slice();
  const stay = Math.min(1, isRow / strength);
  return mean.map((value, j) => (1 - stay) * (value / total) + stay * from[j]);
}
