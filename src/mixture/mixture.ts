import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { Binomial } from '../core/binomial.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { denseOnly } from '../matrix/dense-only.ts';
import { checkFeatures, type MatrixLike } from '../matrix/matrix.ts';
import { normalizeLogs } from '../matrix/normalize-logs.ts';
import { diagonalSpread } from './diagonal-spread.ts';
import { fullSpread } from './full-spread.ts';
import { sphericalSpread } from './spherical-spread.ts';
import type { Covariances, CovarianceType, Spread } from './spread.ts';
import type { MixtureInit } from './starting-shares.ts';
import { tiedSpread } from './tied-spread.ts';

export interface MixtureOptions {
  /** Number of components, k. Default 1. */
  nComponents?: number;
  /**
   * 'full': a covariance for each component. 'tied': one for all. 'diag': a variance for each component and column.
   * 'spherical': a variance for each component. Default 'full'.
   */
  covarianceType?: CovarianceType;
  /** Stop once the lower bound changes by less than this from round to round. Default 1e-3. */
  tol?: number;
  /** Added to every variance, in the squared unit of X, so that none becomes 0. Default 1e-6. */
  regCovar?: number;
  /** Most rounds of one run; with 0, components stay as they start. Default 100. */
  maxIter?: number;
  /** Runs from different starts, of which the one with the highest lower bound is kept. Default 1. */
  nInit?: number;
  /** What rows belong together at the start: the clusters of 'kmeans', k rows far apart ('k-means++') or any ('randomFromData'), or all at random ('random'). Default 'kmeans'. */
  initParams?: MixtureInit;
  /** Seed of the starts, and of `sample`. Default null, which is 0. */
  randomState?: number | null;
  /** Whether a further fit goes on from the components of the one before; nInit is then 1. Default false. */
  warmStart?: boolean;
}

/** The components as they stand after a round. */
export interface Components {
  /** k × columns. */
  means: DenseMatrix;
  /** By covarianceType: k matrices, one matrix, k × columns, or k numbers. */
  covariances: Covariances;
  /** W with W·Wᵀ the inverse of the covariance, as `covariances` are: upper triangular, or one over the standard deviation. */
  precisionsCholesky: Covariances;
}

/** What every mixture has learned. */
export interface MixtureFitted extends Components, FeaturesSeen {
  /** Share of each component, summing to 1. */
  weights: Float64Array;
  /** Inverses of the covariances, as these are. */
  precisions: Covariances;
  /** Whether the run that was kept came to rest before maxIter. */
  converged: boolean;
  /** Rounds of that run. */
  iterations: number;
  /** Its lower bound of the likelihood; −∞ with maxIter 0. */
  lowerBound: number;
  /** The lower bound after each of its rounds. */
  lowerBounds: Float64Array;
}

/** What rows were drawn, component by component. */
export interface MixtureSample {
  X: DenseMatrix;
  /** The component of each row. */
  labels: Int32Array;
}

export const mixtureRules: Rules<MixtureOptions> = {
  nComponents: integer(1, { min: 1 }),
  covarianceType: choice<CovarianceType>('full', ['full', 'tied', 'diag', 'spherical']),
  tol: number(1e-3, { min: 0 }),
  regCovar: number(1e-6, { min: 0 }),
  maxIter: integer(100, { min: 0 }),
  nInit: integer(1, { min: 1 }),
  initParams: choice<MixtureInit>('kmeans', ['kmeans', 'k-means++', 'random', 'randomFromData']),
  randomState: seed(),
  warmStart: flag(false),
};

const SPREADS: Readonly<Record<CovarianceType, Spread<any>>> = { full: fullSpread, tied: tiedSpread, diag: diagonalSpread, spherical: sphericalSpread };

interface Run<State> {
  state: State;
  converged: boolean;
  iterations: number;
  lowerBound: number;
  lowerBounds: number[];
}

/**
 * Expectation maximisation over mixtures of normal components: rows are dealt out to components in the shares that these
 * claim, and components follow their rows, until the lower bound of the likelihood comes to rest. A subclass says how
 * components start and follow, and how much they claim.
 *
 * Counterpart: scikit-learn's BaseMixture.
 */
export abstract class Mixture<Options extends MixtureOptions, State extends Components, Setting> extends Estimator<Options, State & MixtureFitted> {
  static override readonly weighsRows = false;

