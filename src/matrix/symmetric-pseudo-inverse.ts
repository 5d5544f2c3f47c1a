import { DenseMatrix } from './dense-matrix.ts';
import { transposedMultiply } from './multiply.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** The pseudo-inverse of a symmetric matrix, with what is known about it. */
export interface SymmetricPseudoInverse {
  inverse: DenseMatrix;
  /** Eigenvalues that counted. */
  rank: number;
  /** ln of the determinant of `inverse`; −∞ where the rank is less than full, or an eigenvalue is negative. */
  logDeterminant: number;
}

/**
 * The Moore–Penrose inverse of a symmetric A: Σ vₖ·vₖᵀ/λₖ over the eigenvalues with |λ| > n·ε·max|λ|. Reads the lower
 * triangle.
 *
 * Counterpart: scipy.linalg.pinvh.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §5.5.2.
 */
export function symmetricPseudoInverse(A: DenseMatrix): SymmetricPseudoInverse {
  const { values, vectors } = symmetricEigen(A);
  const n = A.rows;
  const cutoff = n * Number.EPSILON * Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const scaled = new DenseMatrix(n, n);
  let rank = 0;
  let logDeterminant = 0;
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(values[k]) > cutoff)) continue;
    rank++;
    logDeterminant -= values[k] > 0 ? Math.log(values[k]) : Infinity;
    const from = vectors.row(k);
    const to = scaled.row(k);
    for (let j = 0; j < n; j++) to[j] = from[j] / values[k];
  }
  const inverse = transposedMultiply(scaled, vectors);
  // The two halves differ in their last bits.
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) inverse.data[j * n + i] = inverse.data[i * n + j];
  return { inverse, rank, logDeterminant: rank < n ? -Infinity : logDeterminant };
}
