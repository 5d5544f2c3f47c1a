import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** New rows between pairs of rows of X: x[from] + step·(x[to] − x[from]), sparse for a sparse X. */
export function blendRows(X: Matrix, from: ArrayLike<number>, to: ArrayLike<number>, steps: ArrayLike<number>): Matrix {
  if (X.kind === 'csr') return blendSparse(X, from, to, steps);
  const blended = new DenseMatrix(steps.length, X.cols);
  for (let r = 0; r < steps.length; r++) {
    const [row, a, b] = [blended.row(r), X.row(from[r]), X.row(to[r])];
    for (let j = 0; j < row.length; j++) row[j] = a[j] + steps[r] * (b[j] - a[j]);
  }
  return blended;
}

function blendSparse(X: CsrMatrix, from: ArrayLike<number>, to: ArrayLike<number>, steps: ArrayLike<number>): CsrMatrix {
  const { indptr, indices, data } = X;
  const ends = new Int32Array(steps.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < steps.length; r++) {
    let p = indptr[from[r]];
    let q = indptr[to[r]];
    const [endP, endQ] = [indptr[from[r] + 1], indptr[to[r] + 1]];
    while (p < endP || q < endQ) {
      const left = p < endP ? indices[p] : X.cols;
      const right = q < endQ ? indices[q] : X.cols;
      const a = left <= right ? data[p++] : 0;
      const b = right <= left ? data[q++] : 0;
      columns.push(Math.min(left, right));
      values.push(a + steps[r] * (b - a));
    }
    ends[r + 1] = columns.length;
  }
  return new CsrMatrix(steps.length, X.cols, ends, Int32Array.from(columns), Float64Array.from(values));
}
