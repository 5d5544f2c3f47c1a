import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** The sum of matrices of one shape, each times its weight. */
export function weightedSum(matrices: readonly DenseMatrix[], weights: readonly number[]): DenseMatrix {
  const [{ rows, cols }] = matrices;
  const sum = new Float64Array(rows * cols);
  for (const [m, { data }] of matrices.entries()) {
    if (weights[m] !== 0) for (let i = 0; i < sum.length; i++) sum[i] += weights[m] * data[i];
  }
  return new DenseMatrix(rows, cols, sum);
}
