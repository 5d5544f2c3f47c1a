import { number, positive, type Rules } from '../core/rules.ts';
import { KernelRegressor, twice } from './kernel-regressor.ts';
import { kernelRules, type KernelOptions } from './kernel-options.ts';
import type { QuadraticProgram } from './smo.ts';

export interface NuSVROptions extends KernelOptions {
  /** Cost of an error outside the tube, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** At most this share of the rows ends outside the tube, and at least this share supports it, in (0, 1], by weight. Default 0.5. */
  nu?: number;
}

/**
 * Support vector regression with a kernel K and a tube as wide as a share ν of rows outside it asks. The dual
 *
 *     min over 0 ≤ αᵢ, αᵢ* ≤ Cᵢ, Σ(αᵢ − αᵢ*) = 0, Σ(αᵢ + αᵢ*) = ν·ΣCᵢ of ½·βᵀKβ − Σyᵢβᵢ,   β = α − α*,
 *
 * gives the prediction Σ βᵢK(xᵢ, x) + b; Cᵢ is C times the row's weight. X, y, what `fitted` holds and precision as for SVR.
 *
 * Counterpart: scikit-learn's NuSVR, libsvm's steps.
 * Source: Schölkopf, Smola, Williamson, Bartlett, "New support vector algorithms", Neural Computation 12, 2000.
 *
 * @example
 * const model = await new NuSVR({ C: 10, nu: 0.2 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class NuSVR extends KernelRegressor<NuSVROptions> {
  static override readonly rules: Rules<NuSVROptions> = { C: positive(1), nu: number(0.5, { min: 0, max: 1, openMin: true }), ...kernelRules };

  protected program(y: Float64Array, weights: Float64Array): Omit<QuadraticProgram, 'Q' | 'y'> {
    const { C, nu } = this.options;
    const n = y.length;
    const costs = weights.map((w) => C * w);
    // Half of what Σ(α + α*) is to be, given to the first rows, to α and α* alike.
    let left = costs.reduce((sum, cost) => sum + cost * nu, 0) / 2;
    const start = costs.map((cost) => {
      const own = Math.min(left, cost);
      left -= own;
      return own;
    });
    return { p: twice(y).map((value, i) => (i < n ? -value : value)), C: twice(costs), start: twice(start), keepsSum: true };
  }
}
