import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/** Rows from … to − 1 of X; values are shared with X, not copied. */
export function rowBlock(X: Matrix, from: number, to: number): Matrix {
  if (X.kind === 'dense') return new DenseMatrix(to - from, X.cols, X.data.subarray(from * X.cols, to * X.cols));
  const start = X.indptr[from];
  const end = X.indptr[to];
  const indptr = X.indptr.slice(from, to + 1);
  for (let i = 0; i < indptr.length; i++) indptr[i] -= start;
  return new CsrMatrix(to - from, X.cols, indptr, X.indices.subarray(start, end), X.data.subarray(start, end));
}
