import type { CsrMatrix } from '../matrix/csr-matrix.ts';

/** Divides every row of a fresh matrix by its norm, in place; a row of zeros stays. */
export function normalizeRows({ rows, indptr, data }: CsrMatrix, norm: 'l1' | 'l2'): void {
  for (let i = 0; i < rows; i++) normalizeRow(data, indptr[i], indptr[i + 1], norm);
}

/** Divides data[from] … data[to − 1] by their norm, unless it is 0. */
export function normalizeRow(data: Float64Array, from: number, to: number, norm: 'l1' | 'l2'): void {
  let sum = 0;
  if (norm === 'l1') for (let p = from; p < to; p++) sum += Math.abs(data[p]);
  else for (let p = from; p < to; p++) sum += data[p] * data[p];
  if (sum === 0) return;
  const length = norm === 'l1' ? sum : Math.sqrt(sum);
  for (let p = from; p < to; p++) data[p] /= length;
}
