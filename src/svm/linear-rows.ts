import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/**
 * The given rows of X as the linear solvers walk them: sparse, and with one more column that holds `bias` in
 * every row unless bias is 0. Its weight times bias is the intercept, which is penalised as any weight is.
 */
export function linearRows(X: Matrix, rows: Int32Array, bias: number): CsrMatrix {
  const sparse = X.kind === 'csr' ? X : CsrMatrix.fromDense(X);
  if (bias === 0) return sparse.take(rows);
  const indptr = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) indptr[i + 1] = indptr[i] + sparse.indptr[rows[i] + 1] - sparse.indptr[rows[i]] + 1;
  const indices = new Int32Array(indptr[rows.length]);
  const data = new Float64Array(indptr[rows.length]);
  for (let i = 0, to = 0; i < rows.length; i++, to++) {
    for (let p = sparse.indptr[rows[i]], end = sparse.indptr[rows[i] + 1]; p < end; p++, to++) {
      indices[to] = sparse.indices[p];
      data[to] = sparse.data[p];
    }
    indices[to] = X.cols;
    data[to] = bias;
  }
  return new CsrMatrix(rows.length, X.cols + 1, indptr, indices, data);
}
