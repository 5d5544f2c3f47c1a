import { flag, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitLarsCv, larsCvRules, type LarsCVFitted, type LarsCVOptions } from './lars-cv-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface LassoLarsCVOptions extends LarsCVOptions {
  /** Whether coefficients must not be negative. Default false. */
  positive?: boolean;
}

/**
 * A LassoLars that chooses its penalty by cross-validation, and is then fitted on all rows. Unlike LassoCV it judges the penalties at which a column comes
 * or goes, not a grid.
 *
 * X: samples × features; y: one number per row. `fitted` holds coef, intercept, alpha, cvAlphas, msePath, and of the path of all rows alphas, active,
 * coefPath and iterations.
 *
 * Counterpart: scikit-learn's LassoLarsCV, with LassoLars's differences. Where `maxNAlphas` leaves penalties out, errors between nodes are as without it; there, the
 * largest one left is taken for a node without coefficients. Sparse X and weights are taken too. Without `precompute` and `eps`.
 * Source: Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", Annals of Statistics 32(2), 2004, §3.
 *
 * @example
 * const model = await new LassoLarsCV().fit(X, y);
 * model.fitted.coef; // exact zeros for columns left out
 */
export class LassoLarsCV extends LinearRegressor<LassoLarsCVOptions, LarsCVFitted> {
  static override readonly rules: Rules<LassoLarsCVOptions> = { ...larsCvRules, positive: flag(false) };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LarsCVFitted {
    return fitLarsCv(this.owner, X, y, sampleWeight, this.options, { method: 'lasso', positive: this.options.positive });
  }
}
