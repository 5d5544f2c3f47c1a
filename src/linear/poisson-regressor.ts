import type { Rules } from '../core/rules.ts';
import { GeneralizedLinearModel, generalizedLinearRules, type Family, type GeneralizedLinearOptions } from './generalized-linear-model.ts';

/**
 * Regression of counts and rates: E(y | x) = exp(x·w + b), errors measured by Poisson deviance, so that predictions
 * are positive and large counts may miss by more. Minimises Σ s·½·deviance / Σs + ½·alpha·‖w‖².
 *
 * X: rows × columns, dense or sparse. y: numbers, none negative. A rate per exposure is fitted by y / exposure with
 * exposure as sampleWeight. `fitted`: coef, intercept (on the scale of logarithms), iterations, converged. `score` is D².
 *
 * @throws DataError for a negative y, or one that is 0 in every row
 * Counterpart: scikit-learn's PoissonRegressor(solver="lbfgs").
 * Source: McCullagh and Nelder, "Generalized Linear Models", 2nd ed., 1989, ch. 6.
 *
 * @example
 * const model = await new PoissonRegressor({ alpha: 0.1 }).fit(X, counts);
 * await model.predict(Xnew); // expected counts
 */
export class PoissonRegressor extends GeneralizedLinearModel<GeneralizedLinearOptions> {
  static override readonly rules: Rules<GeneralizedLinearOptions> = generalizedLinearRules;

  protected get family(): Family {
    return { power: 1, link: 'log' };
  }
}
