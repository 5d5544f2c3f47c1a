import { ShapeError } from '../core/errors.ts';
import { flag, number, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitElasticNet, solverRules, type ElasticNetFitted, type ElasticNetSolverOptions } from './elastic-net-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface ElasticNetOptions extends ElasticNetSolverOptions {
  /** Strength of the penalty, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Share of the lasso in the penalty: 1 is lasso, 0 is ridge (then Ridge is the better solver). Default 0.5. */
  l1Ratio?: number;
  /** Whether fitting again starts from the coefficients learned before. Default false. */
  warmStart?: boolean;
}

/**
 * Linear regression with elastic-net penalty: the w, b that minimise, over row weights s,
 *
 *     Σ sᵢ(yᵢ − xᵢ·w − b)² / (2·Σs) + alpha·l1Ratio·‖w‖₁ + ½·alpha·(1 − l1Ratio)·‖w‖²
 *
 * by coordinate descent; coefficients that do not help are exactly 0. X: samples × features, dense or sparse
 * (never filled). Not converging is recorded in `fitted.converged`, never thrown. `fitted` holds coef, intercept,
 * iterations, converged and dualGap.
 *
 * @throws ShapeError when a warm start meets another number of columns
 * Counterpart: scikit-learn's ElasticNet, for one target; the same stopping points. Without `precompute`.
 * Source: Zou and Hastie, "Regularization and variable selection via the elastic net", JRSS B 67(2), 2005;
 * Friedman, Hastie and Tibshirani, J. Statistical Software 33(1), 2010.
 *
 * @example
 * const model = await new ElasticNet({ alpha: 0.1, l1Ratio: 0.7 }).fit(X, y);
 * model.fitted.coef.filter((w) => w !== 0).length; // columns in use
 */
export class ElasticNet extends LinearRegressor<ElasticNetOptions, ElasticNetFitted> {
  static override readonly rules: Rules<ElasticNetOptions> = {
    alpha: number(1, { min: 0 }),
    l1Ratio: number(0.5, { min: 0, max: 1 }),
    ...solverRules,
    warmStart: flag(false),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): ElasticNetFitted {
    const { alpha, l1Ratio } = this.options;
    const start = this.options.warmStart && this.isFitted ? warmCoefficients(this.owner, this.fitted.coef, X.cols) : undefined;
    return fitElasticNet(this.owner, X, y, sampleWeight, { alpha, l1Ratio }, this.options, start);
  }
}

/** @throws ShapeError unless there is a coefficient for each column. */
export function warmCoefficients(owner: string, coef: Float64Array, cols: number): Float64Array {
  if (coef.length === cols) return coef;
  throw new ShapeError(`${owner}: a warm start needs the ${coef.length} columns of the fit before, got ${cols}. Fit a clone instead.`);
}
