import { OptionError } from '../core/errors.ts';
import { flag, integer, number, optional, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { LinearRegressor } from './linear-regressor.ts';
import { fitPursuit, type OrthogonalMatchingPursuitFitted } from './pursue.ts';

export interface OrthogonalMatchingPursuitOptions {
  /** How many columns to use, at most as many as there are; not minded with `tol`. Default null: a tenth of them, at least one. */
  nNonzeroCoefs?: number | null;
  /** Squared error at which to stop, Σ(yᵢ − ŷᵢ)², at least 0. Default null: as many columns as nNonzeroCoefs says. */
  tol?: number | null;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
}

/**
 * Least squares on few columns: again and again the column with the largest |covariance| with what is left of y comes into use, and all
 * in use are fitted anew. Approximately solves min ‖y − X·w − b‖² with at most nNonzeroCoefs columns. Columns count by their spread:
 * scale them first.
 *
 * X: samples × features; a sparse one is filled where it has as many columns as rows. Stops early where the next column depends on
 * those in use. Row weights, scaled to mean 1, weigh squared errors.
 *
 * @throws OptionError for more nNonzeroCoefs than columns
 * Counterpart: scikit-learn's OrthogonalMatchingPursuit, for one target. Sparse X and weights are taken too. Without `precompute`.
 * Source: Rubinstein, Zibulevsky and Elad, "Efficient implementation of the K-SVD algorithm using batch orthogonal matching pursuit",
 * Technion CS-2008-08.
 *
 * @example
 * const model = await new OrthogonalMatchingPursuit({ nNonzeroCoefs: 5 }).fit(X, y);
 * model.fitted.coef.filter((w) => w !== 0).length; // 5
 */
export class OrthogonalMatchingPursuit extends LinearRegressor<OrthogonalMatchingPursuitOptions, OrthogonalMatchingPursuitFitted> {
  static override readonly rules: Rules<OrthogonalMatchingPursuitOptions> = {
    nNonzeroCoefs: optional(integer(1, { min: 1 })),
    tol: optional(number(0, { min: 0 })),
    fitIntercept: flag(true),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): OrthogonalMatchingPursuitFitted {
    const { tol, fitIntercept } = this.options;
    const nNonzeroCoefs = tol === null ? (this.options.nNonzeroCoefs ?? Math.max(Math.floor(0.1 * X.cols), 1)) : null;
    if (nNonzeroCoefs !== null && nNonzeroCoefs > X.cols) {
      throw new OptionError(`${this.owner}: nNonzeroCoefs must be at most the number of columns, ${X.cols}, got ${nNonzeroCoefs}.`);
    }
    return fitPursuit(X, y, sampleWeight, fitIntercept, { nNonzeroCoefs, tol });
  }
}
