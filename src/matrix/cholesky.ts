import type { DenseMatrix } from './dense-matrix.ts';
import { dotProduct } from './vector.ts';

/**
 * Factors a symmetric positive definite A as L·Lᵀ in place: the lower triangle of A becomes L, the upper one
 * stays as it was and is not read.
 *
 * @returns false, leaving A half-written, when A is not positive definite to working precision: a pivot that
 * is not above zero
 * Counterpart: scipy.linalg.cho_factor(lower=True), numpy.linalg.cholesky.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §4.2.
 */
export function cholesky(A: DenseMatrix): boolean {
  const { rows: n, data } = A;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      data[row + j] = (data[row + j] - dotProduct(data, row, data, j * n, j)) / data[j * n + j];
    }
    const pivot = data[row + i] - dotProduct(data, row, data, row, i);
    // Written so that NaN fails too.
    if (!(pivot > 0)) return false;
    data[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** Solves L·Lᵀ·x = b, in a new array, for L in the lower triangle as `cholesky` leaves it. */
export function choleskySolve(L: DenseMatrix, b: ArrayLike<number>): Float64Array {
  const { rows: n, data } = L;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) x[i] = (x[i] - dotProduct(data, i * n, x, 0, i)) / data[i * n + i];
  for (let i = n - 1; i >= 0; i--) {
    const value = (x[i] /= data[i * n + i]);
    // Row by row of L rather than column by column of Lᵀ, so that memory is read in order.
    for (let k = 0; k < i; k++) x[k] -= value * data[i * n + k];
  }
  return x;
}
