import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { allFinite } from '../core/all-finite.ts';
import { declareAtOnce } from '../core/at-once.ts';
import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { flag, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { columnMoments, combineMoments, type ColumnMoments } from '../matrix/column-moments.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { lasting } from '../matrix/lasting.ts';
import { asMatrix, checkFinite, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { scaleByMoments } from '../matrix/scale-by-moments.ts';
import { scaleColumns } from '../matrix/scale-columns.ts';
import { isConstantVariance } from '../matrix/constant-variance.ts';

export interface StandardScalerOptions {
  /** Whether to subtract each column's mean. Must be false for sparse X, which it would fill. Default true. */
  withMean?: boolean;
  /** Whether to divide by each column's standard deviation. Default true. */
  withStd?: boolean;
}

/** What StandardScaler has learned. */
export interface StandardScalerFitted extends FeaturesSeen {
  /** One per column, in its unit; null when neither option needs it. */
  mean: Float64Array | null;
  /** Population variance (ddof 0), one per column, in its unit squared; null without `withStd`. */
  variance: Float64Array | null;
  /** √variance, one per column; 1 for a column without spread; null without `withStd`. */
  scale: Float64Array | null;
  /** Rows that were not NaN, or their weights' sum: one number when all columns agree, else one per column. */
  nSamplesSeen: number | Float64Array;
}

/**
 * Standardises columns: x′ = (x − mean) / √variance, with the population variance.
 *
 * X: samples × features, dense or CSR (with `withMean: false`; implicit zeros count, the pattern stays).
 * NaN is skipped in fit and kept in transform. `sampleWeight` weighs rows.
 * A column counts as constant, and is not scaled, when variance ≤ n·ε·variance + (n·mean·ε)²: below that the
 * variance cannot be told from rounding.
 *
 * `fitted`: mean, variance, scale, nSamplesSeen.
 *
 * Counterpart: scikit-learn's StandardScaler; `variance` is its `var_`.
 * Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", The American Statistician
 * 37(3), 1983.
 *
 * @example
 * const scaler = await new StandardScaler().fit([[1, 10], [3, 10]]);
 * (await scaler.transform([[1, 10]])).toArray(); // [[-1, 0]]
 */
export class StandardScaler extends MatrixTransformer<StandardScalerOptions, Omit<StandardScalerFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<StandardScalerOptions> = { withMean: flag(true), withStd: flag(true) };

  protected override get allowNaN(): boolean {
    return true;
  }

  static {
    declareAtOnce(StandardScaler.prototype.fitTransform, (owner: StandardScaler, [X, , options], use) => owner.#fitTransform(X, options, use));
  }

  override async fitTransform(X: MatrixLike, _y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<Matrix> {
    return this.#fitTransform(X, options, (scaled) => lasting(scaled, X instanceof CsrMatrix ? X : scaled));
  }

  #fitTransform<Result>(X: MatrixLike, { sampleWeight }: FitOptions = {}, use: (scaled: Matrix) => Result): Result {
    const isSparse = X instanceof CsrMatrix && this.options.withStd;
    const matrix = asMatrix(this.owner, X, { allowNaN: true, checkValues: !isSparse });
    this.#refuseFilling(matrix);
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows);
    if (matrix.kind === 'csr' && isSparse) {
      const learnFactors = (moments: ColumnMoments): Float64Array => {
        // An infinite entry leaves no mean finite; there are fewer columns than entries to look at.
        if (!allFinite(moments.mean)) checkFinite(this.owner, matrix, true);
        const learned = this.#summary(moments, 'csr');
        this.restore({ ...learned, nFeaturesIn: matrix.cols });
        return inverses(learned.scale!);
      };
      return scaleByMoments(matrix, weights, learnFactors, use);
    }
    this.restore({ ...this.learn(matrix, undefined, weights), nFeaturesIn: matrix.cols });
    return use(this.apply(matrix, this.fitted));
  }

  protected learn(X: Matrix, _y: unknown, sampleWeight: Float64Array | undefined): Omit<StandardScalerFitted, 'nFeaturesIn'> {
    this.#refuseFilling(X);
    return this.#summary(columnMoments(X, sampleWeight), X.kind);
  }

  /**
   * Learns from more rows, as if they had been in fit from the start; the first call is a fit.
   * @throws ShapeError when X has other columns than before
   */
  async partialFit(X: MatrixLike, y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<this> {
    if (!this.isFitted) return this.fit(X, y, options);
    const matrix = asMatrix(this.owner, this.checkSeen(X), { allowNaN: true });
    this.#refuseFilling(matrix);
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, matrix.rows);
    const { mean, variance, nSamplesSeen, nFeaturesIn } = this.fitted;
    const nothing = new Float64Array(nFeaturesIn);
    const seen: ColumnMoments = {
      mean: mean ?? nothing,
      variance: variance ?? nothing,
      weight: typeof nSamplesSeen === 'number' ? nothing.slice().fill(nSamplesSeen) : nSamplesSeen,
    };
    const moments = combineMoments(seen, columnMoments(matrix, sampleWeight));
    return this.restore({ ...this.#summary(moments, matrix.kind), nFeaturesIn });
  }

  protected apply(X: Matrix, { mean, scale }: StandardScalerFitted): Matrix {
    this.#refuseFilling(X);
    if (X.kind === 'csr') return scale ? scaleColumns(X, inverses(scale)) : X.copy();
    const { rows, cols, data } = X;
    const shift = (this.options.withMean ? mean : null) ?? new Float64Array(cols);
    const unit = scale ?? new Float64Array(cols).fill(1);
    const result = new DenseMatrix(rows, cols);
    const out = result.data;
    for (let start = 0; start < out.length; start += cols) {
      for (let j = 0; j < cols; j++) out[start + j] = (data[start + j] - shift[j]) / unit[j];
    }
    return result;
  }

  /** x′·scale + mean: back to the columns' own units. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { mean, scale } = this.fitted;
    const matrix = this.checkSeen(X);
    this.#refuseFilling(matrix);
    if (matrix.kind === 'csr') return scale ? scaleColumns(matrix, scale) : matrix.copy();
    const shift = this.options.withMean ? mean : null;
    const data = matrix.data.slice();
    for (let start = 0; start < data.length; start += matrix.cols) {
      if (scale) for (let j = 0; j < matrix.cols; j++) data[start + j] *= scale[j];
      if (shift) for (let j = 0; j < matrix.cols; j++) data[start + j] += shift[j];
    }
    return new DenseMatrix(matrix.rows, matrix.cols, data);
  }

  #refuseFilling(X: Matrix): void {
    if (X.kind === 'csr' && this.options.withMean) {
      throw new DataError(`${this.owner}: withMean: true would fill a sparse matrix. Use withMean: false.`);
    }
  }

  #summary({ mean, variance, weight }: ColumnMoments, kind: Matrix['kind']): Omit<StandardScalerFitted, 'nFeaturesIn'> {
    const { withMean, withStd } = this.options;
    const nSamplesSeen = areAll(weight, weight[0]) ? weight[0] : weight;
    if (!withStd) return { mean: withMean && kind === 'dense' ? mean : null, variance: null, scale: null, nSamplesSeen };
    const scale = new Float64Array(variance.length);
    for (let j = 0; j < scale.length; j++) scale[j] = isConstantVariance(variance[j], mean[j], weight[j]) ? 1 : Math.sqrt(variance[j]);
    return { mean, variance, scale, nSamplesSeen };
  }
}

// Loops: over as many columns as a text has words, methods that call a function for each take as long as all the rest.

function inverses(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let j = 0; j < values.length; j++) result[j] = 1 / values[j];
  return result;
}

function areAll(values: Float64Array, value: number): boolean {
  for (let j = 0; j < values.length; j++) if (values[j] !== value) return false;
  return true;
}
