import { ShapeError } from '../core/errors.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * The matrices side by side; sparse as soon as one of them is sparse, else dense.
 * Counterpart: numpy.hstack, scipy.sparse.hstack(format="csr").
 * @throws ShapeError when row counts differ or nothing is given.
 */
export function stackColumns(parts: readonly Matrix[]): Matrix {
  if (parts.length === 0) throw new ShapeError('stackColumns: at least one matrix must be given, got none.');
  const rows = parts[0].rows;
  for (const part of parts) {
    if (part.rows !== rows) throw new ShapeError(`stackColumns: every part must have ${rows} rows, got ${part.rows}.`);
  }
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  if (parts.every((part) => part.kind === 'dense')) return stackDense(parts as DenseMatrix[], rows, cols);
  return stackSparse(parts.map((part) => (part.kind === 'csr' ? part : CsrMatrix.fromDense(part))), rows, cols);
}

function stackDense(parts: readonly DenseMatrix[], rows: number, cols: number): DenseMatrix {
  const stacked = new DenseMatrix(rows, cols);
  let offset = 0;
  for (const part of parts) {
    for (let i = 0; i < rows; i++) stacked.data.set(part.row(i), i * cols + offset);
    offset += part.cols;
  }
  return stacked;
}

function stackSparse(parts: readonly CsrMatrix[], rows: number, cols: number): CsrMatrix {
  const nnz = parts.reduce((sum, part) => sum + part.nnz, 0);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(nnz);
  const data = new Float64Array(nnz);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    let offset = 0;
    for (const part of parts) {
      for (let p = part.indptr[i]; p < part.indptr[i + 1]; p++) {
        indices[at] = part.indices[p] + offset;
        data[at++] = part.data[p];
      }
      offset += part.cols;
    }
    indptr[i + 1] = at;
  }
  return new CsrMatrix(rows, cols, indptr, indices, data);
}
