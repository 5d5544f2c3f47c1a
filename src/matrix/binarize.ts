import { DataError } from '../core/errors.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * 1 where X exceeds the threshold, else 0. A sparse X stays sparse and keeps only its ones.
 *
 * Counterpart: sklearn.preprocessing.binarize.
 * @param owner who asks, for the message
 * @throws DataError for a sparse X with a threshold below 0, which would turn every implicit zero into a one
 */
export function binarize(owner: string, X: Matrix, threshold: number): Matrix {
  if (X.kind === 'dense') {
    const data = new Float64Array(X.data.length);
    for (let p = 0; p < data.length; p++) data[p] = X.data[p] > threshold ? 1 : 0;
    return new DenseMatrix(X.rows, X.cols, data);
  }
  if (threshold < 0) {
    throw new DataError(`${owner}: a threshold of ${threshold} would fill a sparse matrix. Use one of at least 0, or X.toDense().`);
  }
  const indptr = new Int32Array(X.rows + 1);
  const indices = new Int32Array(X.nnz);
  let at = 0;
  for (let i = 0; i < X.rows; i++) {
    for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) if (X.data[p] > threshold) indices[at++] = X.indices[p];
    indptr[i + 1] = at;
  }
  return new CsrMatrix(X.rows, X.cols, indptr, indices.slice(0, at), new Float64Array(at).fill(1));
}
