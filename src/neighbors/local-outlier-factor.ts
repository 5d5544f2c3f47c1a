import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { OptionError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import { quantiles, sortedPresent } from '../core/quantiles.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, either, flag, integer, number, type Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { findNeighbors, fitSearch, neighborsGraph, type Neighbors, type NeighborsFitted } from './neighbor-search.ts';
import { searchRules, type NeighborsOptions } from './neighbors-options.ts';

export interface LocalOutlierFactorOptions extends NeighborsOptions {
  /** How many neighbours a row is compared with, at least 1; all others where there are fewer. Default 20. */
  nNeighbors?: number;
  /** Share of outliers among the rows in fit, in (0, 0.5], which the threshold is set by; 'auto' is −1.5. Default 'auto'. */
  contamination?: number | 'auto';
  /** Whether it is to judge rows other than those of fit. Default false: `fitPredict` tells the outliers in fit. */
  novelty?: boolean;
}

/** What LocalOutlierFactor has learned. */
export interface LocalOutlierFactorFitted extends NeighborsFitted, FeaturesSeen {
  /** For each row of fit, minus its factor: about −1 for usual rows, far below for outliers. */
  negativeOutlierFactor: Float64Array;
  /** What decisionFunction takes off scoreSamples. */
  offset: number;
  /** How many neighbours were taken. */
  nNeighbors: number;
  /** For each row of fit: the distance of its farthest neighbour taken, and how densely it lies. */
  kDistances: Float64Array;
  densities: Float64Array;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

/** Rows that have more duplicates than neighbours are taken get a factor beyond this. */
const DUPLICATES = -1e7;

/**
 * Finds outliers as the rows that lie in sparser surroundings than their neighbours do. With Nₖ(x) the k nearest rows and d_k(z)
 * the distance from z to its own k-th,
 *
 *     density(x) = 1 / (10⁻¹⁰ + mean over z in Nₖ(x) of max(d_k(z), d(x, z))),
 *     factor(x)  = mean over z in Nₖ(x) of density(z) / density(x),
 *
 * about 1 amid rows as dense, and larger the more x stands apart.
 *
 * X: rows × columns, dense or CSR; `y` is not used. `fitPredict` gives 1 for rows as they should be and −1 for outliers. With
 * `novelty`, `predict`, `decisionFunction` and `scoreSamples` judge new rows, each as if it alone were added; a row of fit then
 * is a neighbour of itself. Rows that are equally far are taken by row number (in scikit-learn the choice is arbitrary).
 *
 * `fitted`: negativeOutlierFactor, offset, nNeighbors, kDistances, densities, notes, and what is searched.
 *
 * @throws ShapeError for a single row; OptionError for a tree where the metric has none, and for methods that go with the other
 * `novelty`
 *
 * Counterpart: scikit-learn's LocalOutlierFactor. Without metric "precomputed" and metrics of one's own.
 * Source: Breunig, Kriegel, Ng and Sander, "LOF: identifying density-based local outliers", SIGMOD 2000.
 *
 * @example
 * await new LocalOutlierFactor({ contamination: 0.05 }).fitPredict(X); // −1 for 5 % of the rows
 * await (await new LocalOutlierFactor({ novelty: true }).fit(X)).predict(Xnew);
 */
export class LocalOutlierFactor extends Estimator<LocalOutlierFactorOptions, LocalOutlierFactorFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<LocalOutlierFactorOptions> = {
    nNeighbors: integer(20, { min: 1 }),
    ...searchRules,
    contamination: either<number | 'auto'>([choice('auto', ['auto']), number(0.1, { min: 0, max: 0.5, openMin: true })], 'auto'),
    novelty: flag(false),
  };

  /** It predicts whether rows are outliers, which is no class of y. */
  get estimatorType(): 'outlierDetector' {
    return 'outlierDetector';
  }

  /** @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>): Promise<this> {
    const matrix = asMatrix(this.owner, X, { minRows: 2 });
    checkSameRows(this.owner, { X: matrix, y });
    const { contamination, novelty } = this.options;
    const nNeighbors = Math.min(this.options.nNeighbors, matrix.rows - 1);
    const search = fitSearch(this.owner, matrix, this.options, nNeighbors);
    const near = findNeighbors(this.owner, search, null, nNeighbors);
    const kDistances = Float64Array.from({ length: matrix.rows }, (_, i) => near.distances.at(i, nNeighbors - 1));
    const densities = densitiesOf(near, kDistances);
    const negativeOutlierFactor = negativeFactors(near, densities, densities);
    const offset = contamination === 'auto' ? -1.5 : quantiles(sortedPresent(negativeOutlierFactor), [contamination])[0];
    const notes: string[] = [];
    if (this.options.nNeighbors > matrix.rows) notes.push(`${this.owner}: nNeighbors ${this.options.nNeighbors} is more than there are rows, each row was compared with all ${nNeighbors} others.`);
    if (!novelty && negativeOutlierFactor.some((factor) => factor < DUPLICATES)) notes.push(`${this.owner}: some rows have more duplicates than neighbours are taken, and rows beside them seem outliers. Raise nNeighbors.`);
    return this.restore({ ...search, negativeOutlierFactor, offset, nNeighbors, kDistances, densities, notes, nFeaturesIn: matrix.cols });
  }

  /** Learns from X and tells its outliers: −1 where the factor is beyond the threshold, else 1. @throws OptionError with `novelty` */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>): Promise<Int32Array> {
    if (this.options.novelty) throw new OptionError(`${this.owner}: novelty must be false to judge the rows of fit, got true. Leave it out, or use fit and predict.`);
    const { negativeOutlierFactor, offset } = (await this.fit(X, y)).fitted;
    return Int32Array.from(negativeOutlierFactor, (factor) => (factor < offset ? -1 : 1));
  }

  /** −1 for outliers, whose decision value is below 0, and 1 for others. @throws OptionError without `novelty` */
  async predict(X: MatrixLike): Promise<Int32Array> {
    return Int32Array.from(await this.decisionFunction(X), (value) => (value < 0 ? -1 : 1));
  }

  /** scoreSamples less the threshold: below 0 for outliers. @throws OptionError without `novelty` */
  async decisionFunction(X: MatrixLike): Promise<Float64Array> {
    const scores = await this.scoreSamples(X);
    const { offset } = this.fitted;
    return scores.map((score) => score - offset);
  }

  /** Minus the factor of each row: about −1 for usual rows, lower for outliers. @throws OptionError without `novelty` */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const { densities, kDistances, nNeighbors } = this.fitted;
    if (!this.options.novelty) throw new OptionError(`${this.owner}: novelty must be true to judge new rows, got false. Use fitPredict for the rows of fit, or novelty: true.`);
    const near = findNeighbors(this.owner, this.fitted, this.#checkSeen(X), nNeighbors);
    return negativeFactors(near, densitiesOf(near, kDistances), densities);
  }

  /** The nNeighbors nearest rows of fit's X for each row of X, or, without X, for each row of fit's X among the others. */
  async kneighbors(X: MatrixLike | null = null, nNeighbors: number = this.fitted.nNeighbors): Promise<Neighbors> {
    return findNeighbors(this.owner, this.fitted, X === null ? null : this.#checkSeen(X), nNeighbors);
  }

  /** Rows × rows of fit's X: 1 ('connectivity') or the distance at each row's neighbours. */
  async kneighborsGraph(
    X: MatrixLike | null = null,
    nNeighbors: number = this.fitted.nNeighbors,
    mode: 'connectivity' | 'distance' = 'connectivity',
  ): Promise<CsrMatrix> {
    return neighborsGraph(await this.kneighbors(X, nNeighbors), this.fitted.nSamplesFit, mode);
  }

  #checkSeen(X: MatrixLike): Matrix {
    const { nFeaturesIn } = this.fitted;
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }
}

/** How densely each query lies: 1 / mean distance of its neighbours, none of which counts as nearer than its own k-th. */
function densitiesOf({ distances, indices }: Neighbors, kDistances: Float64Array): Float64Array {
  const k = distances.cols;
  return Float64Array.from({ length: distances.rows }, (_, i) => {
    let sum = 0;
    for (let p = i * k; p < (i + 1) * k; p++) sum += Math.max(distances.data[p], kDistances[indices.data[p]]);
    return 1 / (sum / k + 1e-10);
  });
}

/** − mean of the neighbours' densities, in units of the query's own. */
function negativeFactors({ indices }: Neighbors, own: Float64Array, densities: Float64Array): Float64Array {
  const k = indices.cols;
  return own.map((density, i) => {
    let sum = 0;
    for (let p = i * k; p < (i + 1) * k; p++) sum += densities[indices.data[p]] / density;
    return -sum / k;
  });
}
