import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Σⱼ precisionₖⱼ·(xⱼ − meanₖⱼ)² of each row and each k, rows × k, from differences, which keep digits where products would cancel. */
export function squaredGaps(X: DenseMatrix, means: DenseMatrix, precisions: DenseMatrix): DenseMatrix {
  const { rows, cols, data } = X;
  const k = means.rows;
  const gaps = new DenseMatrix(rows, k);
  for (let i = 0; i < rows; i++) {
    for (let c = 0, q = 0; c < k; c++) {
      let sum = 0;
      for (let j = 0, p = i * cols; j < cols; j++, p++, q++) {
        const gap = data[p] - means.data[q];
        sum += gap * gap * precisions.data[q];
      }
      gaps.data[i * k + c] = sum;
    }
  }
  return gaps;
}
