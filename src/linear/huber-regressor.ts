import { flag, integer, number, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector, transposedTimesVector } from '../matrix/products.ts';
import { warmCoefficients } from './elastic-net.ts';
import { lbfgs, type Objective } from './lbfgs.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

export interface HuberRegressorOptions {
  /** Rows that miss by more than epsilon·scale count as outliers; at least 1, smaller is more robust. Default 1.35. */
  epsilon?: number;
  /** Most iterations of L-BFGS. Default 100. */
  maxIter?: number;
  /** Strength of the penalty alpha·‖w‖², at least 0. Default 1e-4. */
  alpha?: number;
  /** Whether fitting again starts from what was learned before. Default false. */
  warmStart?: boolean;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Stop once no component of the gradient exceeds this. Default 1e-5. */
  tol?: number;
}

export interface HuberRegressorFitted extends LinearFitted {
  /** σ: the size of errors that counts as usual, in units of y. */
  scale: number;
  /** 1 for each training row that misses by more than epsilon·scale, else 0. */
  outliers: Uint8Array;
  /** Iterations made. */
  iterations: number;
  /** Whether a tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/** 64 machine epsilons: goes on until the gradient says stop. */
const FTOL = 64 * 2.220446049250313e-16;

/**
 * Linear regression that outliers do not sway: errors count by their square up to epsilon·σ, beyond that in proportion.
 * Minimises over w, b and the scale σ
 *
 *     Σ sᵢ·(σ + H((yᵢ − xᵢ·w − b)/σ)·σ) + alpha·‖w‖²,  H(z) = z² for |z| ≤ epsilon, else 2·epsilon·|z| − epsilon²
 *
 * by L-BFGS. X: samples × features, dense or sparse. Scaling y scales the model, since σ goes with it.
 *
 * Counterpart: scikit-learn's HuberRegressor: the same optimum. It gives up once the objective falls by less than
 * 2e-9 of itself, which can leave coefficients 1e-3 away; here only the gradient decides. Where it bounds σ from below,
 * ln σ is learned here, which needs no bound; a perfect fit ends with a σ near 0.
 * Source: Huber and Ronchetti, "Robust Statistics", 2nd ed., 2009, p. 172; Owen, "A robust hybrid of lasso and ridge
 * regression", 2006.
 *
 * @example
 * const model = await new HuberRegressor().fit(X, y);
 * model.fitted.outliers; // which rows it took for outliers
 */
export class HuberRegressor extends LinearRegressor<HuberRegressorOptions, HuberRegressorFitted> {
  static override readonly rules: Rules<HuberRegressorOptions> = {
    epsilon: number(1.35, { min: 1 }),
    maxIter: integer(100, { min: 1 }),
    alpha: number(1e-4, { min: 0 }),
    warmStart: flag(false),
    fitIntercept: flag(true),
    tol: number(1e-5, { min: 0 }),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): HuberRegressorFitted {
    const { epsilon, maxIter, alpha, warmStart, fitIntercept, tol } = this.options;
    const start = new Float64Array(X.cols + (fitIntercept ? 2 : 1));
    if (warmStart && this.isFitted) {
      start.set(warmCoefficients(this.owner, this.fitted.coef, X.cols));
      if (fitIntercept) start[X.cols] = this.fitted.intercept;
      start[start.length - 1] = Math.log(this.fitted.scale);
    }
    const loss = new HuberLoss(X, y, sampleWeight, epsilon, alpha, fitIntercept);
    const { x, iterations, converged } = lbfgs(loss, start, { maxIter, gtol: tol, ftol: FTOL, maxLineSearch: 50 });
    const scale = Math.exp(x[x.length - 1]);
    const coef = x.slice(0, X.cols);
    const intercept = fitIntercept ? x[X.cols] : 0;
    const predicted = timesVector(X, coef, intercept, new Float64Array(X.rows));
    const outliers = Uint8Array.from(y, (value, i) => Number(Math.abs(value - predicted[i]) > scale * epsilon));
    return { coef, intercept, scale, outliers, iterations, converged };
  }
}

/** Variables: w, b if there is one, and ln σ. */
class HuberLoss implements Objective {
  readonly size: number;
  readonly #X: Matrix;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #total: number;
  readonly #epsilon: number;
  readonly #alpha: number;
  readonly #fitIntercept: boolean;
  readonly #rows: Float64Array;
  readonly #slopes: Float64Array;

  constructor(X: Matrix, y: Float64Array, weights: Float64Array | undefined, epsilon: number, alpha: number, fitIntercept: boolean) {
    this.size = X.cols + (fitIntercept ? 2 : 1);
    this.#X = X;
    this.#y = y;
    this.#weights = weights;
    this.#total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : X.rows;
    this.#epsilon = epsilon;
    this.#alpha = alpha;
    this.#fitIntercept = fitIntercept;
    this.#rows = new Float64Array(X.rows);
    this.#slopes = new Float64Array(X.cols);
  }

  evaluate(x: Float64Array, gradient: Float64Array): number {
    const { rows, cols } = this.#X;
    const w = x.subarray(0, cols);
    const scale = Math.exp(x[this.size - 1]);
    const limit = this.#epsilon * scale;
    const slopes = timesVector(this.#X, w, this.#fitIntercept ? x[cols] : 0, this.#rows);
    let squares = 0;
    let outside = 0;
    let outsideWeight = 0;
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const weight = this.#weights ? this.#weights[i] : 1;
      const error = this.#y[i] - slopes[i];
      const size = Math.abs(error);
      if (size > limit) {
        outside += weight * size;
        outsideWeight += weight;
        slopes[i] = -2 * this.#epsilon * weight * (error < 0 ? -1 : 1);
      } else {
        squares += weight * error * error;
        slopes[i] = (-2 / scale) * weight * error;
      }
      sum += slopes[i];
    }
    transposedTimesVector(this.#X, slopes, this.#slopes);
    let penalty = 0;
    for (let j = 0; j < cols; j++) {
      gradient[j] = this.#slopes[j] + 2 * this.#alpha * w[j];
      penalty += w[j] * w[j];
    }
    if (this.#fitIntercept) gradient[cols] = sum;
    gradient[this.size - 1] = (this.#total - outsideWeight * this.#epsilon ** 2) * scale - squares / scale;
    return this.#total * scale + squares / scale + 2 * this.#epsilon * outside - limit * this.#epsilon * outsideWeight + this.#alpha * penalty;
  }
}
