import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { LinearSolution, LinearStop } from './linear-solution.ts';
import type { SolverRandom } from './solver-random.ts';

export interface DualHingeSettings extends LinearStop {
  /** Whether the hinge is squared. */
  squared: boolean;
  random: SolverRandom;
}

/** Gradients smaller than this leave a coordinate as it is. */
const STILL = 1e-12;

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
 * @param X rows as linearRows gives them
 * @param y +1 or −1, one per row
 * @param C one cost per row; rows of cost 0 do not count
 *
 * Counterpart: liblinear's solvers 1 and 3, coordinate for coordinate.
 * Source: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate descent method for large-scale linear
 * SVM", ICML 2008, algorithm 3.
 */
export function dualHinge(X: CsrMatrix, y: Int8Array, C: Float64Array, { squared, tol, maxIter, random }: DualHingeSettings): LinearSolution {
  const { indptr, indices, data } = X;
  const w = new Float64Array(X.cols);
  const alpha = new Float64Array(X.rows);
  const diagonal = new Float64Array(X.rows);
  const curvature = new Float64Array(X.rows);
  const order = new Int32Array(X.rows);
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    if (C[i] === 0) continue;
    order[total++] = i;
    diagonal[i] = squared ? 0.5 / C[i] : 0;
    let sum = diagonal[i];
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * data[p];
    curvature[i] = sum;
  }

  let active = total;
  let highest = Infinity;
  let lowest = -Infinity;
  let iterations = 0;
  while (iterations < maxIter) {
    let newHighest = -Infinity;
    let newLowest = Infinity;
    random.shuffle(order, active);
    for (let s = 0; s < active; s++) {
      const i = order[s];
      const start = indptr[i];
      const end = indptr[i + 1];
      const sign = y[i];
      const bound = squared ? Infinity : C[i];
      const before = alpha[i];
      let score = 0;
      for (let p = start; p < end; p++) score += w[indices[p]] * data[p];
      const gradient = score * sign - 1 + before * diagonal[i];

      let projected = gradient;
      const outwards = before === 0 ? gradient > highest : before === bound && gradient < lowest;
      if (outwards) {
        active--;
        order[s] = order[active];
        order[active] = i;
        s--;
        continue;
      }
      if (before === 0) projected = gradient < 0 ? gradient : 0;
      else if (before === bound) projected = gradient > 0 ? gradient : 0;
      if (projected > newHighest) newHighest = projected;
      if (projected < newLowest) newLowest = projected;
      if (Math.abs(projected) <= STILL) continue;

      let after = before - gradient / curvature[i];
      if (!(after > 0)) after = 0;
      else if (after > bound) after = bound;
      alpha[i] = after;
      const step = (after - before) * sign;
      for (let p = start; p < end; p++) w[indices[p]] += step * data[p];
    }
    iterations++;

    if (newHighest - newLowest <= tol) {
      if (active === total) return { w, iterations, converged: iterations < maxIter };
      active = total;
      highest = Infinity;
      lowest = -Infinity;
      continue;
    }
    highest = newHighest > 0 ? newHighest : Infinity;
    lowest = newLowest < 0 ? newLowest : -Infinity;
  }
  return { w, iterations, converged: false };
}
