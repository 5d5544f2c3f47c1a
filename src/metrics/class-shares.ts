import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** The share of each class among the rows, by their weights, repeated for every row: rows × classes. */
export function classShares(codes: Int32Array, classes: number, weights: Float64Array | undefined): DenseMatrix {
  const shares = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (codes[i] >= 0) shares[codes[i]] += weight;
    total += weight;
  }
  const rows = new DenseMatrix(codes.length, classes);
  for (let p = 0; p < rows.data.length; p++) rows.data[p] = shares[p % classes] / total;
  return rows;
}
