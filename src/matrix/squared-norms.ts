import type { Matrix } from './matrix.ts';

/** Σ x² of each row. Counterpart: sklearn.utils.extmath.row_norms(squared=True). */
export function squaredNorms(X: Matrix): Float64Array {
  const { rows, cols, data } = X;
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = X.kind === 'csr' ? X.indptr[i] : i * cols;
    const end = X.kind === 'csr' ? X.indptr[i + 1] : start + cols;
    let sum = 0;
    for (let p = start; p < end; p++) sum += data[p] * data[p];
    norms[i] = sum;
  }
  return norms;
}
