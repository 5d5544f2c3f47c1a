import type { CsrMatrix } from './csr-matrix.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/** Mean, variance and weight of each column. */
export interface ColumnMoments {
  /** Σwx / Σw, one per column. */
  mean: Float64Array;
  /** Σw(x − mean)² / Σw, one per column: the population variance (ddof 0). */
  variance: Float64Array;
  /** Σw over the rows that are not NaN, one per column; without weights, their number. */
  weight: Float64Array;
}

/**
 * Mean and population variance of each column. NaN is skipped; a sparse matrix's implicit zeros count.
 * A column of NaN only has weight 0, mean NaN and variance NaN.
 *
 * Two passes with the correction term of Chan, Golub and LeVeque: Σw(x − m)² − (Σw(x − m))² / Σw, where
 * the second term would be 0 without rounding. Sums run in the order of rows, as scikit-learn's do, so that
 * variances of sparse matrices agree with scikit-learn's to the last bit.
 *
 * @param weights one per row, or undefined for 1 each
 * Counterpart: sklearn.utils.sparsefuncs.mean_variance_axis, sklearn.utils.extmath._incremental_mean_and_var.
 * Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", The American Statistician
 * 37(3), 1983.
 */
export function columnMoments(X: Matrix, weights?: Float64Array): ColumnMoments {
  return X.kind === 'csr' ? sparseMoments(X, weights) : denseMoments(X, weights);
}

/** The moments of two sets of rows together. Counterpart: the "next passes" of scikit-learn's partial_fit. */
export function combineMoments(a: ColumnMoments, b: ColumnMoments): ColumnMoments {
  const cols = a.mean.length;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  const weight = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    const [from, rest] = a.weight[j] === 0 ? [b, a] : [a, b];
    weight[j] = a.weight[j] + b.weight[j];
    if (rest.weight[j] === 0) {
      mean[j] = from.mean[j];
      variance[j] = from.variance[j];
      continue;
    }
    const sumA = a.mean[j] * a.weight[j];
    const sumB = b.mean[j] * b.weight[j];
    const ratio = a.weight[j] / b.weight[j];
    mean[j] = (sumA + sumB) / weight[j];
    const gap = sumA / ratio - sumB;
    const between = (ratio / weight[j]) * (gap * gap);
    variance[j] = (a.variance[j] * a.weight[j] + b.variance[j] * b.weight[j] + between) / weight[j];
  }
  return { mean, variance, weight };
}

function sparseMoments(X: CsrMatrix, weights: Float64Array | undefined): ColumnMoments {
  const { rows, cols, indptr, indices, data } = X;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  const correction = new Float64Array(cols);
  const weight = new Float64Array(cols).fill(weights ? weights.reduce((a, b) => a + b, 0) : rows);
  const storedWeight = new Float64Array(cols);
  /** Rows that hold 0 because they store nothing; NaN is stored, so it is none of them. */
  const implicit = new Int32Array(cols).fill(rows);

  for (let i = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const j = indices[p];
      const x = data[p];
      implicit[j]--;
      if (x === x) {
        mean[j] += x * w;
        storedWeight[j] += w;
      } else {
        weight[j] -= w;
      }
    }
  }
  for (let j = 0; j < cols; j++) mean[j] /= weight[j];
  for (let i = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const x = data[p];
      if (x !== x) continue;
      const j = indices[p];
      const gap = x - mean[j];
      correction[j] += gap * w;
      variance[j] += gap * gap * w;
    }
  }
  for (let j = 0; j < cols; j++) {
    // Where every row is stored, the difference of weights is pure rounding error and must not be added.
    if (implicit[j] > 0) {
      const zeroWeight = weight[j] - storedWeight[j];
      correction[j] -= zeroWeight * mean[j];
      variance[j] += zeroWeight * (mean[j] * mean[j]);
    }
    variance[j] = (variance[j] - (correction[j] * correction[j]) / weight[j]) / weight[j];
  }
  return { mean, variance, weight };
}

function denseMoments(X: DenseMatrix, weights: Float64Array | undefined): ColumnMoments {
  const { rows, cols, data } = X;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  const correction = new Float64Array(cols);
  const weight = new Float64Array(cols);
  for (let i = 0, p = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    for (let j = 0; j < cols; j++, p++) {
      const x = data[p];
      if (x !== x) continue;
      mean[j] += x * w;
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
  return { mean, variance, weight };
}
