import type { CsrArrays, DenseArrays, MatrixArrays } from '../matrix-arrays.ts';

/** Twins of assembly/column-moments.ts: the same operations in the same order, so the same bits. */

/** Written by both; zeros at the start. */
export interface MomentArrays {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly weight: Float64Array;
}

/** @param total Σ weights, or the number of rows */
export function csrMoments(X: CsrArrays, weights: Float64Array | undefined, total: number, { mean, variance, weight }: MomentArrays): void {
  const { rows, cols, indptr, indices, data } = X;
  const correction = new Float64Array(cols);
  const stored = new Float64Array(cols);
  const entries = new Int32Array(cols);
  weight.fill(total);
  for (let i = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const j = indices[p];
      const x = data[p];
      entries[j]++;
      if (x === x) {
        mean[j] += x * w;
        stored[j] += w;
      } else {
        weight[j] -= w;
      }
    }
  }
  for (let j = 0; j < cols; j++) mean[j] /= weight[j];
  for (let i = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const gap = data[p] - mean[indices[p]];
      if (data[p] !== data[p]) continue;
      correction[indices[p]] += gap * w;
      variance[indices[p]] += gap * gap * w;
    }
  }
  for (let j = 0; j < cols; j++) {
    // Where every row is stored, the difference of weights is pure rounding error and must not be added.
    if (entries[j] < rows) {
      const zeros = weight[j] - stored[j];
      correction[j] -= zeros * mean[j];
      variance[j] += zeros * (mean[j] * mean[j]);
    }
    variance[j] = (variance[j] - (correction[j] * correction[j]) / weight[j]) / weight[j];
  }
}

export function denseMoments(X: DenseArrays, weights: Float64Array | undefined, { mean, variance, weight }: MomentArrays): void {
  const { rows, cols, data } = X;
  const correction = new Float64Array(cols);
  for (let i = 0, p = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let j = 0; j < cols; j++, p++) {
      if (data[p] !== data[p]) continue;
      mean[j] += data[p] * w;
      weight[j] += w;
    }
  }
  for (let j = 0; j < cols; j++) mean[j] /= weight[j];
  for (let i = 0, p = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let j = 0; j < cols; j++, p++) {
      const gap = data[p] - mean[j];
      if (gap !== gap) continue;
      correction[j] += gap * w;
      variance[j] += gap * gap * w;
    }
  }
  for (let j = 0; j < cols; j++) variance[j] = (variance[j] - (correction[j] * correction[j]) / weight[j]) / weight[j];
}

export function scaleColumns(X: MatrixArrays, factors: Float64Array, out: Float64Array): void {
  const { cols, data } = X;
  for (let p = 0; p < data.length; p++) out[p] = data[p] * factors[X.kind === 'csr' ? X.indices[p] : p % cols];
}

export function addColumnSums(rows: number, cols: number, x: Float64Array, sums: Float64Array): void {
  let i = 0;
  // Four rows at a time, still added one after the other.
  for (; i + 3 < rows; i += 4) {
    for (let j = 0, p = i * cols; j < cols; j++, p++) sums[j] = sums[j] + x[p] + x[p + cols] + x[p + 2 * cols] + x[p + 3 * cols];
  }
  for (let p = i * cols; p < x.length; p++) sums[p % cols] += x[p];
}
