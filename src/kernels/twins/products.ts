import type { CsrArrays, DenseArrays } from '../matrix-arrays.ts';
import { dotAt } from './vector-operations.ts';

/** Twins of assembly/products.ts: the same operations in the same order, so the same bits. */

export function csrTimesVector(X: CsrArrays, w: Float64Array, bias: number, out: Float64Array): void {
  const { rows, indptr, indices, data } = X;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * w[indices[p]];
    out[i] = sum + bias;
  }
}

/** out is added to. */
export function csrTransposedTimesVector(X: CsrArrays, r: Float64Array, out: Float64Array): void {
  const { rows, indptr, indices, data } = X;
  for (let i = 0; i < rows; i++) {
    const factor = r[i];
    for (let p = indptr[i]; p < indptr[i + 1]; p++) out[indices[p]] += factor * data[p];
  }
}

export function csrTimesMatrix(X: CsrArrays, W: Float64Array, k: number, bias: Float64Array | undefined, out: Float64Array): void {
  const { rows, indptr, indices, data } = X;
  for (let i = 0; i < rows; i++) {
    const start = i * k;
    for (let c = 0; c < k; c++) out[start + c] = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const from = indices[p] * k;
      for (let c = 0; c < k; c++) out[start + c] += data[p] * W[from + c];
    }
    if (bias) for (let c = 0; c < k; c++) out[start + c] += bias[c];
  }
}

/** out is added to. */
export function csrTransposedTimesMatrix(X: CsrArrays, R: Float64Array, k: number, out: Float64Array): void {
  const { rows, indptr, indices, data } = X;
  for (let i = 0; i < rows; i++) {
    const start = i * k;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const to = indices[p] * k;
      for (let c = 0; c < k; c++) out[to + c] += data[p] * R[start + c];
    }
  }
}

export function denseTimesVector(X: DenseArrays, w: Float64Array, bias: number, out: Float64Array): void {
  for (let i = 0; i < X.rows; i++) out[i] = dotAt(X.data, i * X.cols, w, 0, X.cols) + bias;
}

/** out is added to. */
export function denseTransposedTimesVector(X: DenseArrays, r: Float64Array, out: Float64Array): void {
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    const factor = r[i];
    const start = i * cols;
    for (let j = 0; j < cols; j++) out[j] += factor * data[start + j];
  }
}

export function denseTimesMatrix(X: DenseArrays, W: Float64Array, k: number, bias: Float64Array | undefined, out: Float64Array): void {
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    const start = i * k;
    for (let c = 0; c < k; c++) out[start + c] = 0;
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j];
      for (let c = 0; c < k; c++) out[start + c] += x * W[j * k + c];
    }
    if (bias) for (let c = 0; c < k; c++) out[start + c] += bias[c];
  }
}

/** out is added to. */
export function denseTransposedTimesMatrix(X: DenseArrays, R: Float64Array, k: number, out: Float64Array): void {
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    const start = i * k;
    for (let j = 0; j < cols; j++) {
      const x = data[i * cols + j];
      for (let c = 0; c < k; c++) out[j * k + c] += x * R[start + c];
    }
  }
}
