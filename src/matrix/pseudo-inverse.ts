import { DenseMatrix } from './dense-matrix.ts';
import { multiply, multiplyTransposed, selfProduct } from './multiply.ts';
import { inverseFactor } from './orthonormalise.ts';
import { svd } from './svd.ts';

/** Up to here the Gram matrix has lost no more than half of the digits, which one step of refinement brings back. */
const MOST_CONDITION = 1e4;

/**
 * A⁺, columns × rows: the inverse as far as A has one, (AᵀA)⁻¹Aᵀ where the columns are independent. Well-conditioned
 * matrices take Cholesky factors of the Gram matrix and a step of refinement, others V·diag(1/σ)·Uᵀ of the SVD, where singular
 * values of at most max(rows, columns)·ε times the largest count as zero. A is not modified.
 *
 * Counterpart: scipy.linalg.pinv.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §5.5.2; Ben-Israel and Cohen, "On iterative computation of
 * generalized inverses and associated projections", SIAM J. Numer. Anal. 3, 1966.
 */
export function pseudoInverse(A: DenseMatrix): DenseMatrix {
  if (A.rows < A.cols) return pseudoInverse(A.transpose()).transpose();
  const factor = inverseFactor(selfProduct(A));
  return factor && factor.condition <= MOST_CONDITION ? refined(A, multiplyTransposed(factor.inverse, multiply(A, factor.inverse))) : bySingularValues(A);
}

/** 2·P − P·A·P. */
function refined(A: DenseMatrix, P: DenseMatrix): DenseMatrix {
  const product = multiply(multiply(P, A), P);
  return new DenseMatrix(P.rows, P.cols, P.data.map((value, p) => 2 * value - product.data[p]));
}

function bySingularValues(A: DenseMatrix): DenseMatrix {
  const { u, singular, vt } = svd(A);
  const cutoff = Math.max(A.rows, A.cols) * Number.EPSILON * singular[0];
  for (let k = 0; k < vt.rows; k++) {
    const factor = singular[k] > cutoff ? 1 / singular[k] : 0;
    const row = vt.row(k);
    for (let j = 0; j < row.length; j++) row[j] *= factor;
  }
  return multiply(vt.transpose(), u.transpose());
}
