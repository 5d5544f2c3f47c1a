import { DataError } from '../core/errors.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import { asMatrix, type MatrixLike } from './matrix.ts';

/** X for an estimator that cannot spare the zeros. @throws DataError for a sparse X, and as asMatrix */
export function denseOnly(owner: string, X: MatrixLike, minRows: number): DenseMatrix {
  const matrix = asMatrix(owner, X, { minRows });
  if (matrix.kind === 'dense') return matrix;
  throw new DataError(`${owner}: X must be dense, got a sparse matrix. Use X.toDense() where it fits in memory, or TruncatedSVD before it.`);
}
