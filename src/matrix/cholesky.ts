import { DenseMatrix } from './dense-matrix.ts';
import { multiplyTransposed } from './multiply.ts';
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
  for (let first = 0; first < A.rows; first += BLOCK) {
    const end = Math.min(A.rows, first + BLOCK);
    if (first > 0) subtractEarlier(A, first, end);
    if (!factorColumns(A, first, end)) return false;
  }
  return true;
}

/** Columns that are worked out together; what the columns before add to them is one blocked product. */
const BLOCK = 32;

/** From rows `first` on, columns first … end − 1: what the columns of L before them stand for is taken off. */
function subtractEarlier({ rows: n, data }: DenseMatrix, first: number, end: number): void {
  const left = new DenseMatrix(n - first, first);
  for (let i = first; i < n; i++) left.row(i - first).set(data.subarray(i * n, i * n + first));
  const earlier = multiplyTransposed(left, new DenseMatrix(end - first, first, left.data.subarray(0, (end - first) * first)));
  for (let i = first; i < n; i++) {
    const from = (i - first) * earlier.cols - first;
    for (let j = first; j < Math.min(i + 1, end); j++) data[i * n + j] -= earlier.data[from + j];
  }
}

/** Columns first … end − 1 of L, of a matrix from which those before have been taken off. */
function factorColumns({ rows: n, data }: DenseMatrix, first: number, end: number): boolean {
  for (let i = first; i < n; i++) {
    const row = i * n + first;
    const last = Math.min(i, end);
    for (let j = first; j < last; j++) {
      data[row + j - first] = (data[row + j - first] - dotProduct(data, row, data, j * n + first, j - first)) / data[j * n + j];
    }
    if (i >= end) continue;
    const pivot = data[i * n + i] - dotProduct(data, row, data, row, i - first);
    // Written so that NaN fails too.
    if (!(pivot > 0)) return false;
    data[i * n + i] = Math.sqrt(pivot);
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
