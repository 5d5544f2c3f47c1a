import { flag, number, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { leastSquares } from '../matrix/svd.ts';
import { centre, CentredProducts, interceptOf } from '../matrix/centre.ts';
import { centredGram } from '../matrix/centred-gram.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { lsqr } from './lsqr.ts';
import { nonNegativeLeastSquares } from './non-negative-least-squares.ts';

export interface LinearRegressionOptions {
  /** Whether to learn an intercept. Default true. */
  fitIntercept?: boolean;
  /**
   * Dense X: singular values of at most tol · the largest count as zero. Sparse X: relative accuracy at which
   * LSQR stops. Default 1e-6.
   */
  tol?: number;
  /** Whether coefficients must not be negative. Default false. */
  positive?: boolean;
}

export interface LinearRegressionFitted extends LinearFitted {
  /** Rank of the centred X; null for a sparse X and with `positive`. */
  rank: number | null;
  /** Singular values of the centred X, descending; null where rank is. */
  singular: Float64Array | null;
}

/**
 * Ordinary least squares: the w, b that minimise Σ sᵢ(yᵢ − xᵢ·w − b)² over row weights s. Where columns depend
 * on each other it is the shortest such w.
 *
 * X: samples × features. A dense X is solved by its singular values, a sparse one by LSQR without being
 * filled. With `positive`, by an active set over XᵀX.
 *
 * Counterpart: scikit-learn's LinearRegression, for one target; `positive` takes a sparse X too.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §3.2.
 *
 * @example
 * const model = await new LinearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * model.fitted.coef; // [2], and model.fitted.intercept is 1
 */
export class LinearRegression extends LinearRegressor<LinearRegressionOptions, LinearRegressionFitted> {
  static override readonly rules: Rules<LinearRegressionOptions> = {
    fitIntercept: flag(true),
    tol: number(1e-6, { min: 0 }),
    positive: flag(false),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LinearRegressionFitted {
    const { fitIntercept, tol, positive } = this.options;
    const problem = centre(X, y, fitIntercept, sampleWeight);
    const finish = (coef: Float64Array, rank: number | null = null, singular: Float64Array | null = null): LinearRegressionFitted => ({
      coef,
      intercept: fitIntercept ? interceptOf(problem, coef) : 0,
      rank,
      singular,
    });
    if (positive) {
      const products = new CentredProducts(problem);
      return finish(nonNegativeLeastSquares(centredGram(problem), products.transposedTimes(problem.y, new Float64Array(X.cols))));
    }
    if (problem.X.kind === 'csr') return finish(lsqr(new CentredProducts(problem), problem.y, { tol }).x);
    const { coef, rank, singular } = leastSquares(problem.X, problem.y, tol);
    return finish(coef, rank, singular);
  }
}
