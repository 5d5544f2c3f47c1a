import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { selfProduct } from '../matrix/multiply.ts';
import { svd } from '../matrix/svd.ts';
import { leadingEigen } from '../matrix/symmetric-eigen.ts';

export type WhitenSolver = 'svd' | 'eigh';

/**
 * K, at most k × columns: centred rows times √n·Kᵀ have no covariance and variance 1 each. Row c of K is the c-th principal
 * direction, its first element positive, divided by its singular value. Directions in which the rows do not vary are left out.
 */
export function whitening(centred: DenseMatrix, mean: Float64Array, k: number, solver: WhitenSolver): DenseMatrix {
  const { sizes, directions } = solver === 'svd' ? singularDirections(centred) : eigenDirections(centred, k);
  // Rounding alone, that of means too, makes singular values as large as this, and eigenvalues as large as the square of its root.
  const noise = Math.max(centred.rows, centred.cols) * Number.EPSILON;
  const offset = noise * Math.sqrt(centred.rows) * mean.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const cutoff = Math.max(offset, (solver === 'svd' ? noise : Math.sqrt(noise)) * sizes[0]);
  let rank = 0;
  while (rank < Math.min(k, directions.rows) && sizes[rank] > cutoff) rank++;
  const K = directions.take(Array.from({ length: rank }, (_, c) => c));
  for (let c = 0; c < rank; c++) {
    const row = K.row(c);
    const factor = row[0] < 0 ? -sizes[c] : sizes[c];
    for (let j = 0; j < row.length; j++) row[j] /= factor;
  }
  return K;
}

interface Directions {
  /** Singular values of the rows, descending. */
  sizes: Float64Array;
  directions: DenseMatrix;
}

function singularDirections(centred: DenseMatrix): Directions {
  const { singular, vt } = svd(centred);
  return { sizes: singular, directions: vt };
}

function eigenDirections(centred: DenseMatrix, k: number): Directions {
  const { values, vectors } = leadingEigen(selfProduct(centred), k);
  return { sizes: values.map((value) => Math.sqrt(Math.max(value, 0))), directions: vectors };
}
