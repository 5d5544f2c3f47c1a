import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiply, selfProduct } from '../matrix/multiply.ts';
import { drawNormal, inverseOf, logDiagonal, rootOfInverse, timesItsTranspose } from './covariance-matrix.ts';
import { squaredGaps } from './squared-gaps.ts';
import type { SharedRows, Spread } from './spread.ts';

/** All components share one covariance. */
export const tiedSpread: Spread<DenseMatrix> = {
  estimate(rows, regCovar) {
    const covariance = scatterWithin(rows);
    const total = rows.counts.reduce((a, b) => a + b, 0);
    for (let p = 0; p < covariance.data.length; p++) covariance.data[p] /= total;
    for (let j = 0; j < covariance.cols; j++) covariance.data[j * covariance.cols + j] += regCovar;
    return covariance;
  },
  factor: rootOfInverse,
  precisions: timesItsTranspose,
  distances(X, means, factor) {
    const middle = columnMeans(means);
    return squaredGaps(multiply(less(X, middle), factor), multiply(less(means, middle), factor), new DenseMatrix(means.rows, X.cols, new Float64Array(means.data.length).fill(1)));
  },
  logDeterminants: (factor, k) => new Float64Array(k).fill(logDiagonal(factor)),
  freedom: (_, cols) => (cols * (cols + 1)) / 2,
  draw: (random, mean, covariance, _, rows, out, from) => drawNormal(random, mean, covariance, rows, out, from),
  covariancesOf: (precision, _, cols) => inverseOf(precision, cols),
};

/** Σ of all rows' x·xᵀ less Σ count · mean·meanᵀ: the same about any point where all rows are dealt out, and here about their mean. */
function scatterWithin({ X, counts, means, isWhole }: SharedRows): DenseMatrix {
  const about = isWhole ? columnMeans(X) : new Float64Array(X.cols);
  const scatter = selfProduct(X, about);
  const weighted = less(means, about);
  for (let k = 0; k < weighted.rows; k++) {
    const row = weighted.row(k);
    for (let j = 0; j < row.length; j++) row[j] *= Math.sqrt(counts[k]);
  }
  const between = selfProduct(weighted);
  return new DenseMatrix(X.cols, X.cols, scatter.data.map((value, p) => value - between.data[p]));
}

function less(X: DenseMatrix, shift: Float64Array): DenseMatrix {
  const data = X.data.slice();
  for (let p = 0; p < data.length; ) for (let j = 0; j < shift.length; j++, p++) data[p] -= shift[j];
  return new DenseMatrix(X.rows, X.cols, data);
}
