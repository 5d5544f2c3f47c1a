import { DataError } from '../core/errors.ts';
import { CentredProducts, interceptOf, type Centred } from './centre.ts';
import type { RidgeSpectrum } from './ridge-spectrum.ts';
import { dotProduct } from './vector.ts';

/** When to stop, where to start, and what is expected of the two precisions beforehand; see BayesianRidge. */
export interface EvidenceOptions {
  maxIter: number;
  tol: number;
  alpha1: number;
  alpha2: number;
  lambda1: number;
  lambda2: number;
  alphaInit: number | null;
  lambdaInit: number | null;
  computeScore: boolean;
}

/** How sure an iteration is of noise and coefficients: 1 / variance of each. */
interface Precisions {
  alpha: number;
  lambda: number;
}

/** The coefficients that go with precisions. */
interface Estimate {
  coef: Float64Array;
  /** Σ sᵢ(yᵢ − ŷᵢ)². */
  squaredError: number;
}

/** A ridge regression with the penalty lambda/alpha under which y is most likely. */
export interface EvidenceRidge extends Precisions {
  coef: Float64Array;
  intercept: number;
  iterations: number;
  converged: boolean;
  /** Log marginal likelihoods, before each update and of the result; none without computeScore. */
  scores: number[];
}

/**
 * Raises the likelihood of y over the precision alpha of the noise and lambda of the coefficients by MacKay's updates, until
 * the coefficients move by less than tol, added up.
 *
 * @throws DataError where a precision leaves (0, ∞)
 * Counterpart: the iterations of scikit-learn's BayesianRidge.
 * Source: MacKay, "Bayesian interpolation", Neural Computation 4(3), 1992; Tipping, "Sparse Bayesian learning and the relevance
 * vector machine", JMLR 1, 2001, appendix A.
 */
export function evidenceRidge(owner: string, problem: Centred, spectrum: RidgeSpectrum, options: Readonly<EvidenceOptions>): EvidenceRidge {
  const { maxIter, tol, computeScore } = options;
  const search = new Evidence(owner, problem, spectrum, options);
  const scores: number[] = [];
  let precisions = { alpha: options.alphaInit ?? usualPrecision(problem), lambda: options.lambdaInit ?? 1 };
  let before: Float64Array | undefined;
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < maxIter) {
    const estimate = search.estimate(precisions);
    if (computeScore) scores.push(search.score(precisions, estimate));
    precisions = search.updated(precisions, estimate);
    iterations++;
    converged = before !== undefined && distance(before, estimate.coef) < tol;
    before = estimate.coef;
  }
  const estimate = search.estimate(precisions);
  if (computeScore) scores.push(search.score(precisions, estimate));
  return { coef: estimate.coef, intercept: interceptOf(problem, estimate.coef), ...precisions, iterations, converged, scores };
}

class Evidence {
  readonly #owner: string;
  readonly #y: Float64Array;
  readonly #total: number;
  readonly #products: CentredProducts;
  readonly #spectrum: RidgeSpectrum;
  readonly #options: Readonly<EvidenceOptions>;

  constructor(owner: string, problem: Centred, spectrum: RidgeSpectrum, options: Readonly<EvidenceOptions>) {
    this.#owner = owner;
    this.#y = problem.y;
    this.#total = totalWeight(problem);
    this.#products = new CentredProducts(problem);
    this.#spectrum = spectrum;
    this.#options = options;
  }

  estimate({ alpha, lambda }: Precisions): Estimate {
    const coef = this.#spectrum.solution(lambda / alpha);
    const fitted = this.#products.times(coef, new Float64Array(this.#y.length));
    let squaredError = 0;
    for (let i = 0; i < fitted.length; i++) squaredError += (this.#y[i] - fitted[i]) ** 2;
    return { coef, squaredError };
  }

  updated({ alpha, lambda }: Precisions, { coef, squaredError }: Estimate): Precisions {
    const { alpha1, alpha2, lambda1, lambda2 } = this.#options;
    const effective = this.#spectrum.squares.reduce((sum, square) => sum + (alpha * square) / (lambda + alpha * square), 0);
    const left = this.#total - effective + 2 * alpha1;
    if (!(left > 0)) throw new DataError(`${this.#owner}: sampleWeight must sum to more than the ${effective} effective coefficients, got ${this.#total}. Multiply the weights.`);
    const next = { alpha: left / (squaredError + 2 * alpha2), lambda: (effective + 2 * lambda1) / (dotProduct(coef, 0, coef, 0, coef.length) + 2 * lambda2) };
    const lost = (['alpha', 'lambda'] as const).find((name) => !Number.isFinite(next[name]));
    if (lost) throw new DataError(`${this.#owner}: ${lost} must stay finite, but became ${next[lost]}. Set ${lost}2 above 0.`);
    return next;
  }

  /** ln p(y | alpha, lambda), the priors included. */
  score({ alpha, lambda }: Precisions, { coef, squaredError }: Estimate): number {
    const { alpha1, alpha2, lambda1, lambda2 } = this.#options;
    const { squares } = this.#spectrum;
    const cols = coef.length;
    const priors = lambda1 * Math.log(lambda) - lambda2 * lambda + alpha1 * Math.log(alpha) - alpha2 * alpha;
    const determinant = squares.reduce((sum, square) => sum + Math.log(lambda + alpha * square), (cols - squares.length) * Math.log(lambda));
    const fit = cols * Math.log(lambda) + this.#total * Math.log(alpha) - alpha * squaredError - lambda * dotProduct(coef, 0, coef, 0, cols);
    return priors + 0.5 * (fit - determinant - this.#total * Math.log(2 * Math.PI));
  }
}

/** 1 / variance of y; finite for a constant y too. */
export function usualPrecision(problem: Centred): number {
  const { y, rootWeight, yOffset } = problem;
  const total = totalWeight(problem);
  let mean = 0;
  // Without an intercept y has kept its mean.
  if (yOffset === 0) for (let i = 0; i < y.length; i++) mean += (y[i] * (rootWeight ? rootWeight[i] : 1)) / total;
  let variance = 0;
  for (let i = 0; i < y.length; i++) variance += (y[i] - mean * (rootWeight ? rootWeight[i] : 1)) ** 2 / total;
  return 1 / (variance + Number.EPSILON);
}

/** Σ s of the rows' weights. */
export function totalWeight({ y, rootWeight }: Centred): number {
  return rootWeight ? dotProduct(rootWeight, 0, rootWeight, 0, rootWeight.length) : y.length;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += Math.abs(a[j] - b[j]);
  return sum;
}
