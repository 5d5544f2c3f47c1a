import { DataError } from '../core/errors.ts';
import { isConstantVariance } from '../matrix/constant-variance.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiply, multiplyTransposed } from '../matrix/multiply.ts';
import { inverseFactor } from '../matrix/orthonormalise.ts';
import { svd } from '../matrix/svd.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import type { ClassRows } from './discriminant-analysis.ts';
import { principalAxes } from './principal-axes.ts';

/** Scores x·coefᵀ + intercept, one per class. */
export interface LinearRule {
  /** classes × columns. */
  coef: DenseMatrix;
  intercept: Float64Array;
}

/** Directions S with S·Sᵀ = Σ⁻¹ as far as means differ: scores are those of the nearest mean in the space of x·S. */
export function linearRule(means: DenseMatrix, priors: Float64Array, scalings: DenseMatrix, centre?: Float64Array): LinearRule {
  const from = means.copy();
  if (centre) for (let k = 0; k < from.rows; k++) for (let j = 0; j < from.cols; j++) from.data[k * from.cols + j] -= centre[j];
  const along = multiply(from, scalings);
  const coef = multiplyTransposed(along, scalings);
  const intercept = priors.map((prior, k) => {
    let value = Math.log(prior);
    for (const x of along.row(k)) value -= 0.5 * x * x;
    if (centre) for (let j = 0; j < centre.length; j++) value -= centre[j] * coef.data[k * coef.cols + j];
    return value;
  });
  return { coef, intercept };
}

export interface SvdDirections {
  /** Σ prior · mean. */
  xbar: Float64Array;
  /** columns × rank, by descending variance between classes. */
  scalings: DenseMatrix;
  explainedVarianceRatio: Float64Array;
}

/**
 * Whitens the rows about their class's mean, leaving out axes whose standard deviation is at most `tol` in standardised
 * columns, and turns the axes to those of the means.
 */
export function svdDirections(owner: string, { parts, means }: ClassRows, priors: Float64Array, tol: number): SvdDirections {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { whitening, used } = withinWhitening(owner, parts, means, rows, tol);
  const xbar = multiply(new DenseMatrix(1, priors.length, priors), means).data;
  const spread = new DenseMatrix(means.rows, used.length);
  for (let k = 0; k < means.rows; k++) {
    const factor = Math.sqrt((rows * priors[k]) / (means.rows - 1));
    for (let c = 0; c < used.length; c++) spread.data[k * used.length + c] = factor * (means.data[k * means.cols + used[c]] - xbar[used[c]]);
  }
  const { singular, vt } = svd(multiply(spread, whitening));
  let total = 0;
  for (const s of singular) total += s * s;
  let rank = 0;
  while (rank < singular.length && singular[rank] > tol * singular[0]) rank++;
  const kept = multiplyTransposed(vt.take(Array.from({ length: rank }, (_, k) => k)), whitening);
  svdFlip(kept);
  const scalings = new DenseMatrix(means.cols, rank);
  for (let k = 0; k < rank; k++) for (let c = 0; c < used.length; c++) scalings.data[used[c] * rank + k] = kept.data[k * used.length + c];
  return { xbar, scalings, explainedVarianceRatio: singular.map((s) => (total > 0 ? (s * s) / total : 0)) };
}

/** used.length × rank: rows about their class's mean, in the columns that are used, times it have covariance I. */
function withinWhitening(owner: string, parts: readonly DenseMatrix[], means: DenseMatrix, rows: number, tol: number): { whitening: DenseMatrix; used: number[] } {
  const { cols } = means;
  const centred = new DenseMatrix(rows, cols);
  const squares = new Float64Array(cols);
  let p = 0;
  parts.forEach(({ data }, k) => {
    const mean = means.row(k);
    for (let q = 0; q < data.length; ) for (let j = 0; j < cols; j++, q++, p++) squares[j] += (centred.data[p] = data[q] - mean[j]) ** 2;
  });
  const largest = (j: number): number => Math.max(...Array.from({ length: means.rows }, (_, k) => Math.abs(means.data[k * cols + j])));
  const used = Array.from(squares.keys()).filter((j) => !isConstantVariance(squares[j] / rows, largest(j), rows));
  if (used.length === 0) throw new DataError(`${owner}: some column of X must vary within a class, all are constant there. No spread tells how far classes are apart.`);
  const scaled = used.length === cols ? centred : centred.takeCols(used);
  // Σ of squares is rows · variance: what is left has singular values that are standard deviations.
  const scale = Float64Array.from(used, (j) => Math.sqrt(squares[j]));
  for (let q = 0; q < scaled.data.length; ) for (let c = 0; c < used.length; c++, q++) scaled.data[q] /= scale[c];
  const { squares: variances, vt } = principalAxes(scaled, tol * tol);
  let rank = 0;
  while (rank < variances.length && Math.sqrt(variances[rank]) > tol) rank++;
  const whitening = new DenseMatrix(used.length, rank);
  for (let k = 0; k < rank; k++) {
    for (let c = 0; c < used.length; c++) whitening.data[c * rank + k] = (vt.data[k * used.length + c] * Math.sqrt(rows)) / scale[c] / Math.sqrt(variances[k]);
  }
  return { whitening, used };
}

/**
 * All v with between·v = λ·within·v, scaled so that vᵀ·within·v = 1, as columns by descending λ; and each λ as a share of
 * their sum.
 *
 * Counterpart: scipy.linalg.eigh(between, within).
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §8.7.2.
 */
export function generalizedDirections(owner: string, between: DenseMatrix, within: DenseMatrix): { scalings: DenseMatrix; ratios: Float64Array } {
  const factor = whiteningOf(within);
  if (!factor) throw new DataError(`${owner}: the covariance within classes must be positive definite with solver 'eigen', some column depends on others. Use shrinkage, or solver 'svd'.`);
  const { values, vectors } = symmetricEigen(multiply(multiply(factor.transpose(), between), factor));
  // Columns of the inverse factor times vectors, as rows and from the largest eigenvalue on.
  const n = values.length;
  const directions = multiplyTransposed(vectors.take(Array.from({ length: n }, (_, k) => n - 1 - k)), factor);
  svdFlip(directions);
  const total = values.reduce((a, b) => a + b, 0);
  const ratios = values.map((value) => (total === 0 ? 0 : value / total)).sort().reverse();
  return { scalings: directions.transpose(), ratios };
}

/** Beyond it, a covariance of standardised columns is singular but for rounding: its root's condition is 1/√ε. */
const MOST_CONDITION = 1e7;

/** W with Wᵀ·C·W = I; undefined where C is singular to working precision, whatever the units of columns. */
function whiteningOf(C: DenseMatrix): DenseMatrix | undefined {
  const n = C.rows;
  const scale = Float64Array.from({ length: n }, (_, j) => Math.sqrt(C.data[j * n + j]));
  const correlation = new DenseMatrix(n, n, C.data.map((value, p) => value / scale[Math.floor(p / n)] / scale[p % n]));
  const factor = inverseFactor(correlation);
  if (!factor || factor.condition > MOST_CONDITION) return undefined;
  return new DenseMatrix(n, n, factor.inverse.data.map((value, p) => value / scale[Math.floor(p / n)]));
}
