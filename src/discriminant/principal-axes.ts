import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { selfProduct } from '../matrix/multiply.ts';
import { svd } from '../matrix/svd.ts';
import { leadingEigen } from '../matrix/symmetric-eigen.ts';

/** The squares of a matrix's singular values, descending, min(rows, columns) of them, with its right singular vectors as rows. */
export interface PrincipalAxes {
  squares: Float64Array;
  vt: DenseMatrix;
}

/** The smallest of AᵀA's eigenvalues, as a share of the largest, that is exact to about nine digits. */
const WELL_CONDITIONED = 1e-7;
/** The smallest, as a share of the largest, that tells anything. */
const ROUNDING = 1e-12;

/**
 * The axes along which the rows of A spread. Eigenvectors of AᵀA are found much faster than a singular value decomposition,
 * and are as good unless some axis is very short against the longest.
 *
 * @param unused the caller has no use for axes whose square is at most this, and these need not be exact
 */
export function principalAxes(A: DenseMatrix, unused = 0): PrincipalAxes {
  if (A.rows > A.cols) {
    const { values, vectors } = leadingEigen(selfProduct(A), A.cols);
    const clear = unused > ROUNDING * values[0] ? unused : -Infinity;
    if (values.every((value) => value > WELL_CONDITIONED * values[0] || value <= clear)) return { squares: values.map((value) => Math.max(value, 0)), vt: vectors };
  }
  const { singular, vt } = svd(A);
  return { squares: singular.map((s) => s * s), vt };
}
