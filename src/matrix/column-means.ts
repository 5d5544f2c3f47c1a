import type { Matrix } from './matrix.ts';

/** Mean of each column, sums in the order of rows; a sparse matrix's implicit zeros count. */
export function columnMeans(X: Matrix): Float64Array {
  const { rows, cols, data } = X;
  const mean = new Float64Array(cols);
  if (X.kind === 'csr') for (let p = 0; p < data.length; p++) mean[X.indices[p]] += data[p];
  else {
    let i = 0;
    // Four rows at a time, still added one after the other.
    for (; i + 3 < rows; i += 4) {
      for (let j = 0, p = i * cols; j < cols; j++, p++) mean[j] = mean[j] + data[p] + data[p + cols] + data[p + 2 * cols] + data[p + 3 * cols];
    }
    for (let p = i * cols; p < data.length; p++) mean[p % cols] += data[p];
  }
  for (let j = 0; j < cols; j++) mean[j] /= rows;
  return mean;
}
