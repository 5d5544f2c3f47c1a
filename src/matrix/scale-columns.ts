import type { CsrMatrix } from './csr-matrix.ts';

/** The same pattern, each entry times its column's factor. Counterpart: sklearn.utils.sparsefuncs.inplace_column_scale. */
export function scaleColumns(X: CsrMatrix, factors: Float64Array): CsrMatrix {
  const { indices } = X;
  const data = new Float64Array(X.nnz);
  for (let p = 0; p < data.length; p++) data[p] = X.data[p] * factors[indices[p]];
  return X.withData(data);
}
