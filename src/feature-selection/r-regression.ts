import { checkNumbers } from './check-numbers.ts';
import { checkSameRows } from '../core/rows.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { transposedTimesVector } from '../matrix/products.ts';
import { euclideanNorm } from '../matrix/vector.ts';
import { columnSquares } from './per-class-sums.ts';

export interface CorrelationOptions {
  /** Whether means are taken off first. Default true. */
  center?: boolean;
  /** Whether a constant column or y correlates with 0 (F 0, p 1) in place of NaN, and perfectly with the largest number in place of Infinity. Default true. */
  forceFinite?: boolean;
}

/**
 * Pearson's correlation of each column with y, in [−1, 1]; signed, so that selecting the best by it drops columns
 * that fall as y rises: fRegression ranks by its square.
 *
 * X: rows × columns, dense or sparse (never filled). y: numbers.
 * Counterpart: scikit-learn's r_regression.
 *
 * @example
 * rRegression(X, prices);
 */
export function rRegression(X: MatrixLike, y: ArrayLike<number>, { center = true, forceFinite = true }: CorrelationOptions = {}): Float64Array {
  const matrix = asMatrix('rRegression', X);
  checkSameRows('rRegression', { X: matrix, y });
  const { rows, cols } = matrix;
  const target = checkNumbers('rRegression', y);
  const norms = columnSquares(matrix);
  if (center) {
    const mean = target.reduce((sum, value) => sum + value, 0) / rows;
    for (let i = 0; i < rows; i++) target[i] -= mean;
    const sums = transposedTimesVector(matrix, new Float64Array(rows).fill(1), new Float64Array(cols));
    for (let j = 0; j < cols; j++) norms[j] -= rows * (sums[j] / rows) ** 2;
  }
  const size = euclideanNorm(target);
  const correlations = transposedTimesVector(matrix, target, new Float64Array(cols));
  for (let j = 0; j < cols; j++) {
    correlations[j] = correlations[j] / Math.sqrt(norms[j]) / size;
    if (forceFinite && Number.isNaN(correlations[j])) correlations[j] = 0;
  }
  return correlations;
}
