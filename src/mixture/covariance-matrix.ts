import type { RandomState } from '../core/random-state.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply, multiplyTransposed } from '../matrix/multiply.ts';
import { inverseFactor } from '../matrix/orthonormalise.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';

/** The upper triangular W with W·Wᵀ = C⁻¹; undefined where C is not positive definite. */
export const rootOfInverse = (C: DenseMatrix): DenseMatrix | undefined => inverseFactor(C.copy())?.inverse;

/** W·Wᵀ. */
export const timesItsTranspose = (W: DenseMatrix): DenseMatrix => multiplyTransposed(W, W);

/** ln of the determinant of a triangular matrix. */
export function logDiagonal(W: DenseMatrix): number {
  let sum = 0;
  for (let j = 0; j < W.rows; j++) sum += Math.log(W.data[j * W.cols + j]);
  return sum;
}

export function isSymmetric({ rows, cols, data }: DenseMatrix): boolean {
  if (rows !== cols) return false;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const other = data[j * cols + i];
      if (Math.abs(data[i * cols + j] - other) > 1e-8 + 1e-5 * Math.abs(other)) return false;
    }
  }
  return true;
}

/** The inverse of a matrix that a user gives; undefined unless it is n × n, symmetric and positive definite. */
export function inverseOf(given: unknown, n: number): DenseMatrix | undefined {
  const matrix = asMatrix('precisionsInit', given as MatrixLike).toDense();
  if (matrix.cols !== n || !isSymmetric(matrix)) return undefined;
  const root = rootOfInverse(matrix);
  return root && timesItsTranspose(root);
}

/**
 * Normal rows of the given mean and covariance. Counterpart: numpy.random.RandomState.multivariate_normal, but for the signs of
 * the axes, which are LAPACK's there.
 */
export function drawNormal(random: RandomState, mean: Float64Array, covariance: DenseMatrix, rows: number, out: DenseMatrix, from: number): void {
  const n = mean.length;
  const { values, vectors } = symmetricEigen(covariance);
  const descending = vectors.take(Array.from({ length: n }, (_, k) => n - 1 - k));
  svdFlip(descending);
  for (let k = 0; k < n; k++) {
    const axis = descending.row(k);
    const scale = Math.sqrt(Math.max(values[n - 1 - k], 0));
    for (let j = 0; j < n; j++) axis[j] *= scale;
  }
  const drawn = multiply(new DenseMatrix(rows, n, random.standardNormal(rows * n)), descending, mean);
  out.data.set(drawn.data, from * n);
}
