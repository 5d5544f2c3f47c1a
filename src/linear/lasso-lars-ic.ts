import { DataError } from '../core/errors.ts';
import { choice, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { CentredProducts, interceptOf, type Centred } from '../matrix/centre.ts';
import { centredGram } from '../matrix/centred-gram.ts';
import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { RidgeSpectrum } from '../matrix/ridge-spectrum.ts';
import { pathOf } from './lars-fit.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { nonNegativeLeastSquares } from './non-negative-least-squares.ts';

export interface LassoLarsICOptions {
  /** 'aic' adds 2 for each column in use, 'bic' ln(rows), which leaves more out. Default 'aic'. */
  criterion?: 'aic' | 'bic';
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most steps along the path. Default 500. */
  maxIter?: number;
  /** Whether coefficients must not be negative. Default false. */
  positive?: boolean;
  /** Variance of the noise, in units of y², at least 0. Default null: what least squares leave, for more rows than coefficients. */
  noiseVariance?: number | null;
}

export interface LassoLarsICFitted extends LinearFitted {
  /** The chosen penalty. */
  alpha: number;
  /** Penalties of the path's nodes, descending. */
  alphas: Float64Array;
  /** One per node: the criterion, of which the least is chosen, the first of several. */
  criterion: Float64Array;
  /** The variance of the noise that the criterion went by. */
  noiseVariance: number;
  /** Steps made. */
  iterations: number;
}

/**
 * A lasso whose penalty an information criterion chooses, in one fit and without folds: of the nodes of its path (see LassoLars)
 * the one with the least
 *
 *     rows·ln(2π·v) + Σ sᵢ(yᵢ − ŷᵢ)²/v + factor·(columns in use),   factor 2 for 'aic', ln(rows) for 'bic',
 *
 * where v is the variance of the noise. X: samples × features, dense or sparse. Row weights s are scaled to mean 1.
 *
 * @throws DataError without noiseVariance where there are not more rows than coefficients
 * Counterpart: scikit-learn's LassoLarsIC. A column that depends on those in use is left out for good; with `positive` the last
 * node is the minimum. Sparse X and weights are taken too. Without `precompute` and `eps`.
 * Source: Zou, Hastie and Tibshirani, "On the degrees of freedom of the lasso", Annals of Statistics 35(5), 2007.
 *
 * @example
 * const model = await new LassoLarsIC({ criterion: 'bic' }).fit(X, y);
 * model.fitted.alpha;
 */
export class LassoLarsIC extends LinearRegressor<LassoLarsICOptions, LassoLarsICFitted> {
  static override readonly rules: Rules<LassoLarsICOptions> = {
    criterion: choice('aic', ['aic', 'bic']),
    fitIntercept: flag(true),
    maxIter: integer(500, { min: 0 }),
    positive: flag(false),
    noiseVariance: optional(number(1, { min: 0 })),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LassoLarsICFitted {
    const { criterion: name, fitIntercept, maxIter, positive } = this.options;
    const { problem, path } = pathOf(this.owner, X, y, sampleWeight, fitIntercept, { method: 'lasso', maxIter, alphaMin: 0, positive });
    const noiseVariance = this.options.noiseVariance ?? this.#varianceLeft(problem);
    const factor = name === 'aic' ? 2 : Math.log(X.rows);
    const coefs = path.coefs.transpose();
    const criterion = Float64Array.from({ length: coefs.rows }, (_, node) => {
      const coef = coefs.row(node);
      const used = coef.reduce((count, value) => count + (Math.abs(value) > Number.EPSILON ? 1 : 0), 0);
      return X.rows * Math.log(2 * Math.PI * noiseVariance) + squaredErrors(problem, coef) / noiseVariance + factor * used;
    });
    let best = 0;
    for (let node = 1; node < criterion.length; node++) if (criterion[node] < criterion[best]) best = node;
    const coef = coefs.row(best).slice();
    return { coef, intercept: interceptOf(problem, coef), alpha: path.alphas[best], alphas: path.alphas, criterion, noiseVariance, iterations: path.iterations };
  }

  /** What least squares leave of y, per degree of freedom. */
  #varianceLeft(problem: Centred): number {
    const { rows, cols } = problem.X;
    const freedom = rows - cols - Number(this.options.fitIntercept);
    if (freedom <= 0) {
      throw new DataError(`${this.owner}: X must have more rows than coefficients without noiseVariance, got ${rows} rows and ${rows - freedom} coefficients. Set noiseVariance.`);
    }
    return squaredErrors(problem, leastSquaresOf(problem, this.options.positive)) / freedom;
  }
}

/** Coefficients that leave the least of y, by products of columns: what is left hardly feels their rounding. */
function leastSquaresOf(problem: Centred, positive: boolean): Float64Array {
  const target = new CentredProducts(problem).transposedTimes(problem.y, new Float64Array(problem.X.cols));
  const G = centredGram(problem);
  if (positive) return nonNegativeLeastSquares(G, target);
  if (cholesky(G)) return choleskySolve(G, target);
  const spectrum = RidgeSpectrum.fast(problem);
  return spectrum.solution(1e-13 * spectrum.squares.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE));
}

/** Σ (yᵢ − ŷᵢ)² of the centred problem. */
function squaredErrors(problem: Centred, coef: Float64Array): number {
  const fitted = new CentredProducts(problem).times(coef, new Float64Array(problem.y.length));
  return fitted.reduce((sum, value, i) => sum + (problem.y[i] - value) ** 2, 0);
}
