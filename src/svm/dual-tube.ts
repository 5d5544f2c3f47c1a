import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { LinearSolution, LinearStop } from './linear-solution.ts';
import type { SolverRandom } from './solver-random.ts';

export interface DualTubeSettings extends LinearStop {
  /** Whether the distance from the tube is squared. */
  squared: boolean;
  /** Half the width of the tube within which errors cost nothing, in the unit of y. */
  epsilon: number;
  random: SolverRandom;
}

/**
 * The w that minimises ½‖w‖² + Σ Cᵢ·max(0, |yᵢ − w·xᵢ| − ε)ᵖ, p = 1 or 2 (`squared`), by coordinate descent on
 * the dual
 *
 *     min over −U ≤ β ≤ U of ½·βᵀ(Q + D)β − Σ yᵢβᵢ + ε·Σ|βᵢ|,   Qᵢⱼ = xᵢ·xⱼ,   w = Σ βᵢxᵢ,
 *
 * with U = C, D = 0 or U = ∞, D = 1/(2C). Rows are visited in random order, and left out while they sit firmly
 * at 0 or at a bound. Stops when the violations sum to no more than tol times their sum in the first pass.
 *
 * Counterpart: liblinear's solvers 12 and 13, coordinate for coordinate.
 * Source: Ho and Lin, "Large-scale linear support vector regression", JMLR 13, 2012, algorithm 4.
 */
export function dualTube(
  X: CsrMatrix,
  y: Float64Array,
  C: Float64Array,
  { squared, epsilon, tol, maxIter, random }: DualTubeSettings,
): LinearSolution {
  const { rows, indptr, indices, data } = X;
  const w = new Float64Array(X.cols);
  const beta = new Float64Array(rows);
  const diagonal = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    order[i] = i;
    diagonal[i] = squared ? 0.5 / C[i] : 0;
    let sum = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * data[p];
    curvature[i] = sum + diagonal[i];
  }

  let active = rows;
  let largestBefore = Infinity;
  let firstSum = 0;
  let iterations = 0;
  while (iterations < maxIter) {
    let largest = 0;
    let sum = 0;
    random.shuffle(order, active);
    for (let s = 0; s < active; s++) {
      const i = order[s];
      const start = indptr[i];
      const end = indptr[i + 1];
      const bound = squared ? Infinity : C[i];
      const before = beta[i];
      let gradient = -y[i] + diagonal[i] * before;
      for (let p = start; p < end; p++) gradient += data[p] * w[indices[p]];
      // Slopes to the right and to the left of β, whose |β| bends at 0.
      const right = gradient + epsilon;
      const left = gradient - epsilon;

      let violation = 0;
      let isFirm = false;
      if (before === 0) {
        if (right < 0) violation = -right;
        else if (left > 0) violation = left;
        else isFirm = right > largestBefore && left < -largestBefore;
      } else if (before >= bound) {
        if (right > 0) violation = right;
        else isFirm = right < -largestBefore;
      } else if (before <= -bound) {
        if (left < 0) violation = -left;
        else isFirm = left > largestBefore;
      } else violation = Math.abs(before > 0 ? right : left);
      if (isFirm) {
        active--;
        order[s] = order[active];
        order[active] = i;
        s--;
        continue;
      }
      if (violation > largest) largest = violation;
      sum += violation;

      const step = newtonStep(right, left, curvature[i], before);
      if (Math.abs(step) < 1e-12) continue;
      const after = Math.min(Math.max(before + step, -bound), bound);
      beta[i] = after;
      const change = after - before;
      if (change !== 0) for (let p = start; p < end; p++) w[indices[p]] += change * data[p];
    }
    if (iterations === 0) firstSum = sum;
    iterations++;

    if (sum <= tol * firstSum) {
      if (active === rows) return { w, iterations, converged: iterations < maxIter };
      active = rows;
      largestBefore = Infinity;
      continue;
    }
    largestBefore = largest;
  }
  return { w, iterations, converged: false };
}

/** The step to the minimum of ½·h·d² + g·d + ε|at + d|, given the slopes g + ε and g − ε. */
export function newtonStep(right: number, left: number, h: number, at: number): number {
  if (right < h * at) return -right / h;
  if (left > h * at) return -left / h;
  return -at;
}
