import { OptionError } from '../core/errors.ts';
import { flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { centre, interceptOf } from '../matrix/centre.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { dotProduct } from '../matrix/vector.ts';
import { columnCovariances, type ColumnCovariances } from './column-covariances.ts';
import { meanOne } from './elastic-net-fit.ts';
import { GrowingCholesky } from './growing-cholesky.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

export interface OrthogonalMatchingPursuitOptions {
  /** How many columns to use, at most as many as there are; not minded with `tol`. Default null: a tenth of them, at least one. */
  nNonzeroCoefs?: number | null;
  /** Squared error at which to stop, Σ(yᵢ − ŷᵢ)², at least 0. Default null: as many columns as nNonzeroCoefs says. */
  tol?: number | null;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
}

export interface OrthogonalMatchingPursuitFitted extends LinearFitted {
  /** How many columns were to be used; null with `tol`. */
  nNonzeroCoefs: number | null;
  /** How many columns are in use. */
  iterations: number;
}

/** 2⁻⁵²: covariances whose square is smaller, and what is left of a column below its root, count as nothing. */
const LEAST = Number.EPSILON;

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
    const problem = centre(X, y, fitIntercept, meanOne(sampleWeight));
    const square = dotProduct(problem.y, 0, problem.y, 0, problem.y.length);
    const { active, values } = pursue(columnCovariances(problem), nNonzeroCoefs ?? X.cols, square, tol);
    const coef = new Float64Array(X.cols);
    for (const [i, column] of active.entries()) coef[column] = values[i];
    return { coef, intercept: interceptOf(problem, coef), nNonzeroCoefs, iterations: active.length };
  }
}

/** Columns in the order in which they came, and the coefficient of each. */
function pursue(products: ColumnCovariances, most: number, square: number, tol: number | null): { active: number[]; values: Float64Array } {
  const { cols, withTarget } = products;
  const factor = new GrowingCholesky(most);
  const active: number[] = [];
  const isActive = new Uint8Array(cols);
  let values: Float64Array = new Float64Array(0);
  let left = withTarget;
  while (active.length < most) {
    let next = 0;
    for (let j = 1; j < cols; j++) if (Math.abs(left[j]) > Math.abs(left[next])) next = j;
    if (isActive[next] === 1 || left[next] ** 2 < LEAST) break;
    const cross = active.map((other) => products.between(next, other));
    if (!factor.append(cross, products.between(next, next), Math.sqrt(LEAST))) break;
    active.push(next);
    isActive[next] = 1;
    const targets = active.map((column) => withTarget[column]);
    values = factor.solve(targets);
    const explained = products.ofSum(active, values);
    left = withTarget.map((value, j) => value - explained[j]);
    const error = square - values.reduce((sum, value, i) => sum + value * targets[i], 0);
    if (tol !== null && error <= tol) break;
  }
  return { active, values };
}
