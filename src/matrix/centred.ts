import { DenseMatrix } from './dense-matrix.ts';

/** X − 1·meanᵀ, copied. */
export function centred(X: DenseMatrix, mean: Float64Array): DenseMatrix {
  const data = X.data.slice();
  for (let start = 0; start < data.length; start += X.cols) for (let j = 0; j < X.cols; j++) data[start + j] -= mean[j];
  return new DenseMatrix(X.rows, X.cols, data);
}
