import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Least correlation, so that every column can be drawn. */
const LEAST = 1e-6;

/**
 * How likely each column is drawn as a neighbour of each: |correlation|, column by column scaled to sum to 1.
 * Counterpart: IterativeImputer._get_abs_corr_mat.
 * @returns features × features; column j holds the chances of the neighbours of j
 */
export function neighbourChances(X: DenseMatrix): DenseMatrix {
  const { rows, cols } = X;
  const centred = X.copy();
  const norms = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    const values = X.col(j);
    const mean = values.reduce((a, b) => a + b, 0) / rows;
    for (let i = 0; i < rows; i++) {
      centred.data[i * cols + j] = values[i] - mean;
      norms[j] += (values[i] - mean) ** 2;
    }
  }
  const chances = new DenseMatrix(cols, cols);
  for (let j = 0; j < cols; j++) {
    let sum = 0;
    for (let k = 0; k < cols; k++) {
      if (k === j) continue;
      let product = 0;
      for (let i = 0; i < rows; i++) product += centred.data[i * cols + k] * centred.data[i * cols + j];
      const correlation = Math.abs(product / Math.sqrt(norms[k]) / Math.sqrt(norms[j]));
      const chance = Number.isNaN(correlation) ? LEAST : Math.max(LEAST, Math.min(1, correlation));
      chances.data[k * cols + j] = chance;
      sum += chance;
    }
    for (let k = 0; k < cols; k++) chances.data[k * cols + j] /= sum;
  }
  return chances;
}
