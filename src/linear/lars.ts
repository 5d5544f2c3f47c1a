import { integer, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitLars, larsRules, type LarsFitted, type LarsOptions as SharedOptions } from './lars-fit.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface LarsOptions extends SharedOptions {
  /** How many columns to use at most. Default 500. */
  nNonzeroCoefs?: number;
}

/**
 * Least angle regression: column by column, the one most like what is left of y comes into use, and all in use grow together,
 * each as like what is left as the others, until the next one is. Columns count by their spread: scale them first.
 *
 * X: samples × features; a sparse one is filled where it has as many columns as rows. `fitted` holds coef, intercept, and of the path alphas,
 * active, coefPath and iterations. Row weights, scaled to mean 1, weigh squared errors.
 *
 * Counterpart: scikit-learn's Lars, for one target. A column that depends on those in use is left out for good; there, another
 * may be in its stead. Sparse X and weights are taken too. Without `precompute` and `eps`.
 * Source: Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", Annals of Statistics 32(2), 2004.
 *
 * @example
 * const model = await new Lars({ nNonzeroCoefs: 10 }).fit(X, y);
 * model.fitted.active; // columns in the order in which they came
 */
export class Lars extends LinearRegressor<LarsOptions, LarsFitted> {
  static override readonly rules: Rules<LarsOptions> = { nNonzeroCoefs: integer(500, { min: 1 }), ...larsRules };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LarsFitted {
    const maxIter = this.options.nNonzeroCoefs;
    return fitLars(this.owner, X, y, sampleWeight, this.options, { method: 'lar', maxIter, alphaMin: 0, positive: false });
  }
}