  /** It predicts components, which are no classes of y. */
  get estimatorType(): 'densityEstimator' {
    return 'densityEstimator';
  }

  /** What holds for a whole fit: what options say of X. @throws ShapeError, OptionError for options that do not fit X */
  protected abstract settingFor(X: DenseMatrix): Setting;

  /** Components to start from. */
  protected abstract start(X: DenseMatrix, setting: Setting, random: RandomState): State;

  /** Components after rows are dealt out in these shares, rows × k. */
  protected abstract follow(X: DenseMatrix, shares: DenseMatrix, setting: Setting): State;

  /** Expected ln(weight · density) of each component beside −½·squared distance: what does not depend on the row. */
  protected abstract constants(state: State, logDeterminants: Float64Array, cols: number): Float64Array;

  /** What rises from round to round: of the new components, and of the rows' mean log density and the shares' entropy before. */
  protected abstract lowerBoundOf(state: State, meanLogDensity: number, entropy: number): number;

  /** The components' shares, summing to 1. */
  protected abstract weightsOf(state: State): Float64Array;

  /** Learns from X; `y` is not used. @throws ShapeError, DataError for an X that cannot be learned from. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>): Promise<this> {
    const matrix = denseOnly(this.owner, X, 2);
    checkSameRows(this.owner, { X: matrix, y });
    const { nComponents, nInit, warmStart, randomState } = this.options as Required<MixtureOptions>;
    if (matrix.rows < nComponents) throw new DataError(`${this.owner}: X must have at least one row per component (${nComponents}), got ${matrix.rows}. Use fewer components.`);
    const before = warmStart && this.isFitted ? this.#goingOn(matrix) : undefined;
    const setting = this.settingFor(matrix);
    const random = new RandomState(randomState);
    let best: Run<State> | undefined;
    for (let run = 0; run < (before ? 1 : nInit); run++) {
      const found = this.#run(matrix, setting, before ?? this.start(matrix, setting, random), before?.lowerBound ?? -Infinity);
      if (!best || found.lowerBound > best.lowerBound || best.lowerBound === -Infinity) best = found;
    }
    const { state, lowerBounds, ...rest } = best as Run<State>;
    const precisions = this.spread.precisions(state.precisionsCholesky);
    return this.restore({ ...state, weights: this.weightsOf(state), precisions, ...rest, lowerBounds: Float64Array.from(lowerBounds), nFeaturesIn: matrix.cols });
  }

  /** Learns from X and returns the component of each of its rows. */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>): Promise<Int32Array> {
    await this.fit(X, y);
    return this.predict(X);
  }

  /** The most probable component of each row, 0 … k − 1; the first on a tie. */
  async predict(X: MatrixLike): Promise<Int32Array> {
    const logs = this.#logs(this.#seen(X), this.fitted);
    return Int32Array.from({ length: logs.rows }, (_, i) => {
      const row = logs.row(i);
      let best = 0;
      for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
      return best;
    });
  }

  /** How probable each component is for each row: rows × k. */
  async predictProba(X: MatrixLike): Promise<DenseMatrix> {
    const logs = this.#logs(this.#seen(X), this.fitted);
    normalizeLogs(logs);
    for (let p = 0; p < logs.data.length; p++) logs.data[p] = Math.exp(logs.data[p]);
    return logs;
  }

  /** ln of the probability density of each row. */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    return normalizeLogs(this.#logs(this.#seen(X), this.fitted));
  }

  /** The mean of scoreSamples(X); higher is better. `y` is not used. */
  async score(X: MatrixLike, _y?: ArrayLike<unknown>): Promise<number> {
    const logs = await this.scoreSamples(X);
    return logs.reduce((a, b) => a + b, 0) / logs.length;
  }

  /** Draws rows from the mixture: component by component, as many of each as their weights make likely. The same each time. */
  async sample(nSamples = 1): Promise<MixtureSample> {
    if (!Number.isInteger(nSamples) || nSamples < 1) throw new OptionError(`${this.owner}: sample must be told a whole number of at least 1, got ${show(nSamples)}.`);
    const { weights, means, covariances } = this.fitted;
    const random = new RandomState((this.options as Required<MixtureOptions>).randomState);
    const counts = multinomial(nSamples, weights, random);
    const X = new DenseMatrix(nSamples, means.cols);
    const labels = new Int32Array(nSamples);
    let from = 0;
    counts.forEach((count, k) => {
      this.spread.draw(random, means.row(k), covariances, k, count, X, from);
      labels.fill(k, from, from + count);
      from += count;
    });
    return { X, labels };
  }

  protected get spread(): Spread<any> {
    return SPREADS[(this.options as Required<MixtureOptions>).covarianceType];
  }

  /** @throws DataError where a covariance is not positive definite */
  protected factorOf(covariances: Covariances): Covariances {
    const factors = this.spread.factor(covariances) as Covariances | undefined;
    if (factors) return factors;
    throw new DataError(`${this.owner}: each component must have rows that vary along every axis, those of some do not. Use fewer components, raise regCovar, or scale X.`);
  }

  #run(X: DenseMatrix, setting: Setting, start: State, boundBefore: number): Run<State> {
    const { maxIter, tol } = this.options as Required<MixtureOptions>;
    const lowerBounds: number[] = [];
    let state = start;
    let lowerBound = maxIter === 0 ? -Infinity : boundBefore;
    for (let round = 1; round <= maxIter; round++) {
      const shares = this.#logs(X, state);
      const densities = normalizeLogs(shares);
      const meanLogDensity = densities.reduce((a, b) => a + b, 0) / X.rows;
      const entropy = toShares(shares);
      state = this.follow(X, shares, setting);
      const before = lowerBound;
      lowerBound = this.lowerBoundOf(state, meanLogDensity, entropy);
      lowerBounds.push(lowerBound);
      if (Math.abs(lowerBound - before) < tol) return { state, converged: true, iterations: round, lowerBound, lowerBounds };
    }
    return { state, converged: false, iterations: maxIter, lowerBound, lowerBounds };
  }

  /** ln(weight · density) of each row and component, rows × k. */
  #logs(X: DenseMatrix, state: State): DenseMatrix {
    const { means, precisionsCholesky } = state;
    const k = means.rows;
    const logs = this.spread.distances(X, means, precisionsCholesky);
    const constants = this.constants(state, this.spread.logDeterminants(precisionsCholesky, k, X.cols), X.cols);
    for (let p = 0; p < logs.data.length; ) for (let c = 0; c < k; c++, p++) logs.data[p] = constants[c] - 0.5 * logs.data[p];
    return logs;
  }

  /** @throws ShapeError, OptionError where the components of the fit before do not suit */
  #goingOn({ cols }: DenseMatrix): State & MixtureFitted {
    const { fitted } = this;
    const { nComponents, covarianceType } = this.options as Required<MixtureOptions>;
    const remedy = 'A warm start needs the same; fit a clone instead.';
    if (fitted.nFeaturesIn !== cols) throw new ShapeError(`${this.owner}: X has ${cols} columns, but the fit before saw ${fitted.nFeaturesIn}. ${remedy}`);
    if (fitted.weights.length !== nComponents) throw new OptionError(`${this.owner}: nComponents must be ${fitted.weights.length} as in the fit before, got ${nComponents}. ${remedy}`);
    const { covariances } = fitted;
    const type: CovarianceType = Array.isArray(covariances) ? 'full' : covariances instanceof Float64Array ? 'spherical' : (covarianceType === 'tied' ? 'tied' : 'diag');
    if (type !== covarianceType) throw new OptionError(`${this.owner}: covarianceType must be '${type}' as in the fit before, got '${covarianceType}'. ${remedy}`);
    return fitted;
  }

  #seen(X: MatrixLike): DenseMatrix {
    const { nFeaturesIn } = this.fitted;
    const matrix = denseOnly(this.owner, X, 0);
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }
}

/** e to the power of each logarithm, in place. @returns −Σ share · ln share */
function toShares({ data }: DenseMatrix): number {
  let entropy = 0;
  for (let p = 0; p < data.length; p++) {
    const share = Math.exp(data[p]);
    if (share > 0) entropy -= share * data[p];
    data[p] = share;
  }
  return entropy;
}

/** How many of n draws fall to each weight. Counterpart: numpy.random.RandomState.multinomial. */
function multinomial(n: number, weights: Float64Array, random: RandomState): Int32Array {
  const counts = new Int32Array(weights.length);
  let rest = n;
  let share = 1;
  for (let k = 0; k < weights.length - 1 && rest > 0; k++) {
    if (weights[k] > 0) counts[k] = new Binomial(rest, Math.min(weights[k] / share, 1)).draw(random);
    rest -= counts[k];
    share -= weights[k];
  }
  counts[weights.length - 1] += rest;
  return counts;
}
