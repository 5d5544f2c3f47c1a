import { centre, interceptOf } from '../matrix/centre.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { dotProduct } from '../matrix/vector.ts';
import { columnCovariances, type ColumnCovariances } from './column-covariances.ts';
import { meanOne } from './elastic-net-fit.ts';
import { GrowingCholesky } from './growing-cholesky.ts';
import type { LinearFitted } from './linear-regressor.ts';

export interface OrthogonalMatchingPursuitFitted extends LinearFitted {
  /** How many columns were to be used; null with `tol`. */
  nNonzeroCoefs: number | null;
  /** How many columns are in use. */
  iterations: number;
}

/** Columns in the order in which they came, and after each of them the coefficients of those so far. */
export interface Pursuit {
  active: number[];
  path: Float64Array[];
}

/** Where a pursuit ends. */
interface End {
  /** Most columns; null for as many as there are. */
  nNonzeroCoefs: number | null;
  /** Squared error; null for none. */
  tol: number | null;
}

/** 2⁻⁵²: covariances whose square is smaller, and what is left of a column below its root, count as nothing. */
const LEAST = Number.EPSILON;

/** The model at the end of a pursuit over rows that weigh 1 on average. */
export function fitPursuit(X: Matrix, y: Float64Array, weights: Float64Array | undefined, fitIntercept: boolean, end: End): OrthogonalMatchingPursuitFitted {
  const problem = centre(X, y, fitIntercept, meanOne(weights));
  const square = dotProduct(problem.y, 0, problem.y, 0, problem.y.length);
  const { active, path } = pursue(columnCovariances(problem), square, end);
  const coef = new Float64Array(X.cols);
  for (const [i, column] of active.entries()) coef[column] = path[active.length - 1][i];
  return { coef, intercept: interceptOf(problem, coef), nNonzeroCoefs: end.nNonzeroCoefs, iterations: active.length };
}

/**
 * Takes the column with the largest |covariance| with what is left of y into use, again and again, and fits all in use anew.
 * @param square Σy²
 */
export function pursue(products: ColumnCovariances, square: number, { nNonzeroCoefs, tol }: End): Pursuit {
  const { cols, withTarget } = products;
  const most = nNonzeroCoefs ?? cols;
  const factor = new GrowingCholesky(most);
  const active: number[] = [];
  const path: Float64Array[] = [];
  const isActive = new Uint8Array(cols);
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
    const values = factor.solve(targets);
    path.push(values);
    const explained = products.ofSum(active, values);
    left = withTarget.map((value, j) => value - explained[j]);
    const error = square - values.reduce((sum, value, i) => sum + value * targets[i], 0);
    if (tol !== null && error <= tol) break;
  }
  return { active, path };
}
