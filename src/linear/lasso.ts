import { flag, number, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { warmCoefficients } from './elastic-net.ts';
import { fitElasticNet, solverRules, type ElasticNetFitted, type ElasticNetSolverOptions } from './elastic-net-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface LassoOptions extends ElasticNetSolverOptions {
  /** Strength of the penalty, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Whether fitting again starts from the coefficients learned before. Default false. */
  warmStart?: boolean;
}

/**
 * Linear regression with lasso penalty: the w, b that minimise Σ sᵢ(yᵢ − xᵢ·w − b)² / (2·Σs) + alpha·‖w‖₁ over
 * row weights s. An ElasticNet with l1Ratio 1; see there for X, `fitted` and errors.
 *
 * Counterpart: scikit-learn's Lasso, for one target.
 * Source: Tibshirani, "Regression shrinkage and selection via the lasso", JRSS B 58(1), 1996.
 *
 * @example
 * const model = await new Lasso({ alpha: 0.05 }).fit(X, y);
 * model.fitted.coef; // exact zeros for columns left out
 */
export class Lasso extends LinearRegressor<LassoOptions, ElasticNetFitted> {
  static override readonly rules: Rules<LassoOptions> = { alpha: number(1, { min: 0 }), ...solverRules, warmStart: flag(false) };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): ElasticNetFitted {
    const { alpha, warmStart } = this.options;
    const start = warmStart && this.isFitted ? warmCoefficients(this.owner, this.fitted.coef, X.cols) : undefined;
    return fitElasticNet(this.owner, X, y, sampleWeight, { alpha, l1Ratio: 1 }, this.options, start);
  }
}
