import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { normalCdf, normalQuantile } from '../core/normal-distribution.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, flag, integer, optional, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { linspace, quantiles as quantilesOf, sortedPresent } from '../core/quantiles.ts';

export interface QuantileTransformerOptions {
  /** Points at which the distribution is remembered, at most as many as rows. Default 1000. */
  nQuantiles?: number;
  /** 'uniform': shares from 0 to 1; 'normal': normally distributed values. Default 'uniform'. */
  outputDistribution?: 'uniform' | 'normal';
  /** Whether what a sparse X does not store counts for nothing, instead of for zeros. Default false. */
  ignoreImplicitZeros?: boolean;
  /** Rows to learn from, drawn at random where there are more; null for all. Default 10000. */
  subsample?: number | null;
  /** Seed of the draw; null is seed 0. Default null. */
  randomState?: number | null;
}

/** What QuantileTransformer has learned. */
export interface QuantileTransformerLearned {
  /** nQuantiles × columns: values at the references, ascending in each column. */
  quantiles: DenseMatrix;
  /** Shares from 0 to 1, equally far apart. */
  references: Float64Array;
}

/** How close to 0 or 1 a share counts as it, with 'normal'. */
const BOUND = 1e-7;
const FARTHEST = normalQuantile(1 - (BOUND - Number.EPSILON));
const NEAREST = normalQuantile(BOUND - Number.EPSILON);

/**
 * Replaces each value by the share of rows below it, x′ = F(x), or by the normal value of that share, x′ = Φ⁻¹(F(x)).
 * F is linear between the quantiles of fit; what lies outside becomes 0 or 1 (±5.2 with 'normal').
 *
 * X: samples × features, dense, or CSR without negative values (only what is stored is transformed). NaN is skipped in
 * fit and kept in transform.
 *
 * `fitted`: quantiles, references, nFeaturesIn.
 *
 * Counterpart: scikit-learn's QuantileTransformer.
 *
 * @example
 * const transformer = await new QuantileTransformer().fit([[1], [10], [100]]);
 * (await transformer.transform([[10], [55]])).toArray(); // [[0.5], [0.75]]
 */
export class QuantileTransformer extends MatrixTransformer<QuantileTransformerOptions, QuantileTransformerLearned> {
  static override readonly rules: Rules<QuantileTransformerOptions> = {
    nQuantiles: integer(1000, { min: 1 }),
    outputDistribution: choice('uniform', ['uniform', 'normal']),
    ignoreImplicitZeros: flag(false),
    subsample: optional(integer(10000, { min: 1 }), 10000),
    randomState: seed(),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): QuantileTransformerLearned {
    const { nQuantiles, subsample, randomState } = this.options;
    if (subsample !== null && nQuantiles > subsample) {
      throw new OptionError(`${this.owner}: nQuantiles must be at most subsample (${subsample}), got ${nQuantiles}.`);
    }
    this.#refuseNegative(X);
    const references = linspace(0, 1, Math.max(1, Math.min(nQuantiles, X.rows)));
    const random = new RandomState(randomState);
    const columns = X.kind === 'dense' ? this.#denseColumns(X, random) : this.#sparseColumns(X, random);
    const quantiles = new DenseMatrix(references.length, X.cols);
    // Percentages and back, as numpy is asked: the rounding counts where values jump.
    const levels = references.map((share) => (share * 100) / 100);
    for (let j = 0; j < X.cols; j++) {
      const values = columns(j);
      if (values.length === 0) continue;
      quantilesOf(sortedPresent(values), levels).forEach((value, k) => (quantiles.data[k * X.cols + j] = value));
    }
    return { quantiles, references };
  }

