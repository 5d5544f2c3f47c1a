import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { transposedMultiply } from '../matrix/multiply.ts';
import type { Covariances, Spread } from './spread.ts';

/** Components as the rows that are dealt out to them make them. */
export interface ComponentEstimates {
  /** Rows per component, in shares. */
  counts: Float64Array;
  /** k × columns. */
  means: DenseMatrix;
  covariances: Covariances;
}

/**
 * Weighted counts, means and covariances.
 * @param shares rows × k: how much of each row belongs to each component
 * @param isWhole whether the shares of each row sum to 1
 */
export function estimateComponents(X: DenseMatrix, shares: DenseMatrix, spread: Spread<any>, regCovar: number, isWhole: boolean): ComponentEstimates {
  const k = shares.cols;
  const counts = new Float64Array(k);
  for (let p = 0; p < shares.data.length; ) for (let c = 0; c < k; c++, p++) counts[c] += shares.data[p];
  // So that a component without rows divides by something.
  for (let c = 0; c < k; c++) counts[c] += 10 * Number.EPSILON;
  const sums = transposedMultiply(shares, X);
  const means = new DenseMatrix(k, X.cols, sums.data.map((sum, p) => sum / counts[Math.floor(p / X.cols)]));
  return { counts, means, covariances: spread.estimate({ X, shares, counts, means, isWhole }, regCovar) };
}
