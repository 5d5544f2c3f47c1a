import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { normalQuantile } from '../core/normal-distribution.ts';
import { custom, flag, type Rule, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { scaleColumns } from '../matrix/scale-columns.ts';
import { columnValues } from './column-values.ts';
import { present, quantiles, sortForQuantiles } from '../core/quantiles.ts';
import { withoutZeros } from './without-zeros.ts';

export interface RobustScalerOptions {
  /** Whether to subtract each column's median. Must be false for sparse X, which it would fill. Default true. */
  withCentering?: boolean;
  /** Whether to divide by each column's quantile range. Default true. */
  withScaling?: boolean;
  /** Lower and upper percentile of the range, 0 ≤ lower ≤ upper ≤ 100. Default [25, 75]. */
  quantileRange?: readonly [number, number];
  /** Whether to stretch so that a normally distributed column gets variance 1. Default false. */
  unitVariance?: boolean;
}

/** What RobustScaler has learned. */
export interface RobustScalerLearned {
  /** Median of each column; null without `withCentering`. */
  center: Float64Array | null;
  /** Quantile range of each column, 1 where it is 0; null without `withScaling`. */
  scale: Float64Array | null;
}

/** Two percentiles, lower ≤ upper. */
const percentiles = (low: number, high: number): Rule<readonly [number, number]> =>
  custom<readonly [number, number]>(
    [low, high],
    'two percentiles [lower, upper] with 0 ≤ lower ≤ upper ≤ 100',
    (v) => Array.isArray(v) && v.length === 2 && v[0] >= 0 && v[0] <= v[1] && v[1] <= 100,
    [75, 25],
  );

/**
 * Scales columns by statistics that outliers do not move: x′ = (x − median) / (q₇₅ − q₂₅).
 *
 * X: samples × features, dense or CSR (with `withCentering: false`; implicit zeros count). NaN is skipped in fit and
 * kept in transform. A range of 0 counts as 1. Percentiles are read linearly between values.
 *
 * `fitted`: center, scale, nFeaturesIn.
 *
 * Counterpart: scikit-learn's RobustScaler.
 *
 * @example
 * const scaler = await new RobustScaler().fit([[1], [2], [3], [4], [500]]);
 * (await scaler.transform([[5]])).toArray(); // [[1]]
 */
export class RobustScaler extends MatrixTransformer<RobustScalerOptions, RobustScalerLearned> {
  static override readonly rules: Rules<RobustScalerOptions> = {
    withCentering: flag(true),
    withScaling: flag(true),
    quantileRange: percentiles(25, 75),
    unitVariance: flag(false),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): RobustScalerLearned {
    this.#refuseFilling(X);
    const { withCentering, withScaling, quantileRange, unitVariance } = this.options;
    const column = columnValues(X);
    const center = new Float64Array(X.cols);
    const range = new Float64Array(X.cols);
    const levels = quantileRange.map((percent) => percent / 100);
    for (let j = 0; j < X.cols; j++) {
      const values = present(column(j));
      const n = values.length;
      sortForQuantiles(values, [0.5, ...levels]);
      center[j] = n === 0 ? Number.NaN : (values[(n - 1) >> 1] + values[n >> 1]) / 2;
      const [low, high] = quantiles(values, levels);
      range[j] = high - low;
    }
    const normalRange = unitVariance ? normalQuantile(quantileRange[1] / 100) - normalQuantile(quantileRange[0] / 100) : 1;
    return { center: withCentering ? center : null, scale: withScaling ? withoutZeros(range).map((scale) => scale / normalRange) : null };
  }

  protected apply(X: Matrix, { center, scale }: RobustScalerLearned): Matrix {
    this.#refuseFilling(X);
    if (X.kind === 'csr') return scale ? scaleColumns(X, scale.map((s) => 1 / s)) : X.copy();
    const { rows, cols, data } = X;
    const centers = center ?? new Float64Array(cols);
    const scales = scale ?? new Float64Array(cols).fill(1);
    const result = new Float64Array(data.length);
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) result[start + j] = (data[start + j] - centers[j]) / scales[j];
    }
    return new DenseMatrix(rows, cols, result);
  }

  /** x′·scale + center: back to the columns' own units. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { center, scale } = this.fitted;
    const matrix = this.checkSeen(X);
    this.#refuseFilling(matrix);
    if (matrix.kind === 'csr') return scale ? scaleColumns(matrix, scale) : matrix.copy();
    const data = matrix.data.slice();
    for (let start = 0; start < data.length; start += matrix.cols) {
      if (scale) for (let j = 0; j < matrix.cols; j++) data[start + j] *= scale[j];
      if (center) for (let j = 0; j < matrix.cols; j++) data[start + j] += center[j];
    }
    return new DenseMatrix(matrix.rows, matrix.cols, data);
  }

  #refuseFilling(X: Matrix): void {
    if (X.kind === 'csr' && this.options.withCentering) {
      throw new DataError(`${this.owner}: withCentering: true would fill a sparse matrix. Use withCentering: false.`);
    }
  }
}
