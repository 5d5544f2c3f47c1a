import { ShapeError } from '../core/errors.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * The matrices one below the other; sparse as soon as one of them is sparse, else dense.
 * Counterpart: numpy.vstack, scipy.sparse.vstack(format="csr").
 * @throws ShapeError when numbers of columns differ or nothing is given
 */
export function stackRows(parts: readonly Matrix[]): Matrix {
  if (parts.length === 0) throw new ShapeError('stackRows: at least one matrix must be given, got none.');
  const { cols } = parts[0];
  const other = parts.find((part) => part.cols !== cols);
  if (other) throw new ShapeError(`stackRows: every part must have ${cols} columns, got ${other.cols}.`);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (parts.every((part) => part.kind === 'dense')) {
    const stacked = new DenseMatrix(rows, cols);
    let at = 0;
    for (const { data } of parts) {
      stacked.data.set(data, at);
      at += data.length;
    }
    return stacked;
  }
  const sparse = parts.map((part) => (part.kind === 'csr' ? part : CsrMatrix.fromDense(part)));
  const nnz = sparse.reduce((sum, part) => sum + part.nnz, 0);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(nnz);
  const data = new Float64Array(nnz);
  let row = 0;
  let entry = 0;
  for (const part of sparse) {
    for (let i = 1; i <= part.rows; i++) indptr[row + i] = entry + part.indptr[i];
    indices.set(part.indices, entry);
    data.set(part.data, entry);
    row += part.rows;
    entry += part.nnz;
  }
  return new CsrMatrix(rows, cols, indptr, indices, data);
}
