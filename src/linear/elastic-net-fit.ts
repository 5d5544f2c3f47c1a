import { DataError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { centre, interceptOf, type Centred } from '../matrix/centre.ts';
import { coordinateDescent, type CoordinateDescentResult } from './coordinate-descent.ts';
import { columnProblem } from './coordinate-problem.ts';
import type { LinearFitted } from './linear-regressor.ts';

/** Options that all elastic nets share. */
export interface ElasticNetSolverOptions {
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most passes over the coefficients. Default 1000. */
  maxIter?: number;
  /** Stop when the duality gap is at most tol·‖y‖², y centred; also how little coefficients must move for it to be looked at. Default 1e-4. */
  tol?: number;
  /** Whether coefficients must not be negative. Default false. */
  positive?: boolean;
  /** Whether coefficients take turns in order ('cyclic') or are drawn at random. Default 'cyclic'. */
  selection?: 'cyclic' | 'random';
  /** Seed of the drawing; null is seed 0. Default null. */
  randomState?: number | null;
}

export const solverRules: Rules<ElasticNetSolverOptions> = {
  fitIntercept: flag(true),
  maxIter: integer(1000, { min: 1 }),
  tol: number(1e-4, { min: 0 }),
  positive: flag(false),
  selection: choice('cyclic', ['cyclic', 'random']),
  randomState: seed(),
};

export interface ElasticNetFitted extends LinearFitted {
  /** Passes over the coefficients. */
  iterations: number;
  /** Whether the duality gap met the tolerance before maxIter; if not, the model is kept all the same. */
  converged: boolean;
  /** How far at most the objective is above its minimum. */
  dualGap: number;
}

/** Weights scaled to sum to the number of rows, so that the penalty means the same with weights and without. */
export function meanOne(weights: Float64Array | undefined): Float64Array | undefined {
  if (!weights) return undefined;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  return weights.map((weight) => weight * (weights.length / total));
}

/** The generator that coordinates are drawn with, or null when they take turns. */
export function drawing({ selection, randomState }: Readonly<Required<ElasticNetSolverOptions>>): RandomState | null {
  return selection === 'random' ? new RandomState(randomState) : null;
}

/** Coefficients of the elastic net for one penalty, from `w` and in place. */
export function solveElasticNet(
  problem: Parameters<typeof coordinateDescent>[0],
  w: Float64Array,
  rows: number,
  { alpha, l1Ratio }: { alpha: number; l1Ratio: number },
  { maxIter, tol, positive }: Readonly<Required<ElasticNetSolverOptions>>,
  random: RandomState | null,
): CoordinateDescentResult {
  return coordinateDescent(problem, w, { l1: alpha * l1Ratio * rows, l2: alpha * (1 - l1Ratio) * rows, maxIter, tol, positive, random });
}

/** Fits one elastic net. @param start coefficients to start from; zeros when left out */
export function fitElasticNet(
  owner: string,
  X: Matrix,
  y: Float64Array,
  sampleWeight: Float64Array | undefined,
  penalty: { alpha: number; l1Ratio: number },
  options: Readonly<Required<ElasticNetSolverOptions>>,
  start?: Float64Array,
): ElasticNetFitted {
  const problem: Centred = centre(X, y, options.fitIntercept, meanOne(sampleWeight));
  const coef = start ? start.slice() : new Float64Array(X.cols);
  const { gap, iterations, converged } = solveElasticNet(columnProblem(problem), coef, X.rows, penalty, options, drawing(options));
  if (!coef.every(Number.isFinite)) throw new DataError(`${owner}: coefficients must stay finite, but overflowed. Scale X and y first.`);
  return { coef, intercept: options.fitIntercept ? interceptOf(problem, coef) : 0, iterations, converged, dualGap: gap / X.rows };
}
