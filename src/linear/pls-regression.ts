import { DataError, OptionError } from '../core/errors.ts';
import { flag, integer, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply, multiplyTransposed, transposedMultiply } from '../matrix/multiply.ts';
import { timesVector, transposedTimesVector } from '../matrix/products.ts';
import { pseudoInverse } from '../matrix/pseudo-inverse.ts';
import { addScaled, dotProduct, euclideanNorm } from '../matrix/vector.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

export interface PlsRegressionOptions {
  /** Directions to find, k: at most min(rows, columns). Default 2. */
  nComponents?: number;
  /** Whether columns and y are divided by their standard deviations (n − 1) first. Default true. */
  scale?: boolean;
}

/** What PLSRegression has learned; k is the number of directions. */
export interface PlsRegressionFitted extends LinearFitted {
  /** columns × k: directions of what earlier ones have left of X, of length 1; the largest element of each by size is positive. */
  xWeights: DenseMatrix;
  /** columns × k: what each score tells of each column. */
  xLoadings: DenseMatrix;
  /** columns × k: what centred and scaled rows are multiplied with to get scores. */
  xRotations: DenseMatrix;
  /** rows × k: the scores of the rows of fit. */
  xScores: DenseMatrix;
  /** k numbers: what each score tells of y, both scaled. */
  yLoadings: Float64Array;
  /** Mean of each column. */
  xMean: Float64Array;
  /** What each column was divided by. */
  xStd: Float64Array;
}

/** Below it a residual of y, scaled, counts as explained. */
const EXPLAINED = 10 * Number.EPSILON;

/**
 * Partial least squares: a line over k directions of X, each chosen for its covariance with what earlier ones have left of y; for
 * many columns that depend on each other. It is a regressor that has `transform` too.
 *
 * X: samples × features; a sparse X is filled. y: one number per row. `transform` gives the scores (X − mean)/std·R, rows × k. Once
 * y is explained, further directions are zeros.
 *
 * `fitted` holds coef, intercept, xWeights, xLoadings, xRotations, xScores, yLoadings, xMean, xStd; predictions are X·coef + intercept.
 *
 * Counterpart: scikit-learn's PLSRegression, for one target: max_iter and tol, which do nothing there for one, are left out, and
 * its y_weights_ are yLoadings. Its intercept_ is the mean of y, for centred rows.
 * Source: Wegelin, "A survey of partial least squares (PLS) methods, with emphasis on the two-block case", 2000, §4.
 *
 * @throws OptionError for more directions than min(rows, columns); DataError for one row
 * @example
 * const model = await new PLSRegression({ nComponents: 3 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class PLSRegression extends LinearRegressor<PlsRegressionOptions, PlsRegressionFitted> {
  static override readonly weighsRows = false;

  static override readonly rules: Rules<PlsRegressionOptions> = {
    nComponents: integer(2, { min: 1 }),
    scale: flag(true),
  };

  protected learn(X: Matrix, y: Float64Array): PlsRegressionFitted {
    const { nComponents, scale } = this.options;
    if (X.rows < 2) throw new DataError(`${this.owner}: X must have at least 2 rows, got 1.`);
    const most = Math.min(X.rows, X.cols);
    if (nComponents > most) throw new OptionError(`${this.owner}: nComponents must be at most ${most} for ${X.rows} × ${X.cols}, got ${nComponents}.`);
    const columns = standardised(X.toDense(), scale);
    const target = standardised(DenseMatrix.column(y), scale);
    const { weights, loadings, scores, yLoadings } = directions(columns.data, target.data.data, nComponents);
    const xRotations = multiply(weights, pseudoInverse(transposedMultiply(loadings, weights)));
    const coef = timesVector(xRotations, yLoadings, 0, new Float64Array(X.cols)).map((value, j) => (value * target.std[0]) / columns.std[j]);
    const intercept = target.mean[0] - dotProduct(columns.mean, 0, coef, 0, coef.length);
    return { coef, intercept, xWeights: weights, xLoadings: loadings, xRotations, xScores: scores, yLoadings, xMean: columns.mean, xStd: columns.std };
  }

  /** The scores of rows: rows × k. */
  async transform(X: MatrixLike): Promise<DenseMatrix> {
    const { xRotations, xMean, xStd } = this.fitted;
    const rows = this.checkSeen(X).toDense().copy();
    for (let p = 0; p < rows.data.length; p++) rows.data[p] = (rows.data[p] - xMean[p % rows.cols]) / xStd[p % rows.cols];
    return multiply(rows, xRotations);
  }

  /** `fit` and `transform`. */
  async fitTransform(X: MatrixLike, y: ArrayLike<number>): Promise<DenseMatrix> {
    await this.fit(X, y);
    return this.transform(X);
  }

  /** Rows that have these scores, as far as directions tell: rows × columns. @throws ShapeError unless X′ has one column per direction */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { xLoadings, xMean, xStd } = this.fitted;
    const scores = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, scores, xLoadings.cols);
    const rows = multiplyTransposed(scores.toDense(), xLoadings);
    for (let p = 0; p < rows.data.length; p++) rows.data[p] = rows.data[p] * xStd[p % rows.cols] + xMean[p % rows.cols];
    return rows;
  }

  /** Names of the columns that `transform` returns. */
  featureNamesOut(): string[] {
    return Array.from({ length: this.fitted.xRotations.cols }, (_, k) => `plsregression${k}`);
  }
}

