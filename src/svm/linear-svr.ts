import { Regressor } from '../base/regressor.ts';
import { OptionError } from '../core/errors.ts';
import { choice, flag, integer, number, positive, seed, type Rules } from '../core/rules.ts';
import { withArena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector } from '../matrix/products.ts';
import { dualTube } from './dual-tube.ts';
import { linearArrays } from './linear-arrays.ts';
import { linearRows } from './linear-rows.ts';
import { SolverRandom } from './solver-random.ts';
import { squaredTube } from './squared-loss.ts';
import { trustRegionNewton } from './trust-region-newton.ts';

export interface LinearSVROptions {
  /** Half the width of the tube within which errors cost nothing, in the unit of y, at least 0. Default 0. */
  epsilon?: number;
  /** How exactly to solve, relative to where the solver starts. Default 1e-4. */
  tol?: number;
  /** Cost of an error, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** 'epsilonInsensitive' is max(0, |y − ŷ| − ε), 'squaredEpsilonInsensitive' its square. Default the first. */
  loss?: 'epsilonInsensitive' | 'squaredEpsilonInsensitive';
  /** Whether to learn an intercept, which is penalised. Default true. */
  fitIntercept?: boolean;
  /** Value of the constant column whose weight is the intercept: the larger, the weaker its penalty. Default 1. */
  interceptScaling?: number;
  /**
   * Whether to solve the dual problem, whose unknowns are one per row. Default 'auto': where there are fewer rows
   * than columns or the primal solver does not know the loss.
   */
  dual?: boolean | 'auto';
  /** Most passes over the data, or Newton steps. Default 1000. */
  maxIter?: number;
  /** Seed of the order in which rows are visited. Default null: 0. */
  randomState?: number | null;
}

export interface LinearSVRFitted {
  /** One per column of X. */
  coef: Float64Array;
  /** In the unit of y; 0 without fitIntercept. */
  intercept: number;
  /** Passes over the data, or Newton steps. */
  iterations: number;
  /** Whether the tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/**
 * Linear support vector regression: the w, b that minimise
 *
 *     ½‖(w, b/s)‖² + C·Σ sᵢ·max(0, |yᵢ − xᵢ·w − b| − ε),   s = interceptScaling,
 *
 * over row weights sᵢ, or the same with the distance from the tube squared. X: samples × features, dense or CSR.
 *
 * Solvers: coordinate descent on the dual, Newton in a trust region on the primal (squared loss). They draw
 * scikit-learn's random numbers: the same randomState gives scikit-learn's model wherever it stops.
 *
 * @throws OptionError for a loss that `dual` does not go with.
 *
 * Counterpart: scikit-learn's LinearSVR; randomState null is seed 0.
 * Source: Ho and Lin, "Large-scale linear support vector regression", JMLR 13, 2012.
 *
 * @example
 * const model = await new LinearSVR({ epsilon: 0.1 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class LinearSVR extends Regressor<LinearSVROptions, LinearSVRFitted> {
  static override readonly rules: Rules<LinearSVROptions> = {
    epsilon: number(0, { min: 0 }),
    tol: positive(1e-4),
    C: positive(1),
    loss: choice('epsilonInsensitive', ['epsilonInsensitive', 'squaredEpsilonInsensitive']),
    fitIntercept: flag(true),
    interceptScaling: positive(1),
    dual: choice('auto', ['auto', true, false]),
    maxIter: integer(1000, { min: 1 }),
    randomState: seed(),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LinearSVRFitted {
    const { epsilon, tol, C, loss, fitIntercept, interceptScaling, dual, maxIter, randomState } = this.options;
    const squared = loss === 'squaredEpsilonInsensitive';
    if (!squared && dual === false) {
      throw new OptionError(`${this.owner}: loss 'epsilonInsensitive' is solved in the dual only, got dual false. Use dual: 'auto'.`);
    }
    const bias = fitIntercept ? interceptScaling : 0;
    const counted = new Int32Array(y.length).map((_, i) => i).filter((i) => !sampleWeight || sampleWeight[i] > 0);
    const target = new Float64Array(counted.length).map((_, s) => y[counted[s]]);
    const costs = new Float64Array(counted.length).map((_, s) => C * (sampleWeight ? sampleWeight[counted[s]] : 1));
    const inDual = dual === 'auto' ? !squared || X.rows < X.cols : dual;
    const { w, iterations, converged } = inDual
      ? dualTube(linearRows(X, counted, bias), target, costs, { squared, epsilon, tol, maxIter, random: new SolverRandom(randomState) })
      : withArena((arena) => trustRegionNewton(squaredTube(arena, linearArrays(arena, X, counted, bias), target, costs, epsilon), { tol, maxIter }));
    return { coef: w.slice(0, X.cols), intercept: bias > 0 ? bias * w[X.cols] : 0, iterations, converged };
  }

  protected values(X: Matrix, { coef, intercept }: LinearSVRFitted): Float64Array {
    return timesVector(X, coef, intercept, new Float64Array(X.rows));
  }
}
