import { OptionError, ShapeError } from '../core/errors.ts';
import type { RandomState } from '../core/random-state.ts';
import { custom, optional, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { estimateComponents } from './component-estimates.ts';
import { type Components, Mixture, type MixtureFitted, type MixtureOptions, mixtureRules } from './mixture.ts';
import type { Covariances } from './spread.ts';
import { startingShares } from './starting-shares.ts';

export interface GaussianMixtureOptions extends MixtureOptions {
  /** Weights to start from, one per component, summing to 1. Default null: by initParams. */
  weightsInit?: ArrayLike<number> | null;
  /** Means to start from, k × columns. Default null: by initParams. */
  meansInit?: MatrixLike | null;
  /** Inverses of the covariances to start from: 'full' k matrices, 'tied' one, 'diag' k × columns, 'spherical' k numbers. Default null: by initParams. */
  precisionsInit?: readonly MatrixLike[] | MatrixLike | ArrayLike<number> | null;
}

interface GaussianComponents extends Components {
  weights: Float64Array;
}

/** What the options give to start from. */
interface GivenStart {
  weights: Float64Array | undefined;
  means: DenseMatrix | undefined;
  covariances: Covariances | undefined;
}

export type GaussianMixtureFitted = MixtureFitted;

const isList = (v: unknown): v is ArrayLike<number> => Array.isArray(v) || ArrayBuffer.isView(v);
const isWeights = (v: unknown): boolean => isList(v) && Array.from(v).every((w) => w >= 0 && w <= 1) && Math.abs(Array.from(v).reduce((a, b) => a + b, 0) - 1) <= 1e-8;

/**
 * A mixture of k normal components, density(x) = Σₖ weightₖ·N(x; meanₖ, Σₖ), learned by expectation maximisation of the mean log
 * density. Its components are clusters of any extent and direction, and its density tells how unusual a row is.
 *
 * X: rows × columns, dense, at least 2 rows. `y` is not used; there are no row weights.
 *
 * `fitted`: weights, means, covariances, precisions, precisionsCholesky, converged, iterations, lowerBound, lowerBounds.
 *
 * Counterpart: scikit-learn's GaussianMixture, the same starts and rounds for the same seed; null is seed 0. Distances are taken
 * from differences and not from products, which keeps digits where means are large. `sample` draws scikit-learn's rows for 'diag'
 * and 'spherical'; for 'full' and 'tied' the signs of the axes are LAPACK's there. A warm start with
 * `model.with({ warmStart: true, … }).restore(model.fitted)`.
 * Source: Dempster, Laird and Rubin, J. R. Statist. Soc. B 39(1), 1977; Bishop, "Pattern Recognition and Machine Learning", §9.2.
 *
 * @throws DataError for sparse X, fewer rows than components, and a component that collapses; ShapeError, OptionError for starts that
 * do not fit
 * @example
 * const mixture = await new GaussianMixture({ nComponents: 3, covarianceType: 'tied' }).fit(X);
 * await mixture.scoreSamples(Xnew); // ln density
 */
export class GaussianMixture extends Mixture<GaussianMixtureOptions, GaussianComponents, GivenStart> {
  static override readonly rules: Rules<GaussianMixtureOptions> = {
    ...mixtureRules,
    weightsInit: optional(custom<ArrayLike<number> | null>(null, 'a list of numbers in [0, 1] that sum to 1', isWeights, [0.5, 0.6])),
    meansInit: optional(custom<MatrixLike | null>(null, 'a matrix with one row per component', (v) => isMatrix(v) || Array.isArray(v), 'zero')),
    precisionsInit: optional(custom<GaussianMixtureOptions['precisionsInit']>(null, 'a matrix, or a list of matrices or of numbers', (v) => isMatrix(v) || isList(v), 'one')),
  };

  /** Bayesian information criterion of X, −2·ln likelihood + ln(rows)·(free numbers): lower is better. */
  async bic(X: MatrixLike): Promise<number> {
    const logs = await this.scoreSamples(X);
    return -2 * sumOf(logs) + this.#freeNumbers() * Math.log(logs.length);
  }

  /** Akaike information criterion of X, −2·ln likelihood + 2·(free numbers): lower is better. */
  async aic(X: MatrixLike): Promise<number> {
    return -2 * sumOf(await this.scoreSamples(X)) + 2 * this.#freeNumbers();
  }

  protected start(X: DenseMatrix, { weights, means, covariances }: GivenStart, random: RandomState): GaussianComponents {
    // As scikit-learn does, nothing is drawn where all is given.
    if (weights && means && covariances) return { weights, means, covariances, precisionsCholesky: this.factorOf(covariances) };
    const { nComponents, initParams, regCovar } = this.options;
    const { shares, isWhole } = startingShares(X, nComponents, initParams, random);
    const estimates = estimateComponents(X, shares, this.spread, regCovar, isWhole);
    const known = covariances ?? estimates.covariances;
    return {
      weights: weights ?? estimates.counts.map((count) => count / X.rows),
      means: means ?? estimates.means,
      covariances: known,
      precisionsCholesky: this.factorOf(known),
    };
  }

  protected follow(X: DenseMatrix, shares: DenseMatrix): GaussianComponents {
    const { counts, means, covariances } = estimateComponents(X, shares, this.spread, this.options.regCovar, true);
    const total = sumOf(counts);
    return { weights: counts.map((count) => count / total), means, covariances, precisionsCholesky: this.factorOf(covariances) };
  }

  protected constants({ weights }: GaussianComponents, logDeterminants: Float64Array, cols: number): Float64Array {
    return logDeterminants.map((value, k) => value - 0.5 * cols * Math.log(2 * Math.PI) + Math.log(weights[k]));
  }

  protected lowerBoundOf(_: GaussianComponents, meanLogDensity: number): number {
    return meanLogDensity;
  }

  protected weightsOf({ weights }: GaussianComponents): Float64Array {
    return weights;
  }

  protected settingFor({ cols }: DenseMatrix): GivenStart {
    const { nComponents: k, weightsInit, meansInit, precisionsInit, covarianceType } = this.options;
    if (weightsInit !== null && weightsInit.length !== k) throw new ShapeError(`${this.owner}: weightsInit must have one value per component (${k}), got ${weightsInit.length}.`);
    const means = meansInit === null ? undefined : asMatrix(`${this.owner}: meansInit`, meansInit).toDense();
    if (means && (means.rows !== k || means.cols !== cols)) throw new ShapeError(`${this.owner}: meansInit must be ${k} × ${cols}, got ${means.rows} × ${means.cols}.`);
    const covariances = precisionsInit === null ? undefined : this.spread.covariancesOf(precisionsInit, k, cols);
    if (precisionsInit !== null && !covariances) {
      const wanted = { full: `${k} symmetric positive definite matrices of ${cols} × ${cols}`, tied: `a symmetric positive definite matrix of ${cols} × ${cols}`, diag: `${k} × ${cols} numbers above 0`, spherical: `${k} numbers above 0` }[covarianceType];
      throw new OptionError(`${this.owner}: precisionsInit must be ${wanted} with covarianceType '${covarianceType}'.`);
    }
    return { weights: weightsInit === null ? undefined : Float64Array.from(weightsInit), means: means?.copy(), covariances };
  }

  #freeNumbers(): number {
    const { weights, nFeaturesIn } = this.fitted;
    const k = weights.length;
    return this.spread.freedom(k, nFeaturesIn) + nFeaturesIn * k + k - 1;
  }
}

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
