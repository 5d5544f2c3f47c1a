import { columnMeans } from './column-means.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply } from './multiply.ts';

/** Products that are worked out at a time, in numbers: few enough for a cache, enough to be worth several threads. */
const BLOCK = 524_288;

/**
 * ‖(x − meanₖ)·Wₖ‖² for each row x of X and each k, rows × k: with Wₖ·Wₖᵀ the inverse of a covariance, the squared
 * Mahalanobis distance from each mean. All Wₖ are multiplied at once; rows are taken about the middle of the means first, so
 * that no digits are lost to means that are large.
 *
 * @param means k × columns
 * @param W columns × any, one per mean
 */
export function whitenedNorms(X: DenseMatrix, means: DenseMatrix, W: readonly DenseMatrix[]): DenseMatrix {
  const { rows, cols, data } = X;
  const middle = columnMeans(means);
  const { side, offsets, ends } = sideBySide(means, middle, W);
  const norms = new DenseMatrix(rows, means.rows);
  const height = Math.max(1, Math.floor(BLOCK / (cols + side.cols)));
  const centred = new Float64Array(Math.min(rows, height) * cols);
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    for (let i = from, p = from * cols, q = 0; i < to; i++) for (let j = 0; j < cols; j++) centred[q++] = data[p++] - middle[j];
    const turned = multiply(new DenseMatrix(to - from, cols, centred.subarray(0, (to - from) * cols)), side, offsets).data;
    for (let i = from, p = 0, out = from * means.rows; i < to; i++) {
      for (let k = 0, c = 0; k < means.rows; k++, out++) {
        let sum = 0;
        for (; c < ends[k]; c++, p++) sum += turned[p] * turned[p];
        norms.data[out] = sum;
      }
    }
  }
  return norms;
}

/** All W beside each other, what they make of the means less `middle`, negated, and where each ends. */
function sideBySide(means: DenseMatrix, middle: Float64Array, W: readonly DenseMatrix[]): { side: DenseMatrix; offsets: Float64Array; ends: Int32Array } {
  let width = 0;
  const ends = Int32Array.from(W, ({ cols }) => (width += cols));
  const side = new DenseMatrix(means.cols, width);
  const offsets = new Float64Array(width);
  W.forEach((own, k) => {
    const first = ends[k] - own.cols;
    for (let j = 0; j < own.rows; j++) {
      const row = own.row(j);
      const gap = means.data[k * means.cols + j] - middle[j];
      side.data.set(row, j * width + first);
      for (let c = 0; c < own.cols; c++) offsets[first + c] -= gap * row[c];
    }
  });
  return { side, offsets, ends };
}