interface Standardised {
  data: DenseMatrix;
  mean: Float64Array;
  std: Float64Array;
}

/** Columns less their means, over their standard deviations; 1 for a column that does not vary, or without `scale`. */
function standardised(X: DenseMatrix, scale: boolean): Standardised {
  const { rows, cols } = X;
  const mean = new Float64Array(cols);
  for (let p = 0; p < X.data.length; p++) mean[p % cols] += X.data[p] / rows;
  const data = new DenseMatrix(rows, cols, X.data.map((value, p) => value - mean[p % cols]));
  const std = new Float64Array(cols);
  for (let p = 0; p < data.data.length; p++) std[p % cols] += data.data[p] ** 2;
  for (let j = 0; j < cols; j++) {
    const spread = Math.sqrt(std[j] / (rows - 1));
    // What rounding of the mean leaves of equal values is no spread.
    std[j] = scale && spread > rows * Number.EPSILON * Math.abs(mean[j]) ? spread : 1;
  }
  for (let p = 0; p < data.data.length; p++) data.data[p] /= std[p % cols];
  return { data, mean, std };
}

interface Directions {
  weights: DenseMatrix;
  loadings: DenseMatrix;
  scores: DenseMatrix;
  yLoadings: Float64Array;
}

/** Takes k directions from X and y, which are used up. */
function directions(X: DenseMatrix, y: Float64Array, k: number): Directions {
  const { rows, cols } = X;
  const weights = new DenseMatrix(k, cols);
  const loadings = new DenseMatrix(k, cols);
  const scores = new DenseMatrix(k, rows);
  const yLoadings = new Float64Array(k);
  for (let c = 0; c < k && y.some((value) => Math.abs(value) >= EXPLAINED); c++) {
    const weight = toUnit(transposedTimesVector(X, y, weights.row(c)));
    const score = timesVector(X, weight, 0, scores.row(c));
    const square = dotProduct(score, 0, score, 0, rows);
    if (square === 0) break;
    const loading = transposedTimesVector(X, score, loadings.row(c));
    for (let j = 0; j < cols; j++) loading[j] /= square;
    yLoadings[c] = dotProduct(score, 0, y, 0, rows) / square;
    for (let i = 0; i < rows; i++) addScaled(-score[i], loading, 0, X.data, i * cols, cols);
    addScaled(-yLoadings[c], score, 0, y, 0, rows);
  }
  return { weights: weights.transpose(), loadings: loadings.transpose(), scores: scores.transpose(), yLoadings };
}

/** Of length 1, in place, with its largest element by size positive; zeros stay. */
function toUnit(weight: Float64Array): Float64Array {
  const norm = euclideanNorm(weight);
  let largest = 0;
  for (const value of weight) if (Math.abs(value) > Math.abs(largest)) largest = value;
  const factor = norm === 0 ? 0 : (largest < 0 ? -1 : 1) / norm;
  for (let j = 0; j < weight.length; j++) weight[j] *= factor;
  return weight;
}
