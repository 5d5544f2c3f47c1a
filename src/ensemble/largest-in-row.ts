import type { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Position of the largest value of each row; the first of equal ones, as numpy.argmax. */
export function largestInRow(values: DenseMatrix): Int32Array {
  const best = new Int32Array(values.rows);
  for (let i = 0; i < values.rows; i++) {
    const row = values.row(i);
    for (let k = 1; k < row.length; k++) if (row[k] > row[best[i]]) best[i] = k;
  }
  return best;
}
