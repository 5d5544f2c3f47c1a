import type { Arena } from '../kernels/arena.ts';
import { dualHingePass } from '../kernels/dual-hinge.ts';
import { BLOCK, BLOCK_DOUBLES, type DualHingeRows } from '../kernels/dual-hinge-rows.ts';
import type { LinearSolution, LinearStop } from './linear-solution.ts';
import type { SolverRandom } from './solver-random.ts';

/** A problem of two sides whose rows lie in an arena. */
export interface DualHingeProblem {
  X: DualHingeRows;
  /** Rows of X that count, in the order of the first pass before it is shuffled. */
  rows: Int32Array;
  /** Value of a last column, the same in every row; 0 for none. */
  bias: number;
  /** +1 or −1, one per row of X. */
  signs: Int8Array;
  /** Cost, one per row of X; rows of cost 0 do not count. */
  costs: Float64Array;
}

export interface DualHingeSettings extends LinearStop {
  /** Whether the hinge is squared. */
  squared: boolean;
  random: SolverRandom;
}

/**
 * The w that minimises ½‖w‖² + Σ Cᵢ·max(0, 1 − yᵢ·w·xᵢ)ᵖ, p = 1 or 2 (`squared`), by coordinate descent on
 * the dual
 *
 *     min over 0 ≤ α ≤ U of ½·αᵀ(Q + D)α − Σα,   Qᵢⱼ = yᵢyⱼ·xᵢ·xⱼ,   w = Σ αᵢyᵢxᵢ,
 *
 * with U = C, D = 0 for the hinge and U = ∞, D = 1/(2C) for the squared hinge. Rows are visited in random
 * order; rows at a bound whose gradient points outwards are left out until the others have converged. Stops
 * when the projected gradients of all rows span no more than `tol`.
 *
 * @returns w with the weight of the bias column as its last element
 *
 * Counterpart: liblinear's solvers 1 and 3, coordinate for coordinate.
 * Source: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate descent method for large-scale linear
 * SVM", ICML 2008, algorithm 3.
 */
export function dualHinge(arena: Arena, problem: DualHingeProblem, { squared, tol, maxIter, random }: DualHingeSettings): LinearSolution {
  const { X, bias, signs, costs } = problem;
  const order = arena.copyInt32(problem.rows.filter((i) => costs[i] > 0));
  const bounds = arena.float64(X.rows);
  const diagonal = arena.float64(X.rows);
  const curvature = arena.float64(X.rows);
  for (const i of order) {
    bounds[i] = squared ? Infinity : costs[i];
    diagonal[i] = squared ? 0.5 / costs[i] : 0;
    curvature[i] = diagonal[i] + squaredNorm(X, i) + bias * bias;
  }
  X.w.fill(0);
  const range = arena.float64(4);
  const alpha = arena.float64(X.rows);
  const arrays = { order, X, signs: arena.copyFloat64(signs), bounds, diagonal, curvature, alpha, bias, range };

  let active = order.length;
  let iterations = 0;
  range[0] = Infinity;
  range[1] = -Infinity;
  while (iterations < maxIter) {
    random.shuffle(order, active);
    active = dualHingePass(active, arrays);
    iterations++;
    const [, , highest, lowest] = range;
    if (highest - lowest <= tol) {
      if (active === order.length) return { w: inOrder(X), iterations, converged: iterations < maxIter };
      active = order.length;
      range[0] = Infinity;
      range[1] = -Infinity;
    } else {
      range[0] = highest > 0 ? highest : Infinity;
      range[1] = lowest < 0 ? lowest : -Infinity;
    }
  }
  return { w: inOrder(X), iterations, converged: false };
}

function squaredNorm({ starts, blocks }: DualHingeRows, row: number): number {
  let sum = 0;
  for (let q = starts[row] * BLOCK_DOUBLES; q < starts[row + 1] * BLOCK_DOUBLES; q += BLOCK_DOUBLES) {
    for (let lane = 2; lane < 2 + BLOCK; lane++) sum += blocks[q + lane] * blocks[q + lane];
  }
  return sum;
}

/** The weights of the columns as they stand in X, and that of the bias. */
function inOrder({ cols, places, w }: DualHingeRows): Float64Array {
  const ordered = new Float64Array(cols + 1);
  for (let j = 0; j < cols; j++) ordered[j] = w[places[j]];
  ordered[cols] = w[cols];
  return ordered;
}
