import { digamma } from '../core/digamma.ts';
import { OptionError, ShapeError } from '../core/errors.ts';
import { logGamma } from '../core/log-gamma.ts';
import type { RandomState } from '../core/random-state.ts';
import { choice, custom, optional, positive, type Rules } from '../core/rules.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { isMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { type ComponentEstimates, estimateComponents } from './component-estimates.ts';
import { posteriorCovariances, priorCovariance } from './covariance-prior.ts';
import { type Components, Mixture, type MixtureFitted, type MixtureOptions, mixtureRules } from './mixture.ts';
import { startingShares } from './starting-shares.ts';

export type WeightConcentrationPriorType = 'dirichletProcess' | 'dirichletDistribution';

export interface BayesianGaussianMixtureOptions extends MixtureOptions {
  /** 'dirichletProcess': components are broken off one stick, so that later ones may stay empty. 'dirichletDistribution': all alike. Default 'dirichletProcess'. */
  weightConcentrationPriorType?: WeightConcentrationPriorType;
  /** Rows that each weight is worth beforehand: small leaves more components empty. Default null: 1 / nComponents. */
  weightConcentrationPrior?: number | null;
  /** Rows that the prior of the means is worth. Default null: 1. */
  meanPrecisionPrior?: number | null;
  /** Where means are expected, one number per column. Default null: the mean of X. */
  meanPrior?: ArrayLike<number> | null;
  /** Rows that the prior of the covariances is worth, above columns − 1. Default null: the number of columns. */
  degreesOfFreedomPrior?: number | null;
  /** What covariances are expected: 'full' and 'tied' a matrix, 'diag' one number per column, 'spherical' a number. Default null: those of X (ddof 1). */
  covariancePrior?: MatrixLike | ArrayLike<number> | number | null;
}

/** What is expected beforehand. */
interface Priors {
  weightConcentrationPrior: number;
  meanPrecisionPrior: number;
  meanPrior: Float64Array;
  degreesOfFreedomPrior: number;
  /** 'full', 'tied': columns × columns; 'diag': one per column; 'spherical': one number. */
  covariancePrior: DenseMatrix | Float64Array;
}

interface BayesianComponents extends Components, Priors {
  /** One list of the Dirichlet distribution; for the process, the two of its beta distributions. */
  weightConcentration: readonly Float64Array[];
  /** One per component. */
  meanPrecision: Float64Array;
  /** One per component; all the same with 'tied'. */
  degreesOfFreedom: Float64Array;
}

/** What BayesianGaussianMixture has learned: the posterior's parameters and the priors besides what every mixture has. */
export type BayesianGaussianMixtureFitted = MixtureFitted & BayesianComponents;

/**
 * A mixture of normal components whose weights, means and covariances are themselves uncertain, learned by variational
 * inference: of more components than the rows speak for, some are left with hardly any weight, so that nComponents is only the
 * most there can be.
 *
 * X: rows × columns, dense, at least 2 rows. `y` is not used; there are no row weights.
 *
 * `fitted`: weights, means, covariances, precisions, precisionsCholesky, converged, iterations, lowerBound, lowerBounds;
 * weightConcentration, meanPrecision, degreesOfFreedom and the priors that were used.
 *
 * Counterpart: scikit-learn's BayesianGaussianMixture, the same starts and rounds for the same seed; null is seed 0. With 'tied',
 * degreesOfFreedom repeats its one number; `covariancePrior` of 'spherical' is a list of one. Otherwise as GaussianMixture.
 * Source: Bishop, "Pattern Recognition and Machine Learning", §10.2; Blei and Jordan, "Variational inference for Dirichlet process
 * mixtures", Bayesian Analysis 1(1), 2006.
 *
 * @throws DataError for sparse X, and fewer rows than components; ShapeError, OptionError for priors that do not fit
 * @example
 * const mixture = await new BayesianGaussianMixture({ nComponents: 10, maxIter: 500 }).fit(X);
 * mixture.fitted.weights; // most are near 0 where X has few clusters
 */
export class BayesianGaussianMixture extends Mixture<BayesianGaussianMixtureOptions, BayesianComponents, Priors> {
  static override readonly rules: Rules<BayesianGaussianMixtureOptions> = {
    ...mixtureRules,
    weightConcentrationPriorType: choice<WeightConcentrationPriorType>('dirichletProcess', ['dirichletProcess', 'dirichletDistribution']),
    weightConcentrationPrior: optional(positive(1)),
    meanPrecisionPrior: optional(positive(1)),
    meanPrior: optional(custom<ArrayLike<number> | null>(null, 'a list of numbers', isNumbers, 'mean')),
    degreesOfFreedomPrior: optional(positive(1)),
    covariancePrior: optional(
      custom<BayesianGaussianMixtureOptions['covariancePrior']>(null, 'a number above 0, a list of numbers or a matrix', (v) => (typeof v === 'number' && v > 0 && v < Infinity) || isMatrix(v) || Array.isArray(v) || ArrayBuffer.isView(v), -1),
    ),
  };

