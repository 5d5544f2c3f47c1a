import { choice, custom, type Rules } from '../core/rules.ts';
import { GeneralizedLinearModel, generalizedLinearRules, type Family, type GeneralizedLinearOptions } from './generalized-linear-model.ts';

export interface TweedieRegressorOptions extends GeneralizedLinearOptions {
  /**
   * Which family: 0 normal, 1 Poisson, 1 … 2 sums of gammas with mass at 0 (insurance claims), 2 gamma, 3 inverse
   * Gaussian; any number but those between 0 and 1. Default 0.
   */
  power?: number;
  /** How the mean comes from x·w + b: 'identity', 'log', or 'auto': 'identity' up to power 0, else 'log'. Default 'auto'. */
  link?: 'auto' | 'identity' | 'log';
}

/**
 * Regression of means whose variance grows as meanᵖᵒʷᵉʳ: E(y | x) = g⁻¹(x·w + b), errors measured by Tweedie deviance.
 * Minimises Σ s·½·deviance / Σs + ½·alpha·‖w‖².
 *
 * X: rows × columns, dense or sparse. y: any numbers for power up to 0, not negative below 2, positive from 2 on.
 * `fitted`: coef, intercept, iterations, converged. `score` is D².
 *
 * @throws DataError for a y outside the family
 * Counterpart: scikit-learn's TweedieRegressor(solver="lbfgs"); a power between 0 and 1, for which there is no
 * distribution, is refused.
 * Source: Jørgensen, "The Theory of Dispersion Models", 1997.
 *
 * @example
 * const model = await new TweedieRegressor({ power: 1.5 }).fit(X, claims);
 */
export class TweedieRegressor extends GeneralizedLinearModel<TweedieRegressorOptions> {
  static override readonly rules: Rules<TweedieRegressorOptions> = {
    power: custom<number>(0, 'a number in (-∞, 0] or [1, ∞)', (v) => typeof v === 'number' && Number.isFinite(v) && (v <= 0 || v >= 1), 0.5),
    link: choice('auto', ['auto', 'identity', 'log']),
    ...generalizedLinearRules,
  };

  protected get family(): Family {
    const { power, link } = this.options;
    return { power, link: link !== 'auto' ? link : power <= 0 ? 'identity' : 'log' };
  }
}
