import { choice, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { svd } from '../matrix/svd.ts';
import { centre, CentredProducts, filled, interceptOf, type Centred } from '../matrix/centre.ts';
import { centredGram, centredGramOfRows } from '../matrix/centred-gram.ts';
import { conjugateGradient } from './conjugate-gradient.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { lsqr } from './lsqr.ts';
import { nonNegativeLeastSquares } from './non-negative-least-squares.ts';

/** Ways to solve a ridge regression. */
export type RidgeSolver = 'cholesky' | 'svd' | 'sparseCg' | 'lsqr' | 'activeSet';

export interface RidgeOptions {
  /** Strength of the penalty, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most iterations of 'sparseCg' and 'lsqr'. Default null: 10 · unknowns (columns, or rows where they are fewer), or 2 · columns. */
  maxIter?: number | null;
  /** Relative accuracy at which 'sparseCg' and 'lsqr' stop; the other solvers are exact. Default 1e-4. */
  tol?: number;
  /**
   * 'cholesky': normal equations, exact; 'svd': exact whatever the condition; 'sparseCg', 'lsqr': iterative, X is
   * never filled. Default 'auto': 'cholesky' for a dense X, 'sparseCg' for a sparse one.
   */
  solver?: 'auto' | 'cholesky' | 'svd' | 'sparseCg' | 'lsqr';
  /** Whether coefficients must not be negative; solved exactly by an active set, whatever `solver`. Default false. */
  positive?: boolean;
}

export interface RidgeFitted extends LinearFitted {
  /** The solver that made the coefficients: 'svd' where 'cholesky' met a singular matrix. */
  solver: RidgeSolver;
  /** Iterations made; null for solvers that are exact. */
  iterations: number | null;
  /** Whether the tolerance was met before maxIter; true for solvers that are exact. */
  converged: boolean;
}

/**
 * Ridge regression: the w, b that minimise Σ sᵢ(yᵢ − xᵢ·w − b)² + alpha·‖w‖² over row weights s. The
 * intercept b is not penalised. X: samples × features, dense or sparse.
 *
 * A sparse X is solved iteratively and only to `tol`, at the same points as scikit-learn: set tol: 1e-12, or
 * solver: 'cholesky', for all digits.
 *
 * Counterpart: scikit-learn's Ridge, for one target. Without "sag" and "saga", which solve the same problem with
 * noise; `positive` is exact where "lbfgs" stops at tol; 'cholesky' takes a sparse X with intercept too; 'sparseCg' minds
 * `maxIter` with more columns than rows as well.
 * Source: Hoerl and Kennard, "Ridge regression", Technometrics 12(1), 1970; Hastie, Tibshirani, Friedman, "The
 * Elements of Statistical Learning", 2nd ed., §3.4.1.
 *
 * @example
 * const model = await new Ridge({ alpha: 10 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class Ridge extends LinearRegressor<RidgeOptions, RidgeFitted> {
  static override readonly rules: Rules<RidgeOptions> = {
    alpha: number(1, { min: 0 }),
    fitIntercept: flag(true),
    maxIter: optional(integer(1000, { min: 1 })),
    tol: number(1e-4, { min: 0 }),
    solver: choice('auto', ['auto', 'cholesky', 'svd', 'sparseCg', 'lsqr']),
    positive: flag(false),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): RidgeFitted {
    const { alpha, fitIntercept, maxIter, tol } = this.options;
    const problem = centre(X, y, fitIntercept, sampleWeight);
    const { coef, ...how } = ridgeSolver(problem, alpha, chosenSolver(X, this.options), tol, maxIter)(problem.y);
    return { coef, intercept: fitIntercept ? interceptOf(problem, coef) : 0, ...how };
  }
}

type RidgeSolution = Omit<RidgeFitted, 'intercept'>;

/** The solver that options stand for. */
export function chosenSolver(X: Matrix, { positive, solver }: Pick<Required<RidgeOptions>, 'positive' | 'solver'>): RidgeSolver {
  if (positive) return 'activeSet';
  return solver === 'auto' ? (X.kind === 'csr' ? 'sparseCg' : 'cholesky') : solver;
}

/**
 * Gives the w that minimises ‖Z·w − y‖² + alpha·‖w‖² for a centred problem and any y that is centred like it. What does
 * not depend on y is worked out once.
 */
export function ridgeSolver(problem: Centred, alpha: number, solver: RidgeSolver, tol: number, maxIter: number | null): (y: Float64Array) => RidgeSolution {
  const products = new CentredProducts(problem);
  const { rows, cols } = products;
  if (solver === 'lsqr') {
    return (y) => {
      const { x, iterations, converged } = lsqr(products, y, { damp: Math.sqrt(alpha), tol, maxIter });
      return { coef: x, solver, iterations, converged };
    };
  }
  if (solver === 'sparseCg') return (y) => byConjugateGradient(products, y, alpha, tol, maxIter);
  const exactly = (used: RidgeSolver, solve: (y: Float64Array) => Float64Array) => (y: Float64Array): RidgeSolution => ({ coef: solve(y), solver: used, iterations: null, converged: true });
  if (solver === 'svd') return exactly('svd', bySingularValues(problem, alpha));

  const wide = cols > rows && solver === 'cholesky';
  const A = addToDiagonal(wide ? centredGramOfRows(problem) : centredGram(problem), alpha);
  const alongColumns = (y: Float64Array): Float64Array => products.transposedTimes(y, new Float64Array(cols));
  if (solver === 'activeSet') return exactly(solver, (y) => nonNegativeLeastSquares(A, alongColumns(y)));
  if (!cholesky(A)) return exactly('svd', bySingularValues(problem, alpha));
  return exactly('cholesky', wide ? (y) => alongColumns(choleskySolve(A, y)) : (y) => choleskySolve(A, alongColumns(y)));
}

function byConjugateGradient(Z: CentredProducts, y: Float64Array, alpha: number, tol: number, maxIter: number | null): RidgeSolution {
  const { rows, cols } = Z;
  const atRows = new Float64Array(rows);
  const atCols = new Float64Array(cols);
  // With more columns than rows the unknowns are one per row: w = Zᵀ·(ZZᵀ + alpha)⁻¹·y.
  if (cols > rows) {
    const { x, iterations, converged } = conjugateGradient(
      (v, out) => {
        Z.times(Z.transposedTimes(v, atCols), out);
        for (let i = 0; i < rows; i++) out[i] += alpha * v[i];
      },
      y,
      tol,
      maxIter ?? 10 * rows,
    );
    return { coef: Z.transposedTimes(x, new Float64Array(cols)), solver: 'sparseCg', iterations, converged };
  }
  const { x, iterations, converged } = conjugateGradient(
    (v, out) => {
      Z.transposedTimes(Z.times(v, atRows), out);
      for (let j = 0; j < cols; j++) out[j] += alpha * v[j];
    },
    Z.transposedTimes(y, new Float64Array(cols)),
    tol,
    maxIter ?? 10 * cols,
  );
  return { coef: x, solver: 'sparseCg', iterations, converged };
}

/** Σ vₖ·(σₖ/(σₖ² + alpha))·uₖᵀy over singular values above 1e-15. A sparse X is filled. */
function bySingularValues(problem: Centred, alpha: number): (y: Float64Array) => Float64Array {
  const { X } = problem;
  const { u, singular, vt } = svd(filled(problem));
  return (y) => {
    const coef = new Float64Array(X.cols);
    for (let k = 0; k < singular.length; k++) {
      if (!(singular[k] > 1e-15)) continue;
      let along = 0;
      for (let i = 0; i < X.rows; i++) along += u.data[i * u.cols + k] * y[i];
      const amount = (along * singular[k]) / (singular[k] ** 2 + alpha);
      for (let j = 0; j < X.cols; j++) coef[j] += amount * vt.data[k * X.cols + j];
    }
    return coef;
  };
}

function addToDiagonal(A: DenseMatrix, alpha: number): DenseMatrix {
  for (let i = 0; i < A.rows; i++) A.data[i * A.cols + i] += alpha;
  return A;
}
