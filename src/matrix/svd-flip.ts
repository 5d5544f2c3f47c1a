import type { DenseMatrix } from './dense-matrix.ts';

/**
 * Makes signs definite, in place: the largest element of each row of Vᵀ, by absolute value and the first on a tie,
 * becomes positive; the column of U turns with it.
 *
 * Counterpart: sklearn.utils.extmath.svd_flip(u_based_decision=False).
 */
export function svdFlip(vt: DenseMatrix, u?: DenseMatrix): void {
  for (let k = 0; k < vt.rows; k++) {
    const row = vt.row(k);
    let best = 0;
    for (let j = 1; j < row.length; j++) if (Math.abs(row[j]) > Math.abs(row[best])) best = j;
    if (!(row[best] < 0)) continue;
    for (let j = 0; j < row.length; j++) row[j] = -row[j];
    if (u) for (let i = 0; i < u.rows; i++) u.data[i * u.cols + k] = -u.data[i * u.cols + k];
  }
}
