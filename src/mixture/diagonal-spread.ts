import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { squaredGaps } from './squared-gaps.ts';
import type { SharedRows, Spread } from './spread.ts';

/** Each component has a variance of its own along each column, and columns are independent. */
export const diagonalSpread: Spread<DenseMatrix> = {
  estimate: variancesOf,
  factor: (variances) => (variances.data.every((v) => v > 0) ? mapped(variances, (v) => 1 / Math.sqrt(v)) : undefined),
  precisions: (factors) => mapped(factors, (w) => w * w),
  distances: (X, means, factors) => squaredGaps(X, means, mapped(factors, (w) => w * w)),
  logDeterminants: (factors) => Float64Array.from({ length: factors.rows }, (_, k) => factors.row(k).reduce((sum, w) => sum + Math.log(w), 0)),
  freedom: (k, cols) => k * cols,
  draw(random, mean, variances, k, rows, out, from) {
    const normal = random.standardNormal(rows * out.cols);
    for (let p = 0, to = from * out.cols; p < normal.length; p++, to++) out.data[to] = mean[p % out.cols] + normal[p] * Math.sqrt(variances.data[k * out.cols + (p % out.cols)]);
  },
  covariancesOf(precisions, k, cols) {
    const given = asMatrix('precisionsInit', precisions as MatrixLike).toDense();
    return given.rows === k && given.cols === cols && given.data.every((p) => p > 0) ? mapped(given, (p) => 1 / p) : undefined;
  },
};

function variancesOf({ X, shares, counts, means }: SharedRows, regCovar: number): DenseMatrix {
  const { rows, cols, data } = X;
  const k = counts.length;
  const variances = new DenseMatrix(k, cols);
  for (let i = 0; i < rows; i++) {
    for (let c = 0, q = 0; c < k; c++) {
      const share = shares.data[i * k + c];
      for (let j = 0, p = i * cols; j < cols; j++, p++, q++) {
        const gap = data[p] - means.data[q];
        variances.data[q] += share * gap * gap;
      }
    }
  }
  for (let q = 0; q < variances.data.length; q++) variances.data[q] = variances.data[q] / counts[Math.floor(q / cols)] + regCovar;
  return variances;
}

function mapped(matrix: DenseMatrix, change: (value: number) => number): DenseMatrix {
  return new DenseMatrix(matrix.rows, matrix.cols, matrix.data.map(change));
}
