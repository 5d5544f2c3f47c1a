import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { OptionError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, either, positive, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { chi2Mass } from '../core/survival.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { denseOnly } from '../matrix/dense-only.ts';
import { checkFeatures, type MatrixLike } from '../matrix/matrix.ts';
import { compactHeight, densityKernels, isCompact, logKernelNorm, type DensityKernelName } from './density-kernel.ts';
import { fromReduced } from './metric.ts';
import { findNeighborhoods, fitSearch, type NeighborsFitted } from './neighbor-search.ts';

export interface KernelDensityOptions {
  /** How far a row's hill reaches, in the unit of X, above 0; 'scott' n^(−1/(d + 4)), 'silverman' (n·(d + 2)/4)^(−1/(d + 4)) for n rows of d columns. Default 1. */
  bandwidth?: number | 'scott' | 'silverman';
  /** The shape of the hill over t = distance / bandwidth: 'gaussian' exp(−t²/2), 'exponential' exp(−t); for t < 1, 'tophat' 1, 'epanechnikov' 1 − t², 'linear' 1 − t, 'cosine' cos(πt/2). Default 'gaussian'. */
  kernel?: DensityKernelName;
  /** 'euclidean', 'manhattan' or 'chebyshev'. Densities sum to 1 with 'euclidean' only. Default 'euclidean'. */
  metric?: 'euclidean' | 'manhattan' | 'chebyshev';
}

/** What KernelDensity has learned. */
export interface KernelDensityFitted extends NeighborsFitted, FeaturesSeen {
  /** The bandwidth as a number. */
  bandwidth: number;
  /** Weights of the rows; null where all weigh the same. */
  sampleWeight: Float64Array | null;
}

/** e to this is nothing beside 1, however many rows there are. */
const NOTHING = -70;

/**
 * Estimates how densely rows lie by putting a hill K on each of them:
 *
 *     density(x) = Σᵢ wᵢ·K(distance(x, xᵢ) / bandwidth) / (Σᵢ wᵢ · volume of a hill).
 *
 * X: rows × columns, dense. `y` is not used; `sampleWeight` weighs the hills. `scoreSamples` gives logarithms, −∞ where no hill
 * reaches. Sums are complete and summed from their largest term on, so that logarithms far out stay finite.
 *
 * `fitted`: bandwidth, sampleWeight, and what is searched.
 *
 * @throws DataError for a sparse X
 *
 * Counterpart: scikit-learn's KernelDensity, with other tree metrics and metrics of one's own left out. There is no need of its
 * algorithm, leaf_size, breadth_first, atol and rtol, which find the same sums faster or less exactly. `sample` draws the same rows
 * for the same seed; null is seed 0. Where no hill reaches, scikit-learn may leave what rounding makes of −∞. 'cosine' densities
 * sum to 1 on any number of columns; on an even one scikit-learn's are off by a factor, or NaN, and on many they lose digits.
 * Source: Silverman, "Density Estimation for Statistics and Data Analysis", Chapman and Hall, 1986.
 *
 * @example
 * const density = await new KernelDensity({ bandwidth: 0.5 }).fit(X);
 * await density.scoreSamples(Xnew); // ln of the density at each row
 */
export class KernelDensity extends Estimator<KernelDensityOptions, KernelDensityFitted> {
  static override readonly rules: Rules<KernelDensityOptions> = {
    bandwidth: either<number | 'scott' | 'silverman'>([positive(1), choice('scott', ['scott', 'silverman'])], 1),
    kernel: choice<DensityKernelName>('gaussian', [...densityKernels]),
    metric: choice('euclidean', ['euclidean', 'manhattan', 'chebyshev']),
  };

  /** It tells how likely rows are, which are no classes of y. */
  get estimatorType(): 'densityEstimator' {
    return 'densityEstimator';
  }

  /** @throws ShapeError, DataError for an X or weights that cannot be learned from. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>, { sampleWeight }: FitOptions = {}): Promise<this> {
    const matrix = denseOnly(this.owner, X, 1);
    checkSameRows(this.owner, { X: matrix, y });
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows) ?? null;
    const search = fitSearch(this.owner, matrix, { algorithm: 'auto', leafSize: 40, metric: this.options.metric, p: 2 }, 0);
    return this.restore({ ...search, bandwidth: this.#bandwidthFor(matrix), sampleWeight: weights, nFeaturesIn: matrix.cols });
  }

  /** ln of the density at each row. */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const { fitX, bandwidth, sampleWeight, nFeaturesIn } = this.fitted;
    const matrix = denseOnly(this.owner, X, 0);
    checkFeatures(this.owner, matrix, nFeaturesIn);
    const sums = isCompact(this.options.kernel) ? this.#compactSums(matrix) : this.#longSums(matrix);
    const total = sampleWeight?.reduce((a, b) => a + b, 0) ?? fitX.rows;
    const constant = logKernelNorm(this.options.kernel, bandwidth, matrix.cols) - Math.log(total);
    return sums.map((sum) => sum + constant);
  }

  /** The sum of scoreSamples(X), the log likelihood of the rows; higher is better. `y` is not used. */
  async score(X: MatrixLike, _y?: ArrayLike<unknown>): Promise<number> {
    return (await this.scoreSamples(X)).reduce((a, b) => a + b, 0);
  }

  /** Draws rows from the density: a hill by its weight, and a place under it. @throws OptionError for kernels other than 'gaussian' and 'tophat' */
  async sample(nSamples = 1, randomState: number | null = null): Promise<DenseMatrix> {
    if (!Number.isInteger(nSamples) || nSamples < 1) throw new OptionError(`${this.owner}: sample must be told a whole number of at least 1, got ${show(nSamples)}.`);
    const { kernel } = this.options;
    const { fitX, bandwidth } = this.fitted;
    if (kernel !== 'gaussian' && kernel !== 'tophat') throw new OptionError(`${this.owner}: sample needs kernel 'gaussian' or 'tophat', got '${kernel}'.`);
    const random = new RandomState(randomState);
    const drawn = fitX.toDense().take(this.#hills(random.uniform(0, 1, nSamples)));
    const steps = new DenseMatrix(nSamples, drawn.cols, random.standardNormal(nSamples * drawn.cols));
    for (let i = 0; i < nSamples; i++) {
      const step = steps.row(i);
      const square = step.reduce((sum, value) => sum + value * value, 0);
      // A normal direction, and a distance that leaves the same volume between any two.
      const length = kernel === 'gaussian' ? bandwidth : (chi2Mass(square, drawn.cols) ** (1 / drawn.cols) * bandwidth) / Math.sqrt(square);
      const row = drawn.row(i);
      for (let j = 0; j < row.length; j++) row[j] += length * step[j];
    }
    return drawn;
  }

  #bandwidthFor({ rows, cols }: DenseMatrix): number {
    const { bandwidth } = this.options;
    if (typeof bandwidth === 'number') return bandwidth;
    return (bandwidth === 'scott' ? rows : (rows * (cols + 2)) / 4) ** (-1 / (cols + 4));
  }

  /** ln Σ w·K for each query, of hills that end. */
  #compactSums(X: DenseMatrix): Float64Array {
    const { kernel } = this.options;
    const { bandwidth, sampleWeight } = this.fitted;
    const { starts, distances, indices } = findNeighborhoods(this.owner, this.fitted, X, bandwidth);
    return Float64Array.from({ length: X.rows }, (_, i) => {
      let sum = 0;
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        if (distances[e] < bandwidth) sum += (sampleWeight ? sampleWeight[indices[e]] : 1) * compactHeight(kernel, distances[e] / bandwidth);
      }
      return Math.log(sum);
    });
  }

  /** The same of hills without end. */
  #longSums(X: DenseMatrix): Float64Array {
    const { fitX, bandwidth, sampleWeight, effectiveMetric } = this.fitted;
    const columns = fitX.toDense().transpose();
    const isGaussian = this.options.kernel === 'gaussian';
    const gaps = new Float64Array(fitX.rows);
    const exponent = (reduced: number): number => (isGaussian && effectiveMetric.name === 'euclidean' ? (-0.5 * reduced) / (bandwidth * bandwidth) : powerOf(fromReduced(reduced, effectiveMetric) / bandwidth, isGaussian));
    return Float64Array.from({ length: X.rows }, (_, i) => {
      fillGaps(X.row(i), columns, effectiveMetric.name, gaps);
      let nearest = Infinity;
      for (let j = 0; j < gaps.length; j++) if (gaps[j] < nearest && (!sampleWeight || sampleWeight[j] > 0)) nearest = gaps[j];
      const most = exponent(nearest);
      let sum = 0;
      for (let j = 0; j < gaps.length; j++) {
        const power = exponent(gaps[j]) - most;
        if (power > NOTHING) sum += (sampleWeight ? sampleWeight[j] : 1) * Math.exp(power);
      }
      return most + Math.log(sum);
    });
  }

  /** Row numbers of hills for numbers in [0, 1). */
  #hills(shares: Float64Array): Int32Array {
    const { fitX, sampleWeight } = this.fitted;
    if (!sampleWeight) return Int32Array.from(shares, (share) => Math.floor(share * fitX.rows));
    let total = 0;
    const sums = sampleWeight.map((weight) => (total += weight));
    return Int32Array.from(shares, (share) => {
      let low = 0;
      let high = sums.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sums[middle] < share * total) low = middle + 1;
        else high = middle;
      }
      return low;
    });
  }
}

const powerOf = (t: number, isGaussian: boolean): number => (isGaussian ? -0.5 * t * t : -t);

/** Reduced distances of a row to the rows of a matrix, given column by column. */
function fillGaps(row: Float64Array, columns: DenseMatrix, metric: string, out: Float64Array): void {
  out.fill(0);
  for (let j = 0; j < row.length; j++) {
    const value = row[j];
    const column = columns.row(j);
    if (metric === 'euclidean') for (let i = 0; i < out.length; i++) out[i] += (column[i] - value) * (column[i] - value);
    else if (metric === 'manhattan') for (let i = 0; i < out.length; i++) out[i] += Math.abs(column[i] - value);
    else for (let i = 0; i < out.length; i++) out[i] = Math.max(out[i], Math.abs(column[i] - value));
  }
}
