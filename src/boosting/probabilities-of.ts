import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Rows × classes, of raw predictions: log odds, or one number per class. */
export function probabilitiesOf(raw: Float64Array, classes: number): DenseMatrix {
  if (classes === 2) {
    const data = new Float64Array(2 * raw.length);
    for (let i = 0; i < raw.length; i++) {
      data[2 * i + 1] = 1 / (1 + Math.exp(-raw[i]));
      data[2 * i] = 1 - data[2 * i + 1];
    }
    return new DenseMatrix(raw.length, 2, data);
  }
  const proba = new DenseMatrix(raw.length / classes, classes, raw.slice());
  for (let i = 0; i < proba.rows; i++) {
    const row = proba.row(i);
    const top = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += row[k] = Math.exp(row[k] - top);
    for (let k = 0; k < classes; k++) row[k] /= sum;
  }
  return proba;
}
