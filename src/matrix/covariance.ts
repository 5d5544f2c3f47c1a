import { columnMeans } from './column-means.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import { selfProduct } from './multiply.ts';

/**
 * The covariance of X's columns about `mean`, (X − 1·meanᵀ)ᵀ(X − 1·meanᵀ) / rows: that of largest likelihood for normal rows.
 * Counterpart: numpy.cov(X.T, bias=True).
 */
export function covariance(X: DenseMatrix, mean: Float64Array = columnMeans(X)): DenseMatrix {
  const C = selfProduct(X, mean);
  for (let p = 0; p < C.data.length; p++) C.data[p] /= X.rows;
  return C;
}

/** Mean of the diagonal: the mean variance of columns. */
export function meanVariance(C: DenseMatrix): number {
  let trace = 0;
  for (let j = 0; j < C.rows; j++) trace += C.data[j * C.cols + j];
  return trace / C.rows;
}

/**
 * Draws a covariance towards one of equal variances, in place: (1 − shrinkage)·C + shrinkage·μ·I, where μ is its mean variance.
 * Counterpart: sklearn.covariance.shrunk_covariance.
 */
export function shrinkCovariance(C: DenseMatrix, shrinkage: number): DenseMatrix {
  const mu = meanVariance(C);
  for (let p = 0; p < C.data.length; p++) C.data[p] *= 1 - shrinkage;
  for (let j = 0; j < C.rows; j++) C.data[j * C.cols + j] += shrinkage * mu;
  return C;
}
