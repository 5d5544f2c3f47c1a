import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { diagonalSpread } from './diagonal-spread.ts';
import { squaredGaps } from './squared-gaps.ts';
import type { Spread } from './spread.ts';

/** Each component has one variance of its own, the same along each column. */
export const sphericalSpread: Spread<Float64Array> = {
  estimate(rows, regCovar) {
    const variances = diagonalSpread.estimate(rows, regCovar);
    return Float64Array.from({ length: variances.rows }, (_, k) => variances.row(k).reduce((a, b) => a + b, 0) / variances.cols);
  },
  factor: (variances) => (variances.every((v) => v > 0) ? variances.map((v) => 1 / Math.sqrt(v)) : undefined),
  precisions: (factors) => factors.map((w) => w * w),
  distances: (X, means, factors) => squaredGaps(X, means, new DenseMatrix(means.rows, X.cols, Float64Array.from(means.data, (_, p) => factors[Math.floor(p / X.cols)] ** 2))),
  logDeterminants: (factors, _, cols) => factors.map((w) => cols * Math.log(w)),
  freedom: (k) => k,
  draw(random, mean, variances, k, rows, out, from) {
    const normal = random.standardNormal(rows * out.cols);
    const scale = Math.sqrt(variances[k]);
    for (let p = 0, to = from * out.cols; p < normal.length; p++, to++) out.data[to] = mean[p % out.cols] + normal[p] * scale;
  },
  covariancesOf(precisions, k) {
    const given = Float64Array.from(precisions as ArrayLike<number>);
    return given.length === k && given.every((p) => p > 0 && p < Infinity) ? given.map((p) => 1 / p) : undefined;
  },
};
