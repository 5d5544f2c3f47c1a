import type { Matrix } from './matrix.ts';

/** Mean of each column, sums in the order of rows; a sparse matrix's implicit zeros count. */
export function columnMeans(X: Matrix): Float64Array {
  const { rows, cols, data } = X;
  const mean = new Float64Array(cols);
  if (X.kind === 'csr') for (let p = 0; p < data.length; p++) mean[X.indices[p]] += data[p];
  else for (let start = 0; start < data.length; start += cols) for (let j = 0; j < cols; j++) mean[j] += data[start + j];
  for (let j = 0; j < cols; j++) mean[j] /= rows;
  return mean;
}
