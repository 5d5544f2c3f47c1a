import { flag, integer, number, type Rules } from '../core/rules.ts';
import { withArena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { warmCoefficients } from './elastic-net.ts';
import { HuberLoss } from './huber-loss.ts';
import { lbfgs, type LbfgsResult } from './lbfgs.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

export interface HuberRegressorOptions {
  /** Rows that miss by more than epsilon·scale count as outliers; at least 1, smaller is more robust. Default 1.35. */
  epsilon?: number;
  /** Most iterations of L-BFGS. Default 100. */
  maxIter?: number;
  /** Strength of the penalty alpha·‖w‖², at least 0. Default 1e-4. */
  alpha?: number;
  /** Whether fitting again starts from what was learned before. Default false. */
  warmStart?: boolean;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Stop once no component of the gradient, by columns of like spread, exceeds this. Default 1e-5. */
  tol?: number;
}

export interface HuberRegressorFitted extends LinearFitted {
  /** σ: the size of errors that counts as usual, in units of y. */
  scale: number;
  /** 1 for each training row that misses by more than epsilon·scale, else 0. */
  outliers: Uint8Array;
  /** Iterations made. */
  iterations: number;
  /** Whether a tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/** 64 machine epsilons: goes on until the gradient says stop. */
const FTOL = 64 * 2.220446049250313e-16;
/** Where σ stands at its bound, the loss is straight nearly everywhere, and gradients stay large to the end. */
const BOUNDED_FTOL = 1e-12;
/** Share of the loss that a smaller σ may still spare where its bound stops. */
const NEGLIGIBLE = 1e-9;
/** Below it nearly all rows must be outliers, so that σ will stand at its bound. */
const NEARLY_ONE = 1.001;
/** σ is never less than this share of the mean size of errors at the start. */
const LEAST_SCALE = 10 * 2.220446049250313e-16;

/**
 * Linear regression that outliers do not sway: errors count by their square up to epsilon·σ, beyond that in proportion.
 * Minimises over w, b and the scale σ
 *
 *     Σ sᵢ·(σ + H((yᵢ − xᵢ·w − b)/σ)·σ) + alpha·‖w‖²,  H(z) = z² for |z| ≤ epsilon, else 2·epsilon·|z| − epsilon²
 *
 * by L-BFGS over w and b, with the σ that is best for them at each point. X: samples × features, dense or sparse; its columns
 * need not be scaled. Scaling y scales the model, since σ goes with it. With epsilon 1, or where most rows can be met exactly, the best σ is near 0 and
 * the fit the one of least absolute errors.
 *
 * Counterpart: scikit-learn's HuberRegressor: the same optimum. It gives up once the objective falls by less than
 * 2e-9 of itself, which can leave coefficients 1e-3 away, and fails with an error on some data of large values; here only
 * the gradient decides.
 * Source: Huber and Ronchetti, "Robust Statistics", 2nd ed., 2009, p. 172; Owen, "A robust hybrid of lasso and ridge
 * regression", 2006.
 *
 * @example
 * const model = await new HuberRegressor().fit(X, y);
 * model.fitted.outliers; // which rows it took for outliers
 */
export class HuberRegressor extends LinearRegressor<HuberRegressorOptions, HuberRegressorFitted> {
  static override readonly rules: Rules<HuberRegressorOptions> = {
    epsilon: number(1.35, { min: 1 }),
    maxIter: integer(100, { min: 1 }),
    alpha: number(1e-4, { min: 0 }),
    warmStart: flag(false),
    fitIntercept: flag(true),
    tol: number(1e-5, { min: 0 }),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): HuberRegressorFitted {
    const { epsilon, maxIter, alpha, warmStart, fitIntercept, tol } = this.options;
    const isWarm = warmStart && this.isFitted;
    const coef = isWarm ? warmCoefficients(this.owner, this.fitted.coef, X.cols) : new Float64Array(X.cols);
    const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
    return withArena((arena) => {
      const loss = new HuberLoss(X, y, weights, epsilon, alpha, fitIntercept, arena);
      const { x, iterations, converged } = minimum(loss, loss.variablesOf({ coef, intercept: isWarm ? this.fitted.intercept : 0 }), maxIter, tol);
      const errors = loss.errorsAt(x);
      const scale = loss.scaleOf(errors);
      return {
        ...loss.lineAt(x),
        scale,
        outliers: Uint8Array.from(errors, (error) => Number(Math.abs(error) > scale * epsilon)),
        iterations,
        converged,
      };
    });
  }
}

/**
 * Minimises with σ bounded from below, which keeps the loss smooth, by a bound that falls until σ stays above it: the
 * problem is convex, so that this is the minimum without a bound. Where σ goes to 0, the bound stops where a smaller σ would
 * spare next to nothing, and the last σ is the best without it. Until σ stands free, minima are only found roughly.
 */
function minimum(loss: HuberLoss, start: Float64Array, maxIter: number, tol: number): LbfgsResult {
  const size = loss.meanError(start) || 1;
  let x = start;
  let iterations = 0;
  let bound = 0.01;
  let isRough = loss.epsilon < NEARLY_ONE;
  for (;;) {
    loss.leastScale = Math.max(bound, LEAST_SCALE) * size;
    const found = lbfgs(loss, x, { maxIter: maxIter - iterations, gtol: tol, ftol: isRough ? BOUNDED_FTOL : FTOL, maxLineSearch: 50 });
    x = found.x;
    iterations += found.iterations;
    const errors = loss.errorsAt(x);
    const isBounded = loss.scaleOf(errors) === loss.leastScale;
    const isLast = isBounded ? bound <= LEAST_SCALE || loss.excessOver(LEAST_SCALE * size, errors) <= NEGLIGIBLE * found.f : !isRough;
    if (isLast || iterations >= maxIter) {
      loss.leastScale = LEAST_SCALE * size;
      return { ...found, iterations, converged: found.converged && isLast };
    }
    isRough = isBounded;
    if (isBounded) bound /= 100;
  }
}
