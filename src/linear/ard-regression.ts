import { DataError } from '../core/errors.ts';
import { flag, integer, number, type Rules } from '../core/rules.ts';
import { centre, CentredProducts, filled, interceptOf, type Centred } from '../matrix/centre.ts';
import { totalWeight, usualPrecision } from '../matrix/evidence-ridge.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { BayesianRegressor, type BayesianFitted } from './bayesian-regressor.ts';
import { NormalPosterior } from './normal-posterior.ts';

export interface ARDRegressionOptions {
  /** Most updates of the precisions. Default 300. */
  maxIter?: number;
  /** Stop once an update moves the coefficients by less than this, added up. Default 1e-3. */
  tol?: number;
  /** Shape of the gamma prior of alpha, at least 0. Default 1e-6. */
  alpha1?: number;
  /** Rate of the gamma prior of alpha, at least 0. Default 1e-6. */
  alpha2?: number;
  /** Shape of the gamma prior of each lambda, at least 0. Default 1e-6. */
  lambda1?: number;
  /** Rate of the gamma prior of each lambda, at least 0. Default 1e-6. */
  lambda2?: number;
  /** Whether to work out the log marginal likelihood at each iteration. Default false. */
  computeScore?: boolean;
  /** Columns whose lambda comes to this are left out, at least 0. Default 10,000. */
  thresholdLambda?: number;
  /** Whether to learn an intercept, about which there is no prior. Default true. */
  fitIntercept?: boolean;
}

export interface ARDRegressionFitted extends BayesianFitted {
  /** Precision of each coefficient: 1 / the variance that it is expected to have. `sigma` is of columns below thresholdLambda only. */
  lambda: Float64Array;
  /** Log marginal likelihood after each update; null without computeScore. */
  scores: Float64Array | null;
}

/**
 * Bayesian ridge regression with a precision for each coefficient (automatic relevance determination): y = x·w + b + noise with
 * wⱼ ~ N(0, 1/lambdaⱼ) and noise ~ N(0, 1/alpha), with the precisions that make y most likely. Those of columns that tell nothing
 * grow, and they are left out. With γⱼ = 1 − lambdaⱼ·sigmaⱼⱼ, updates are
 *
 *     lambdaⱼ = (γⱼ + 2·lambda1) / (wⱼ² + 2·lambda2),   alpha = (Σs − Σγ + 2·alpha1) / (Σ sᵢ(yᵢ − ŷᵢ)² + 2·alpha2).
 *
 * X: samples × features, dense; a sparse one is filled. Each update takes min(rows, columns)³ steps. `predict(X, { returnStd: true })` gives
 * [predictions, standard deviations], as BayesianRidge. Row weights s count as in BayesianRidge.
 *
 * @throws DataError where a precision leaves (0, ∞)
 * Counterpart: scikit-learn's ARDRegression: the same iterations. Sparse X and weights are taken too; a single row is no error.
 * Source: MacKay, "Bayesian nonlinear modeling for the prediction competition", ASHRAE Transactions, 1994; Tipping, "Sparse
 * Bayesian learning and the relevance vector machine", JMLR 1, 2001.
 *
 * @example
 * const model = await new ARDRegression().fit(X, y);
 * model.fitted.lambda; // large for columns that tell nothing
 */
export class ARDRegression extends BayesianRegressor<ARDRegressionOptions, ARDRegressionFitted> {
  static override readonly rules: Rules<ARDRegressionOptions> = {
    maxIter: integer(300, { min: 1 }),
    tol: number(1e-3, { min: 0 }),
    alpha1: number(1e-6, { min: 0 }),
    alpha2: number(1e-6, { min: 0 }),
    lambda1: number(1e-6, { min: 0 }),
    lambda2: number(1e-6, { min: 0 }),
    computeScore: flag(false),
    thresholdLambda: number(1e4, { min: 0 }),
    fitIntercept: flag(true),
  };

  protected override get columnsInUse(): Int32Array {
    return below(this.fitted.lambda, this.options.thresholdLambda);
  }

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): ARDRegressionFitted {
    const { maxIter, tol, thresholdLambda, fitIntercept, computeScore } = this.options;
    const problem = centre(X, y, fitIntercept, sampleWeight);
    const posterior = new NormalPosterior(filled(problem), problem.y);
    const lambda = new Float64Array(X.cols).fill(1);
    const scores: number[] = [];
    let alpha = usualPrecision(problem);
    let kept: Int32Array = Int32Array.from(lambda.keys());
    let before: Float64Array | undefined;
    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIter && kept.length > 0) {
      posterior.update(kept, lambda, alpha);
      const { coef } = posterior;
      const squaredError = squaredErrorOf(problem, coef);
      alpha = this.#updated(posterior, kept, lambda, squaredError, totalWeight(problem));
      kept = below(lambda, thresholdLambda);
      for (let j = 0; j < coef.length; j++) if (!(lambda[j] < thresholdLambda)) coef[j] = 0;
      if (computeScore) scores.push(this.#score(posterior, lambda, alpha, squaredError, totalWeight(problem)));
      iterations++;
      converged = before !== undefined && coef.reduce((sum, value, j) => sum + Math.abs(value - before![j]), 0) < tol;
      before = coef.slice();
    }
    posterior.update(kept, lambda, alpha);
    const { coef } = posterior;
    return {
      coef,
      intercept: interceptOf(problem, coef),
      alpha,
      lambda,
      sigma: posterior.covariance(),
      xOffset: problem.xOffset,
      iterations,
      converged: converged || kept.length === 0,
      scores: computeScore ? Float64Array.from(scores) : null,
    };
  }

  /** Updates the lambdas in place. @returns alpha */
  #updated({ variances, coef }: NormalPosterior, kept: Int32Array, lambda: Float64Array, squaredError: number, total: number): number {
    const { alpha1, alpha2, lambda1, lambda2 } = this.options;
    let effective = 0;
    for (const [i, j] of kept.entries()) {
      const known = 1 - lambda[j] * variances[i];
      effective += known;
      lambda[j] = (known + 2 * lambda1) / (coef[j] ** 2 + 2 * lambda2);
    }
    const alpha = (total - effective + 2 * alpha1) / (squaredError + 2 * alpha2);
    if (!(alpha > 0 && alpha < Infinity)) throw new DataError(`${this.owner}: alpha must stay in (0, ∞), but became ${alpha}. Set alpha2 above 0, or multiply the weights.`);
    return alpha;
  }

  /** ln p(y | alpha, lambda), the priors included. */
  #score({ coef, logDeterminant }: NormalPosterior, lambda: Float64Array, alpha: number, squaredError: number, total: number): number {
    const { alpha1, alpha2, lambda1, lambda2 } = this.options;
    let priors = alpha1 * Math.log(alpha) - alpha2 * alpha;
    let fit = logDeterminant + total * Math.log(alpha) - alpha * squaredError;
    for (let j = 0; j < lambda.length; j++) {
      priors += lambda1 * Math.log(lambda[j]) - lambda2 * lambda[j];
      fit += Math.log(lambda[j]) - lambda[j] * coef[j] ** 2;
    }
    return priors + 0.5 * fit;
  }
}

function below(lambda: Float64Array, threshold: number): Int32Array {
  return Int32Array.from(lambda.keys()).filter((j) => lambda[j] < threshold);
}

function squaredErrorOf(problem: Centred, coef: Float64Array): number {
  const fitted = new CentredProducts(problem).times(coef, new Float64Array(problem.y.length));
  return fitted.reduce((sum, value, i) => sum + (problem.y[i] - value) ** 2, 0);
}