  protected apply(X: Matrix, { quantiles, references }: QuantileTransformerLearned): Matrix {
    this.#refuseNegative(X);
    const normal = this.options.outputDistribution === 'normal';
    const columns = Array.from({ length: X.cols }, (_, j) => quantiles.col(j));
    return mapValues(X, (value, j) => {
      if (value !== value) return value;
      const known = columns[j];
      const last = known[known.length - 1];
      let share = 0.5 * (interpolate(value, known, references) + interpolateFromAbove(value, known, references));
      if (normal ? value + BOUND > last : value === last) share = 1;
      if (normal ? value - BOUND < known[0] : value === known[0]) share = 0;
      return normal ? Math.min(Math.max(normalQuantile(share), NEAREST), FARTHEST) : share;
    });
  }

  /** Back to the columns' own units, linearly between the quantiles of fit. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { quantiles, references } = this.fitted;
    const matrix = this.checkSeen(X);
    const normal = this.options.outputDistribution === 'normal';
    const columns = Array.from({ length: matrix.cols }, (_, j) => quantiles.col(j));
    return mapValues(matrix, (value, j) => {
      if (value !== value) return value;
      const share = normal ? normalCdf(value) : value;
      const known = columns[j];
      if (normal ? share - BOUND < 0 : share === 0) return known[0];
      if (normal ? share + BOUND > 1 : share === 1) return known[known.length - 1];
      return interpolate(share, references, known);
    });
  }

  #denseColumns(X: DenseMatrix, random: RandomState): (j: number) => Float64Array {
    const { subsample } = this.options;
    const sample = subsample !== null && subsample < X.rows ? X.take(random.permutation(X.rows).subarray(0, subsample)) : X;
    return (j) => sample.col(j);
  }

  #sparseColumns(X: CsrMatrix, random: RandomState): (j: number) => Float64Array {
    const { subsample, ignoreImplicitZeros } = this.options;
    const byColumn = X.transpose();
    return (j) => {
      const stored = byColumn.data.subarray(byColumn.indptr[j], byColumn.indptr[j + 1]);
      if (subsample !== null && stored.length > subsample) {
        const size = ignoreImplicitZeros ? subsample : Math.floor((subsample * stored.length) / X.rows);
        const values = new Float64Array(subsample);
        random.permutation(stored.length).subarray(0, size).forEach((p, at) => (values[at] = stored[p]));
        return values;
      }
      const values = new Float64Array(ignoreImplicitZeros ? stored.length : X.rows);
      values.set(stored);
      return values;
    };
  }

  #refuseNegative(X: Matrix): void {
    if (X.kind === 'dense' || this.options.ignoreImplicitZeros || !X.data.some((value) => value < 0)) return;
    throw new DataError(`${this.owner}: a sparse X must not be negative, its zeros would not stay 0. Use X.toDense(), or ignoreImplicitZeros: true.`);
  }
}

function mapValues(X: Matrix, change: (value: number, j: number) => number): Matrix {
  if (X.kind === 'dense') return new DenseMatrix(X.rows, X.cols, X.data.map((value, p) => change(value, p % X.cols)));
  return X.withData(X.data.map((value, p) => change(value, X.indices[p])));
}

/** y at x, linear between points of ascending xs; of equal xs the last counts. Counterpart: numpy.interp. */
function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  const last = xs.length - 1;
  if (!(x >= xs[0])) return x !== x ? x : ys[0];
  if (x >= xs[last]) return ys[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  if (x === xs[low]) return ys[low];
  return ((ys[high] - ys[low]) / (xs[high] - xs[low])) * (x - xs[low]) + ys[low];
}

/** The same with the first of equal xs: interpolation in the mirror. */
function interpolateFromAbove(x: number, xs: Float64Array, ys: Float64Array): number {
  const last = xs.length - 1;
  if (last === 0 || x > xs[last]) return ys[last];
  if (x <= xs[0]) return ys[0];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (xs[middle] < x) low = middle;
    else high = middle;
  }
  if (x === xs[high]) return ys[high];
  return ((ys[low] - ys[high]) / (xs[high] - xs[low])) * (xs[high] - x) + ys[high];
}
