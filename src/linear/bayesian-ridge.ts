import { flag, integer, number, optional, positive, type Rules } from '../core/rules.ts';
import { centre } from '../matrix/centre.ts';
import { evidenceRidge } from '../matrix/evidence-ridge.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { RidgeSpectrum } from '../matrix/ridge-spectrum.ts';
import { BayesianRegressor, type BayesianFitted } from './bayesian-regressor.ts';

export interface BayesianRidgeOptions {
  /** Most updates of the two precisions. Default 300. */
  maxIter?: number;
  /** Stop once an update moves the coefficients by less than this, added up. Default 1e-3. */
  tol?: number;
  /** Shape of the gamma prior of alpha, at least 0. Default 1e-6. */
  alpha1?: number;
  /** Rate of the gamma prior of alpha, at least 0. Default 1e-6. */
  alpha2?: number;
  /** Shape of the gamma prior of lambda, at least 0. Default 1e-6. */
  lambda1?: number;
  /** Rate of the gamma prior of lambda, at least 0. Default 1e-6. */
  lambda2?: number;
  /** Precision of the noise to start from, at least 0. Default null: 1 / variance of y. */
  alphaInit?: number | null;
  /** Precision of the coefficients to start from, at least 0. Default null: 1. */
  lambdaInit?: number | null;
  /** Whether to work out the log marginal likelihood at each iteration. Default false. */
  computeScore?: boolean;
  /** Whether to learn an intercept, about which there is no prior. Default true. */
  fitIntercept?: boolean;
}

export interface BayesianRidgeFitted extends BayesianFitted {
  /** Precision of the coefficients: 1 / the variance that they are expected to have. */
  lambda: number;
  /** Log marginal likelihood at the start of each iteration, and last that of the model; null without computeScore. */
  scores: Float64Array | null;
}

/**
 * Ridge regression that finds its penalty from the training rows alone: y = x·w + b + noise with w ~ N(0, 1/lambda) and noise
 * ~ N(0, 1/alpha), where both precisions are those under which y is most likely (with gamma priors that hardly tell). Given them
 * w minimises Σ sᵢ(yᵢ − xᵢ·w − b)² + (lambda/alpha)·‖w‖² over row weights s; with γ = Σ alpha·σₖ²/(alpha·σₖ² + lambda)
 * effective coefficients, they are updated by
 *
 *     lambda = (γ + 2·lambda1) / (‖w‖² + 2·lambda2),   alpha = (Σs − γ + 2·alpha1) / (Σ sᵢ(yᵢ − ŷᵢ)² + 2·alpha2).
 *
 * X: samples × features, dense or sparse. `predict(X, { returnStd: true })` gives [predictions, standard deviations], those of
 * a new y: √((x − x̄)·sigma·(x − x̄)ᵀ + 1/alpha). `fitted` holds coef, intercept, alpha, lambda, sigma, and scores if asked for.
 *
 * @throws DataError where a precision grows beyond all bounds, as without priors where every row is met exactly; where weights sum to
 * less than γ, which would make alpha negative
 * Counterpart: scikit-learn's BayesianRidge: the same iterations. A sparse X is taken too, an alpha that turns negative is an error; the last of `scores` is that of the
 * coefficients kept, where scikit-learn takes those before the last update.
 * Source: MacKay, "Bayesian interpolation", Neural Computation 4(3), 1992; Tipping, "Sparse Bayesian learning and the relevance
 * vector machine", JMLR 1, 2001, appendix A.
 *
 * @example
 * const model = await new BayesianRidge().fit(X, y);
 * const [mean, std] = await model.predict(Xnew, { returnStd: true });
 */
export class BayesianRidge extends BayesianRegressor<BayesianRidgeOptions, BayesianRidgeFitted> {
  static override readonly rules: Rules<BayesianRidgeOptions> = {
    maxIter: integer(300, { min: 1 }),
    tol: positive(1e-3),
    alpha1: number(1e-6, { min: 0 }),
    alpha2: number(1e-6, { min: 0 }),
    lambda1: number(1e-6, { min: 0 }),
    lambda2: number(1e-6, { min: 0 }),
    alphaInit: optional(number(1, { min: 0 })),
    lambdaInit: optional(number(1, { min: 0 })),
    computeScore: flag(false),
    fitIntercept: flag(true),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): BayesianRidgeFitted {
    const problem = centre(X, y, this.options.fitIntercept, sampleWeight);
    let spectrum = RidgeSpectrum.fast(problem);
    let found = evidenceRidge(this.owner, problem, spectrum, this.options);
    if (!spectrum.isPrecise(found.lambda / found.alpha)) {
      spectrum = RidgeSpectrum.exact(problem);
      found = evidenceRidge(this.owner, problem, spectrum, this.options);
    }
    const { scores, ...learned } = found;
    const { alpha, lambda } = learned;
    return { ...learned, sigma: spectrum.covariance(alpha, lambda), xOffset: problem.xOffset, scores: this.options.computeScore ? Float64Array.from(scores) : null };
  }
}
