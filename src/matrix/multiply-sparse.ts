import { ShapeError } from '../core/errors.ts';
import { CsrMatrix } from './csr-matrix.ts';

/**
 * A·B of two sparse matrices, sparse. Each row of the result is added up in a dense row of B's width, in the order of A's
 * entries. Sums that come to 0 are left out.
 *
 * Counterpart: A @ B of scipy.sparse.csr_array, which keeps such sums as stored zeros.
 * Source: Gustavson, "Two fast algorithms for sparse matrices", ACM TOMS 4(3), 1978.
 */
export function multiplySparse(A: CsrMatrix, B: CsrMatrix): CsrMatrix {
  if (A.cols !== B.rows) throw new ShapeError(`multiplySparse: the left columns must be as many as the right rows, got ${A.cols} and ${B.rows}.`);
  const indptr = new Int32Array(A.rows + 1);
  let indices = new Int32Array(A.nnz + B.cols);
  let data = new Float64Array(indices.length);
  const sums = new Float64Array(B.cols);
  let at = 0;
  for (let i = 0; i < A.rows; i++) {
    for (let p = A.indptr[i]; p < A.indptr[i + 1]; p++) addRow(B, A.indices[p], A.data[p], sums);
    if (at + B.cols > indices.length) {
      indices = grown(indices, new Int32Array(2 * indices.length));
      data = grown(data, new Float64Array(indices.length));
    }
    for (let j = 0; j < B.cols; j++) {
      if (sums[j] === 0) continue;
      indices[at] = j;
      data[at++] = sums[j];
      sums[j] = 0;
    }
    indptr[i + 1] = at;
  }
  return new CsrMatrix(A.rows, B.cols, indptr, indices.slice(0, at), data.slice(0, at));
}

function addRow({ indptr, indices, data }: CsrMatrix, row: number, factor: number, sums: Float64Array): void {
  for (let p = indptr[row], end = indptr[row + 1]; p < end; p++) sums[indices[p]] += factor * data[p];
}

function grown<Values extends Int32Array | Float64Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}
