import { columnMeans } from './column-means.ts';
import { covariance, meanVariance, shrinkCovariance } from './covariance.ts';
import type { DenseMatrix } from './dense-matrix.ts';

/** A covariance and how far it was shrunk. */
export interface ShrunkEstimate {
  covariance: DenseMatrix;
  /** In [0, 1]. */
  shrinkage: number;
}

/**
 * The covariance about `mean`, shrunk as far as is expected to bring it nearest to the true one. With S the covariance of
 * n rows of p columns, μ its mean variance and ‖A‖² = Σ a² / p, the shrinkage is min(b, d) / d, where d = ‖S − μ·I‖² and
 * b = Σᵢ ‖xᵢ·xᵢᵀ − S‖² / n².
 *
 * Counterpart: sklearn.covariance.ledoit_wolf.
 * Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate
 * Analysis 88(2), 2004, Lemma 3.1 – Theorem 3.2.
 */
export function ledoitWolf(X: DenseMatrix, mean: Float64Array = columnMeans(X)): ShrunkEstimate {
  const { rows, cols } = X;
  const S = covariance(X, mean);
  // Of one column nothing is changed by shrinking.
  const shrinkage = cols === 1 ? 0 : shrinkageOf(S, sumOfFourthPowers(X, mean), rows);
  return { covariance: shrinkCovariance(S, shrinkage), shrinkage };
}

function shrinkageOf(S: DenseMatrix, fourthPowers: number, rows: number): number {
  const p = S.rows;
  const mu = meanVariance(S);
  const squares = S.data.reduce((sum, value) => sum + value * value, 0);
  const distance = (squares - p * mu * mu) / p;
  const error = Math.min((fourthPowers / rows - squares) / (p * rows), distance);
  return error === 0 ? 0 : error / distance;
}

/** Σᵢ ‖xᵢ − mean‖⁴. */
function sumOfFourthPowers({ rows, cols, data }: DenseMatrix, mean: Float64Array): number {
  let total = 0;
  for (let i = 0, p = 0; i < rows; i++) {
    let square = 0;
    for (let j = 0; j < cols; j++, p++) square += (data[p] - mean[j]) ** 2;
    total += square * square;
  }
  return total;
}
