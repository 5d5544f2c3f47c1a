import { number, positive, type Rules } from '../core/rules.ts';
import { KernelRegressor, twice } from './kernel-regressor.ts';
import { kernelRules, type KernelOptions } from './kernel-options.ts';
import type { QuadraticProgram } from './smo.ts';

export type { SVRFitted } from './kernel-regressor.ts';

export interface SVROptions extends KernelOptions {
  /** Cost of an error outside the tube, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** Half the width of the tube within which errors cost nothing, in the unit of y, at least 0. Default 0.1. */
  epsilon?: number;
}

/**
 * Support vector regression with a kernel K and a tube of half-width ε. The dual
 *
 *     min over 0 ≤ αᵢ, αᵢ* ≤ Cᵢ, Σ(αᵢ − αᵢ*) = 0 of ½·βᵀKβ + ε·Σ(αᵢ + αᵢ*) − Σyᵢβᵢ,   β = α − α*,
 *
 * gives the prediction Σ βᵢK(xᵢ, x) + b; Cᵢ is C times the row's weight. Rows with βᵢ ≠ 0 are the support vectors:
 * those on the edge of the tube or outside it.
 *
 * X: samples × features, dense or CSR (columns want similar scales); y wants a spread of about 1.
 *
 * Counterpart: scikit-learn's SVR, libsvm's steps. `support` counts rows of X even where rows of weight 0 were left
 * out; no kernels of one's own other than precomputed.
 * Source: Smola and Schölkopf, "A tutorial on support vector regression", Statistics and Computing 14, 2004; Chang
 * and Lin, "LIBSVM: a library for support vector machines", 2011.
 *
 * @example
 * const model = await new SVR({ C: 10, epsilon: 0.05 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class SVR extends KernelRegressor<SVROptions> {
  static override readonly rules: Rules<SVROptions> = { C: positive(1), epsilon: number(0.1, { min: 0 }), ...kernelRules };

  protected program(y: Float64Array, weights: Float64Array): Omit<QuadraticProgram, 'Q' | 'y'> {
    const { C, epsilon } = this.options;
    const n = y.length;
    return { p: twice(y).map((value, i) => (i < n ? epsilon - value : epsilon + value)), C: twice(weights.map((w) => C * w)) };
  }
}
