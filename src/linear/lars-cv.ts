import type { Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitLarsCv, larsCvRules, type LarsCVFitted, type LarsCVOptions } from './lars-cv-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

/**
 * A Lars that chooses where on its path to end by cross-validation, and is then fitted on all rows.
 *
 * X: samples × features; y: one number per row. `fitted` holds coef, intercept, alpha, cvAlphas, msePath, and of the path of all rows alphas, active,
 * coefPath and iterations.
 *
 * Counterpart: scikit-learn's LarsCV, for which LassoLars's differences hold too. Where `maxNAlphas` leaves penalties out, errors between nodes are as without it; there, the
 * largest one left is taken for a node without coefficients. Sparse X and weights are taken too. Without `precompute` and `eps`.
 * Source: Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", Annals of Statistics 32(2), 2004.
 *
 * @example
 * const model = await new LarsCV({ cv: 10 }).fit(X, y);
 * model.fitted.alpha;
 */
export class LarsCV extends LinearRegressor<LarsCVOptions, LarsCVFitted> {
  static override readonly rules: Rules<LarsCVOptions> = larsCvRules;

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LarsCVFitted {
    return fitLarsCv(this.owner, X, y, sampleWeight, this.options, { method: 'lar', positive: false });
  }
}
