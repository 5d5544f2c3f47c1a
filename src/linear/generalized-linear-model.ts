import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { flag, integer, number, positive, type Rules } from '../core/rules.ts';
import { checkSameRows } from '../core/rows.ts';
import { tweedieDeviance } from '../core/tweedie-deviance.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { timesVector, transposedTimesVector } from '../matrix/products.ts';
import { weightedMeanOf } from '../matrix/centre.ts';
import { warmCoefficients } from './elastic-net.ts';
import { lbfgs, type Objective } from './lbfgs.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

export interface GeneralizedLinearOptions {
  /** Strength of the penalty ½·alpha·‖w‖², at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most iterations of L-BFGS. Default 100. */
  maxIter?: number;
  /** Stop once no component of the gradient exceeds this. Default 1e-4. */
  tol?: number;
  /** Whether fitting again starts from what was learned before. Default false. */
  warmStart?: boolean;
}

export interface GeneralizedLinearFitted extends LinearFitted {
  /** Iterations made. */
  iterations: number;
  /** Whether a tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

export const generalizedLinearRules: Rules<GeneralizedLinearOptions> = {
  alpha: number(1, { min: 0 }),
  fitIntercept: flag(true),
  maxIter: integer(100, { min: 1 }),
  tol: positive(1e-4),
  warmStart: flag(false),
};

/** ftol that scikit-learn passes: 64 machine epsilons. */
const FTOL = 64 * 2.220446049250313e-16;

/** A family of the Tweedie kind and how the mean comes from x·w + b. */
export interface Family {
  power: number;
  link: 'identity' | 'log';
}

/**
 * A linear model of a mean: E(y | x) = g⁻¹(x·w + b), where g is the logarithm or the identity. Minimises
 * Σ sᵢ·½·deviance(yᵢ, μᵢ) / Σs + ½·alpha·‖w‖² over row weights s by L-BFGS, and stops where scikit-learn does.
 * `score` is D², the share of deviance explained.
 */
export abstract class GeneralizedLinearModel<Options extends GeneralizedLinearOptions> extends LinearRegressor<Options, GeneralizedLinearFitted> {
  protected abstract get family(): Family;

  /** The means: one positive number per row with the log link. */
  protected override values(X: Matrix, fitted: LinearFitted): Float64Array {
    const linear = super.values(X, fitted);
    return this.family.link === 'log' ? linear.map(Math.exp) : linear;
  }

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): GeneralizedLinearFitted {
    const { fitIntercept, maxIter, tol, alpha, warmStart } = this.options as Required<GeneralizedLinearOptions>;
    this.#checkTarget(y);
    const start = new Float64Array(X.cols + (fitIntercept ? 1 : 0));
    if (warmStart && this.isFitted) {
      start.set(warmCoefficients(this.owner, this.fitted.coef, X.cols));
      if (fitIntercept) start[X.cols] = this.fitted.intercept;
    } else if (fitIntercept) {
      const mean = weightedMeanOf(y, sampleWeight);
      start[X.cols] = this.family.link === 'log' ? Math.log(mean) : mean;
    }
    const loss = new DevianceLoss(X, y, sampleWeight, alpha, fitIntercept, this.family);
    const { x, iterations, converged } = lbfgs(loss, start, { maxIter, gtol: tol, ftol: FTOL, maxLineSearch: 50 });
    if (!x.every(Number.isFinite)) throw new DataError(`${this.owner}: coefficients must stay finite, but overflowed. Scale X first.`);
    return { coef: x.slice(0, X.cols), intercept: fitIntercept ? x[X.cols] : 0, iterations, converged };
  }

  /** D² = 1 − deviance(y, ŷ) / deviance(y, ȳ), weighted if weights are given: R² for power 0. */
  override async score(X: MatrixLike, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    const predicted = await this.predict(X);
    checkSameRows(this.owner, { X: predicted, y });
    const target = Float64Array.from(y);
    this.#checkTarget(target);
    const weights = sampleWeight && Float64Array.from(sampleWeight);
    const mean = weightedMeanOf(target, weights);
    const { power } = this.family;
    const missed = weightedMeanOf(target.map((value, i) => tweedieDeviance(value, predicted[i], power)), weights);
    const spread = weightedMeanOf(target.map((value) => tweedieDeviance(value, mean, power)), weights);
    return 1 - missed / spread;
  }

  #checkTarget(y: Float64Array): void {
    const { power } = this.family;
    if (power < 1) return;
    const row = y.findIndex((value) => (power < 2 ? value < 0 : value <= 0));
    if (row >= 0) throw new DataError(`${this.owner}: y must be ${power < 2 ? 'not negative' : 'positive'}, row ${row} has ${y[row]}.`);
    if (y.every((value) => value === 0)) throw new DataError(`${this.owner}: y must not be 0 in every row: its logarithm has no mean.`);
  }
}

class DevianceLoss implements Objective {
  readonly size: number;
  readonly #X: Matrix;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #total: number;
  readonly #alpha: number;
  readonly #fitIntercept: boolean;
  readonly #family: Family;
  readonly #scores: Float64Array;
  readonly #slopes: Float64Array;

  constructor(X: Matrix, y: Float64Array, weights: Float64Array | undefined, alpha: number, fitIntercept: boolean, family: Family) {
    this.size = X.cols + (fitIntercept ? 1 : 0);
    this.#X = X;
    this.#y = y;
    this.#weights = weights;
    this.#total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : X.rows;
    this.#alpha = alpha;
    this.#fitIntercept = fitIntercept;
    this.#family = family;
    this.#scores = new Float64Array(X.rows);
    this.#slopes = new Float64Array(X.cols);
  }

  evaluate(x: Float64Array, gradient: Float64Array): number {
    const { rows, cols } = this.#X;
    const w = x.subarray(0, cols);
    const residuals = timesVector(this.#X, w, this.#fitIntercept ? x[cols] : 0, this.#scores);
    let loss = 0;
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const weight = (this.#weights ? this.#weights[i] : 1) / this.#total;
      const score = residuals[i];
      loss += weight * halfDeviance(this.#y[i], score, this.#family);
      residuals[i] = weight * slopeOf(this.#y[i], score, this.#family);
      sum += residuals[i];
    }
    transposedTimesVector(this.#X, residuals, this.#slopes);
    for (let j = 0; j < cols; j++) {
      gradient[j] = this.#slopes[j] + this.#alpha * w[j];
      loss += 0.5 * this.#alpha * w[j] * w[j];
    }
    if (this.#fitIntercept) gradient[cols] = sum;
    return loss;
  }
}

/** ½·deviance; with the log link without the terms of y alone, so that it is the number whose fall scikit-learn watches. */
function halfDeviance(y: number, score: number, { power, link }: Family): number {
  if (link === 'identity') return 0.5 * tweedieDeviance(y, score, power);
  if (power === 0) return 0.5 * (Math.exp(score) - y) ** 2;
  if (power === 1) return Math.exp(score) - y * score;
  if (power === 2) return score + y * Math.exp(-score);
  return Math.exp((2 - power) * score) / (2 - power) - (y * Math.exp((1 - power) * score)) / (1 - power);
}

/** Derivative of ½·deviance by the score. */
function slopeOf(y: number, score: number, { power, link }: Family): number {
  if (link === 'identity') return power === 0 ? score - y : score ** -power * (score - y);
  if (power === 0) return Math.exp(score) * (Math.exp(score) - y);
  if (power === 1) return Math.exp(score) - y;
  if (power === 2) return 1 - y * Math.exp(-score);
  return Math.exp((2 - power) * score) - y * Math.exp((1 - power) * score);
}