  protected settingFor(X: DenseMatrix): Priors {
    const { nComponents, covarianceType, covariancePrior, ...given } = this.options;
    const { cols } = X;
    if (given.meanPrior !== null && given.meanPrior.length !== cols) throw new ShapeError(`${this.owner}: meanPrior must have one value per column (${cols}), got ${given.meanPrior.length}.`);
    const degreesOfFreedomPrior = given.degreesOfFreedomPrior ?? cols;
    if (!(degreesOfFreedomPrior > cols - 1)) throw new OptionError(`${this.owner}: degreesOfFreedomPrior must be above ${cols - 1} for ${cols} columns, got ${degreesOfFreedomPrior}.`);
    return {
      weightConcentrationPrior: given.weightConcentrationPrior ?? 1 / nComponents,
      meanPrecisionPrior: given.meanPrecisionPrior ?? 1,
      meanPrior: given.meanPrior === null ? columnMeans(X) : Float64Array.from(given.meanPrior),
      degreesOfFreedomPrior,
      covariancePrior: priorCovariance(this.owner, X, covarianceType, covariancePrior),
    };
  }

  protected start(X: DenseMatrix, priors: Priors, random: RandomState): BayesianComponents {
    const { nComponents, initParams, regCovar } = this.options;
    const { shares, isWhole } = startingShares(X, nComponents, initParams, random);
    return this.#posterior(estimateComponents(X, shares, this.spread, regCovar, isWhole), priors);
  }

  protected follow(X: DenseMatrix, shares: DenseMatrix, priors: Priors): BayesianComponents {
    return this.#posterior(estimateComponents(X, shares, this.spread, this.options.regCovar, true), priors);
  }

  protected constants({ meanPrecision, degreesOfFreedom, weightConcentration }: BayesianComponents, logDeterminants: Float64Array, cols: number): Float64Array {
    const logWeights = expectedLogWeights(weightConcentration);
    return logDeterminants.map((value, k) => {
      const freedom = degreesOfFreedom[k];
      let logPrecision = cols * Math.log(2);
      for (let j = 0; j < cols; j++) logPrecision += digamma(0.5 * (freedom - j));
      return logWeights[k] + value - 0.5 * cols * (Math.log(2 * Math.PI) + Math.log(freedom)) + 0.5 * (logPrecision - cols / meanPrecision[k]);
    });
  }

  protected lowerBoundOf(state: BayesianComponents, _: number, entropy: number): number {
    const { means, precisionsCholesky, degreesOfFreedom, meanPrecision, weightConcentration } = state;
    const { rows: k, cols } = means;
    const logDeterminants = this.spread.logDeterminants(precisionsCholesky, k, cols);
    let bound = entropy - logNormOfWeights(weightConcentration);
    for (let c = 0; c < k; c++) {
      const freedom = degreesOfFreedom[c];
      bound += freedom * (logDeterminants[c] - 0.5 * cols * Math.log(freedom) + 0.5 * cols * Math.log(2));
      for (let j = 0; j < cols; j++) bound += logGamma(0.5 * (freedom - j));
      bound -= 0.5 * cols * Math.log(meanPrecision[c]);
    }
    return bound;
  }

  protected weightsOf({ weightConcentration: [first, second] }: BayesianComponents): Float64Array {
    let left = 1;
    const weights = second === undefined ? first.slice() : first.map((a, k) => {
      const weight = (left * a) / (a + second[k]);
      left *= second[k] / (a + second[k]);
      return weight;
    });
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / total);
  }

  #posterior(estimates: ComponentEstimates, priors: Priors): BayesianComponents {
    const { counts, means: centres } = estimates;
    const { meanPrior, meanPrecisionPrior, degreesOfFreedomPrior } = priors;
    const k = counts.length;
    const meanPrecision = counts.map((count) => meanPrecisionPrior + count);
    const means = new DenseMatrix(k, centres.cols, centres.data.map((value, p) => {
      const c = Math.floor(p / centres.cols);
      return (meanPrecisionPrior * meanPrior[p % centres.cols] + counts[c] * value) / meanPrecision[c];
    }));
    const total = counts.reduce((a, b) => a + b, 0);
    const degreesOfFreedom = counts.map((count) => degreesOfFreedomPrior + (this.options.covarianceType === 'tied' ? total / k : count));
    const covariances = posteriorCovariances(this.options.covarianceType, estimates, { ...priors, meanPrecision, degreesOfFreedom });
    return { ...priors, weightConcentration: this.#concentration(counts, priors.weightConcentrationPrior), meanPrecision, means, degreesOfFreedom, covariances, precisionsCholesky: this.factorOf(covariances) };
  }

  #concentration(counts: Float64Array, prior: number): Float64Array[] {
    if (this.options.weightConcentrationPriorType === 'dirichletDistribution') return [counts.map((count) => prior + count)];
    // What later components have, added up from the last one.
    const later = new Float64Array(counts.length);
    for (let k = counts.length - 2; k >= 0; k--) later[k] = later[k + 1] + counts[k + 1];
    return [counts.map((count) => 1 + count), later.map((count) => prior + count)];
  }
}

function isNumbers(value: unknown): boolean {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && Array.from(value as ArrayLike<unknown>).every(Number.isFinite);
}

/** E[ln weight] of each component. */
function expectedLogWeights([first, second]: readonly Float64Array[]): Float64Array {
  if (second === undefined) {
    const all = digamma(first.reduce((a, b) => a + b, 0));
    return first.map((a) => digamma(a) - all);
  }
  let before = 0;
  return first.map((a, k) => {
    const both = digamma(a + second[k]);
    const value = digamma(a) - both + before;
    before += digamma(second[k]) - both;
    return value;
  });
}

function logNormOfWeights([first, second]: readonly Float64Array[]): number {
  if (second === undefined) return logGamma(first.reduce((a, b) => a + b, 0)) - first.reduce((sum, a) => sum + logGamma(a), 0);
  let sum = 0;
  for (let k = 0; k < first.length; k++) sum -= logGamma(first[k]) + logGamma(second[k]) - logGamma(first[k] + second[k]);
  return sum;
}
