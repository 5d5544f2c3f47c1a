import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/** Σ|x|, √Σx², or max|x| of a row. */
export type Norm = 'l1' | 'l2' | 'max';

/** Dense rows of a smaller norm are left alone, as scikit-learn leaves them. */
const DENSE_LIMIT = 10 * Number.EPSILON;

/**
 * Each row divided by its norm; a row of zeros stays as it is. A sparse X keeps its pattern.
 *
 * As in scikit-learn, a dense row also stays as it is when its norm is below 10·2⁻⁵².
 * Counterpart: sklearn.preprocessing.normalize(axis=1).
 */
export function normalizeRows(X: Matrix, norm: Norm): Matrix {
  const data = X.data.slice();
  for (let i = 0; i < X.rows; i++) {
    const start = X.kind === 'csr' ? X.indptr[i] : i * X.cols;
    const end = X.kind === 'csr' ? X.indptr[i + 1] : start + X.cols;
    const size = rowNorm(data, start, end, norm);
    if (size === 0 || (X.kind === 'dense' && size < DENSE_LIMIT)) continue;
    for (let p = start; p < end; p++) data[p] /= size;
  }
  return X.kind === 'csr' ? X.withData(data) : new DenseMatrix(X.rows, X.cols, data);
}

function rowNorm(data: Float64Array, start: number, end: number, norm: Norm): number {
  let size = 0;
  if (norm === 'l2') {
    for (let p = start; p < end; p++) size += data[p] * data[p];
    return Math.sqrt(size);
  }
  if (norm === 'l1') for (let p = start; p < end; p++) size += Math.abs(data[p]);
  else for (let p = start; p < end; p++) size = Math.max(size, Math.abs(data[p]));
  return size;
}
