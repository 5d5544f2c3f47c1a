import { flag, integer, number, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitLars, larsRules, type LarsFitted, type LarsOptions } from './lars-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface LassoLarsOptions extends LarsOptions {
  /** Strength of the penalty, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Most steps. Default 500. */
  maxIter?: number;
  /** Whether coefficients must not be negative. Default false. */
  positive?: boolean;
}

/**
 * The lasso by its path: the w, b that minimise Σ sᵢ(yᵢ − xᵢ·w − b)² / (2·Σs) + alpha·‖w‖₁ over row weights s, found by following
 * the minimum, which is straight between nodes, from the penalty that leaves no column down to alpha. Exact, unlike Lasso's
 * coordinate descent; good where few columns are used.
 *
 * X: samples × features; a sparse one is filled where it has as many columns as rows. `fitted` holds coef, intercept, and of the path alphas,
 * active, coefPath and iterations.
 *
 * Counterpart: scikit-learn's LassoLars, for one target. A column that depends on those in use is left out for good; there,
 * another may be in its stead. With `positive` the last node is the minimum; there, it is not where alpha is below the last
 * column's coming. Sparse X and weights are taken too. Without `precompute` and `eps`.
 * Source: Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", Annals of Statistics 32(2), 2004, §3.
 *
 * @example
 * const model = await new LassoLars({ alpha: 0.05 }).fit(X, y);
 * model.fitted.coef; // exact zeros for columns left out
 */
export class LassoLars extends LinearRegressor<LassoLarsOptions, LarsFitted> {
  static override readonly rules: Rules<LassoLarsOptions> = {
    alpha: number(1, { min: 0 }),
    maxIter: integer(500, { min: 0 }),
    positive: flag(false),
    ...larsRules,
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LarsFitted {
    const { alpha, maxIter, positive } = this.options;
    return fitLars(this.owner, X, y, sampleWeight, this.options, { method: 'lasso', maxIter, alphaMin: alpha, positive });
  }
}
