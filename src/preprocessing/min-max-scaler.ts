import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { custom, flag, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { withoutZeros } from './without-zeros.ts';

export interface MinMaxScalerOptions {
  /** Lowest and highest value of each column after scaling, [low, high] with low < high. Default [0, 1]. */
  featureRange?: readonly [number, number];
  /** Whether to cut what lies outside the range seen in fit down to `featureRange`. Default false. */
  clip?: boolean;
}

/** What MinMaxScaler has learned. */
export interface MinMaxScalerFitted extends FeaturesSeen {
  /** Smallest value, one per column, NaN skipped. */
  dataMin: Float64Array;
  /** Largest value, one per column, NaN skipped. */
  dataMax: Float64Array;
  /** dataMax − dataMin, one per column. */
  dataRange: Float64Array;
  /** (high − low) / dataRange, one per column; a range of 0 counts as 1. */
  scale: Float64Array;
  /** low − dataMin·scale, one per column. */
  min: Float64Array;
  /** Rows in fit. */
  nSamplesSeen: number;
}

/**
 * Brings each column to a range: x′ = low + (x − dataMin)·(high − low) / (dataMax − dataMin).
 *
 * X: samples × features, dense; a sparse X is refused, as its zeros would move. NaN is skipped in fit and
 * kept in transform. A constant column is shifted to `low` and not stretched. Values outside what fit saw
 * land outside the range unless `clip`.
 *
 * `fitted`: dataMin, dataMax, dataRange, scale, min, nSamplesSeen.
 *
 * Counterpart: scikit-learn's MinMaxScaler.
 *
 * @example
 * const scaler = await new MinMaxScaler().fit([[1], [5]]);
 * (await scaler.transform([[2]])).toArray(); // [[0.25]]
 */
export class MinMaxScaler extends MatrixTransformer<MinMaxScalerOptions, Omit<MinMaxScalerFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<MinMaxScalerOptions> = {
    featureRange: custom<readonly [number, number]>(
      [0, 1],
      'two finite numbers [low, high] with low < high',
      (v) => Array.isArray(v) && v.length === 2 && v.every(Number.isFinite) && v[0] < v[1],
      [1, 0],
    ),
    clip: flag(false),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): Omit<MinMaxScalerFitted, 'nFeaturesIn'> {
    const nothing = new Float64Array(X.cols).fill(Number.NaN);
    return this.#summary(this.#dense(X), nothing, nothing, 0);
  }

  /** Learns from more rows, as if they had been in fit from the start; the first call is a fit. */
  async partialFit(X: MatrixLike): Promise<this> {
    if (!this.isFitted) return this.fit(X);
    const matrix = asMatrix(this.owner, this.checkSeen(X), { allowNaN: true });
    const { dataMin, dataMax, nSamplesSeen, nFeaturesIn } = this.fitted;
    return this.restore({ ...this.#summary(this.#dense(matrix), dataMin, dataMax, nSamplesSeen), nFeaturesIn });
  }

  protected apply(X: Matrix, { scale, min }: MinMaxScalerFitted): Matrix {
    const { rows, cols, data } = this.#dense(X);
    const [low, high] = this.options.featureRange;
    const { clip } = this.options;
    const scaled = new Float64Array(data.length);
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) {
        const value = data[start + j] * scale[j] + min[j];
        scaled[start + j] = clip ? Math.min(Math.max(value, low), high) : value;
      }
    }
    return new DenseMatrix(rows, cols, scaled);
  }

  /** (x′ − min) / scale: back to the columns' own units. What `clip` cut does not come back. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { scale, min } = this.fitted;
    const { rows, cols, data } = this.#dense(this.checkSeen(X));
    const original = new Float64Array(data.length);
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) original[start + j] = (data[start + j] - min[j]) / scale[j];
    }
    return new DenseMatrix(rows, cols, original);
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, a shift would fill a sparse matrix. Use MaxAbsScaler.`);
  }

  /** Joins the extremes of X to those seen before; NaN stands for "none yet". */
  #summary(X: DenseMatrix, minBefore: Float64Array, maxBefore: Float64Array, rowsBefore: number): Omit<MinMaxScalerFitted, 'nFeaturesIn'> {
    const dataMin = minBefore.slice();
    const dataMax = maxBefore.slice();
    for (let start = 0; start < X.data.length; start += X.cols) {
      for (let j = 0; j < X.cols; j++) {
        const x = X.data[start + j];
        // Written so that a NaN extreme gives way to x, and a NaN x to the extreme.
        if (!(dataMin[j] <= x) && x === x) dataMin[j] = x;
        if (!(dataMax[j] >= x) && x === x) dataMax[j] = x;
      }
    }
    const [low, high] = this.options.featureRange;
    const dataRange = dataMax.map((most, j) => most - dataMin[j]);
    const scale = withoutZeros(dataRange).map((range) => (high - low) / range);
    const min = dataMin.map((least, j) => low - least * scale[j]);
    return { dataMin, dataMax, dataRange, scale, min, nSamplesSeen: rowsBefore + X.rows };
  }
}
