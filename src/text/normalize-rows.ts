import type { CsrMatrix } from '../matrix/csr-matrix.ts';

/** Divides every row of a fresh matrix by its norm, in place; a row of zeros stays. */
export function normalizeRows({ rows, indptr, data }: CsrMatrix, norm: 'l1' | 'l2'): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += norm === 'l1' ? Math.abs(data[p]) : data[p] * data[p];
    if (sum === 0) continue;
    const length = norm === 'l1' ? sum : Math.sqrt(sum);
    for (let p = indptr[i]; p < indptr[i + 1]; p++) data[p] /= length;
  }
}
