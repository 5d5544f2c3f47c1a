import type { Rules } from '../core/rules.ts';
import { GeneralizedLinearModel, generalizedLinearRules, type Family, type GeneralizedLinearOptions } from './generalized-linear-model.ts';

/**
 * Regression of positive amounts (costs, durations, prices): E(y | x) = exp(x·w + b), errors measured by gamma deviance,
 * for which only the ratio of y and prediction counts. Minimises Σ s·½·deviance / Σs + ½·alpha·‖w‖².
 *
 * X: rows × columns, dense or sparse. y: positive numbers. `fitted`: coef, intercept (on the scale of logarithms),
 * iterations, converged. `score` is D².
 *
 * @throws DataError for a y that is not positive
 * Counterpart: scikit-learn's GammaRegressor(solver="lbfgs").
 * Source: McCullagh and Nelder, "Generalized Linear Models", 2nd ed., 1989, ch. 8.
 *
 * @example
 * const model = await new GammaRegressor().fit(X, costs);
 */
export class GammaRegressor extends GeneralizedLinearModel<GeneralizedLinearOptions> {
  static override readonly rules: Rules<GeneralizedLinearOptions> = generalizedLinearRules;

  protected get family(): Family {
    return { power: 2, link: 'log' };
  }
}
