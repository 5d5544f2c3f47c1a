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
  for (let i = 0; i < rows.length; i++) {
    const start = sparse.indptr[rows[i]];
    const end = sparse.indptr[rows[i] + 1];
    indices.set(sparse.indices.subarray(start, end), indptr[i]);
    data.set(sparse.data.subarray(start, end), indptr[i]);
    indices[indptr[i + 1] - 1] = X.cols;
    data[indptr[i + 1] - 1] = bias;
  }
  return new CsrMatrix(rows.length, X.cols + 1, indptr, indices, data);
}
