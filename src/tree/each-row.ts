import type { Matrix } from '../matrix/matrix.ts';

/** Calls `work` with each row of X in single precision; the same array each time. */
export function eachRow(X: Matrix, work: (row: Float32Array, i: number) => void, from = 0, to = X.rows): void {
  const row = new Float32Array(X.cols);
  for (let i = from; i < to; i++) {
    if (X.kind === 'dense') row.set(X.row(i));
    else for (let e = X.indptr[i]; e < X.indptr[i + 1]; e++) row[X.indices[e]] = X.data[e];
    work(row, i);
    if (X.kind === 'csr') for (let e = X.indptr[i]; e < X.indptr[i + 1]; e++) row[X.indices[e]] = 0;
  }
}
