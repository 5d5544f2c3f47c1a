import type { CsrMatrix } from './csr-matrix.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * X·Wᵀ, rows × k, for coefficients stored one row per output.
 * @param W k × X.cols
 * @param bias k values added to every row, or undefined
 * @param out rows × k, row-major; overwritten
 */
export function timesTransposed(X: Matrix, W: DenseMatrix, bias: Float64Array | undefined, out: Float64Array): Float64Array {
  const k = W.rows;
  for (let c = 0; c < k; c++) {
    const w = W.row(c);
    const b = bias ? bias[c] : 0;
    if (X.kind === 'csr') {
      for (let i = 0; i < X.rows; i++) out[i * k + c] = sparseRowDot(X, i, w) + b;
    } else {
      for (let i = 0; i < X.rows; i++) out[i * k + c] = denseRowDot(X, i, w) + b;
    }
  }
  return out;
}

/** X·w + bias, one value per row. */
export function timesVector(X: Matrix, w: Float64Array, bias: number, out: Float64Array): Float64Array {
  if (X.kind === 'csr') {
    for (let i = 0; i < X.rows; i++) out[i] = sparseRowDot(X, i, w) + bias;
  } else {
    for (let i = 0; i < X.rows; i++) out[i] = denseRowDot(X, i, w) + bias;
  }
  return out;
}

/** Xᵀ·r, one value per column; `out` is overwritten. */
export function transposedTimesVector(X: Matrix, r: Float64Array, out: Float64Array): Float64Array {
  out.fill(0);
  if (X.kind === 'csr') {
    for (let i = 0; i < X.rows; i++) {
      const value = r[i];
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) out[X.indices[p]] += value * X.data[p];
    }
  } else {
    const { cols, data } = X;
    for (let i = 0; i < X.rows; i++) {
      const value = r[i];
      const start = i * cols;
      for (let j = 0; j < cols; j++) out[j] += value * data[start + j];
    }
  }
  return out;
}

function sparseRowDot({ indptr, indices, data }: CsrMatrix, i: number, w: Float64Array): number {
  let sum = 0;
  for (let p = indptr[i], end = indptr[i + 1]; p < end; p++) sum += data[p] * w[indices[p]];
  return sum;
}

function denseRowDot(X: DenseMatrix, i: number, w: Float64Array): number {
  const { cols, data } = X;
  const start = i * cols;
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[start + j] * w[j];
  return sum;
}
