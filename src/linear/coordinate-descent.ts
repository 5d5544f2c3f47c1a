import { RandomState } from '../core/random-state.ts';
import { Xorshift } from '../core/xorshift.ts';
import { dotProduct } from '../matrix/vector.ts';
import type { CoordinateProblem } from './coordinate-problem.ts';

export interface CoordinateDescentOptions {
  /** Factor of ‖w‖₁. */
  l1: number;
  /** Factor of ½‖w‖². */
  l2: number;
  maxIter: number;
  /** Stop when the duality gap is at most tol·‖y‖². */
  tol: number;
  positive: boolean;
  /** Draws coordinates in place of going through them in order. */
  random: RandomState | null;
}

export interface CoordinateDescentResult {
  /** Primal minus dual objective: how far at most the objective is above its minimum. */
  gap: number;
  /** Passes over the coordinates. */
  iterations: number;
  /** Whether the gap met the tolerance. */
  converged: boolean;
}

/** numpy's randint(0, RAND_R_MAX). */
const SEED_END = 2147483647;

/**
 * Minimises ½‖y − Z·w‖² + l1·‖w‖₁ + ½·l2·‖w‖² one coordinate at a time, from w and in place.
 *
 * The gap is looked at when no coordinate moved by more than tol times the largest, and in the last pass. With it
 * go the coordinates that are proven to be zero at the optimum (gap-safe screening). Both are decided where
 * scikit-learn decides them, so that a model that is stopped by `tol` or `maxIter` is scikit-learn's.
 *
 * Counterpart: sklearn.linear_model._cd_fast's enet_coordinate_descent, of 1.9.
 * Source: Friedman, Hastie and Tibshirani, J. Statistical Software 33(1), 2010; Fercoq, Gramfort and Salmon, "Mind
 * the duality gap", ICML 2015; Dünner et al., "Primal-dual rates and certificates", ICML 2016, for l1 = 0.
 */
export function coordinateDescent(problem: CoordinateProblem, w: Float64Array, options: CoordinateDescentOptions): CoordinateDescentResult {
  const { l1, l2, maxIter, tol, positive, random } = options;
  const { size, squares } = problem;
  const drawn = random ? new Xorshift(random.randint(0, SEED_END)) : null;
  const slopes = new Float64Array(size);
  const limit = tol * problem.targetSquare;
  const active = new Int32Array(size);
  const excluded = new Uint8Array(size);
  let activeCount = size;
  for (let j = 0; j < size; j++) active[j] = j;

  problem.start(w);
  let { gap, dualNorm } = dualityGap(problem, w, slopes, options);
  if (gap >= 0 && gap <= limit) return { gap, iterations: 0, converged: true };

  const screen = (): void => {
    // Without an l1 part there is no bound that could prove a coefficient zero.
    if (l1 === 0) return;
    const radius = Math.sqrt(2 * Math.abs(gap)) / l1;
    activeCount = 0;
    for (let j = 0; j < size; j++) {
      if (excluded[j]) continue;
      if (squares[j] === 0) {
        w[j] = 0;
        excluded[j] = 1;
        continue;
      }
      const distance = (1 - Math.abs(slopes[j] / Math.max(l1, dualNorm))) / Math.sqrt(squares[j] + l2);
      if (distance <= radius) {
        active[activeCount++] = j;
        continue;
      }
      if (w[j] !== 0) problem.move(j, -w[j]);
      w[j] = 0;
      excluded[j] = 1;
    }
  };
  screen();

  for (let iteration = 0; iteration < maxIter; iteration++) {
    let largest = 0;
    let largestChange = 0;
    for (let k = 0; k < activeCount; k++) {
      const j = active[drawn ? drawn.below(activeCount) : k];
      const square = squares[j];
      if (square === 0) continue;
      const before = w[j];
      const target = problem.slope(j) + before * square;
      let after = 0;
      if (target > l1) after = (target - l1) / (square + l2);
      else if (target < -l1 && !positive) after = (target + l1) / (square + l2);
      w[j] = after;
      const change = after - before;
      if (change !== 0) problem.move(j, change);
      const moved = Math.abs(change);
      if (moved > largestChange) largestChange = moved;
      const reached = Math.abs(after);
      if (reached > largest) largest = reached;
    }
    if (largest === 0 || largestChange / largest <= tol || iteration === maxIter - 1) {
      ({ gap, dualNorm } = dualityGap(problem, w, slopes, options));
      if (gap <= limit) return { gap, iterations: iteration + 1, converged: true };
      screen();
    }
  }
  return { gap, iterations: maxIter, converged: false };
}

/** Also writes Zᵀr − l2·w into `slopes` (Zᵀr alone when l1 is 0). */
function dualityGap(
  problem: CoordinateProblem,
  w: Float64Array,
  slopes: Float64Array,
  { l1, l2, positive }: CoordinateDescentOptions,
): { gap: number; dualNorm: number } {
  const { size } = problem;
  const square = problem.residualSquare(w);
  const size2 = l2 > 0 ? dotProduct(w, 0, w, 0, size) : 0;
  problem.slopes(slopes);
  if (l1 === 0) {
    const dualNorm = dotProduct(slopes, 0, slopes, 0, size);
    // Least squares has no dual of use: the gradient stands in for the gap.
    if (l2 === 0) return { gap: dualNorm, dualNorm };
    return { gap: square + 0.5 * l2 * size2 - problem.residualTimesTarget(w) + dualNorm / (2 * l2), dualNorm };
  }
  let dualNorm = positive ? -Infinity : 0;
  let size1 = 0;
  for (let j = 0; j < size; j++) {
    slopes[j] -= l2 * w[j];
    dualNorm = Math.max(dualNorm, positive ? slopes[j] : Math.abs(slopes[j]));
    size1 += Math.abs(w[j]);
  }
  const scale = dualNorm > l1 ? l1 / dualNorm : 1;
  const primal = 0.5 * (square + l2 * size2) + l1 * size1;
  const dual = -0.5 * scale ** 2 * (square + l2 * size2) + scale * problem.residualTimesTarget(w);
  return { gap: primal - dual, dualNorm };
}
