import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { selfProduct } from '../matrix/multiply.ts';
import { whitenedNorms } from '../matrix/whitened-norms.ts';
import { drawNormal, inverseOf, logDiagonal, rootOfInverse, timesItsTranspose } from './covariance-matrix.ts';
import type { SharedRows, Spread } from './spread.ts';

/** A share that changes no digit of a covariance. */
const NEGLIGIBLE = 1e-20;

/** Each component has a covariance of its own. */
export const fullSpread: Spread<readonly DenseMatrix[]> = {
  estimate(rows, regCovar) {
    const room = new Float64Array(rows.X.data.length);
    return Array.from(rows.counts, (_, k) => covarianceOf(rows, k, regCovar, room));
  },
  factor(covariances) {
    const factors = covariances.map(rootOfInverse);
    return factors.some((factor) => factor === undefined) ? undefined : (factors as DenseMatrix[]);
  },
  precisions: (factors) => factors.map(timesItsTranspose),
  distances: whitenedNorms,
  logDeterminants: (factors) => Float64Array.from(factors, logDiagonal),
  freedom: (k, cols) => (k * cols * (cols + 1)) / 2,
  draw: (random, mean, covariances, k, rows, out, from) => drawNormal(random, mean, covariances[k], rows, out, from),
  covariancesOf(precisions, k, cols) {
    if (!Array.isArray(precisions) || precisions.length !== k) return undefined;
    const covariances = precisions.map((one) => inverseOf(one, cols));
    return covariances.some((one) => one === undefined) ? undefined : (covariances as DenseMatrix[]);
  },
};

/** The rows that have a share in component k, about its mean and times the root of the share, times themselves. */
function covarianceOf({ X, shares, counts, means }: SharedRows, k: number, regCovar: number, room: Float64Array): DenseMatrix {
  const { cols, data } = X;
  const mean = means.row(k);
  let to = 0;
  for (let i = 0; i < X.rows; i++) {
    const share = shares.data[i * shares.cols + k];
    if (!(share > NEGLIGIBLE)) continue;
    const root = Math.sqrt(share);
    for (let j = 0, p = i * cols; j < cols; j++, p++, to++) room[to] = root * (data[p] - mean[j]);
  }
  const covariance = to === 0 ? new DenseMatrix(cols, cols) : selfProduct(new DenseMatrix(to / cols, cols, room.subarray(0, to)));
  for (let p = 0; p < covariance.data.length; p++) covariance.data[p] /= counts[k];
  for (let j = 0; j < cols; j++) covariance.data[j * cols + j] += regCovar;
  return covariance;
}
