import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { dotProduct } from '../matrix/vector.ts';

/**
 * The w ≥ 0 that minimises ½·wᵀGw − cᵀw, by an active set: coefficients enter one at a time by the steepest
 * slope and leave when they would turn negative. Exact up to rounding; zeros are exact.
 *
 * @param G symmetric, positive semi-definite (XᵀX, with a ridge on its diagonal or not) @param c Xᵀy
 * Counterpart: scipy.optimize.nnls(X, y).
 * Source: Lawson and Hanson, "Solving Least Squares Problems", 1974, ch. 23; Bro and de Jong, "A fast
 * non-negativity-constrained least squares algorithm", J. Chemometrics 11, 1997.
 */
export function nonNegativeLeastSquares(G: DenseMatrix, c: Float64Array): Float64Array {
  const n = c.length;
  const w = new Float64Array(n);
  const slope = c.slice();
  let active: number[] = [];
  /** Columns that depend on the active ones: they cannot enter until the active set changes. */
  const blocked = new Set<number>();
  const size = c.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const limit = 10 * 2.220446049250313e-16 * n * size;

  for (let round = 0; round < 30 * n + 30; round++) {
    let entering = -1;
    for (let j = 0; j < n; j++) {
      if (w[j] === 0 && slope[j] > limit && !blocked.has(j) && !active.includes(j) && (entering < 0 || slope[j] > slope[entering])) entering = j;
    }
    if (entering < 0) break;
    let solution = solveSubset(G, c, [...active, entering]);
    if (!solution || !(solution[active.length] > 0)) {
      blocked.add(entering);
      continue;
    }
    active.push(entering);
    while (solution.some((value) => value <= 0)) {
      let step = 1;
      for (let k = 0; k < active.length; k++) {
        if (solution[k] <= 0) step = Math.min(step, w[active[k]] / (w[active[k]] - solution[k]));
      }
      for (let k = 0; k < active.length; k++) w[active[k]] += step * (solution[k] - w[active[k]]);
      const leaving = new Set(active.filter((j, k) => solution![k] <= 0 && w[j] <= 1e-15 * size));
      if (leaving.size === 0) leaving.add(active.reduce((a, b) => (w[a] <= w[b] ? a : b)));
      for (const j of leaving) w[j] = 0;
      active = active.filter((j) => !leaving.has(j));
      solution = solveSubset(G, c, active)!;
    }
    active.forEach((j, k) => (w[j] = solution![k]));
    blocked.clear();
    for (let j = 0; j < n; j++) slope[j] = c[j] - dotProduct(G.data, j * n, w, 0, n);
  }
  return w;
}

/** The unconstrained solution over some coefficients; undefined when they depend on each other. */
function solveSubset(G: DenseMatrix, c: Float64Array, columns: readonly number[]): Float64Array | undefined {
  const k = columns.length;
  const part = new DenseMatrix(k, k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) part.data[a * k + b] = G.data[columns[a] * G.cols + columns[b]];
  const largest = Math.max(0, ...columns.map((j) => G.data[j * G.cols + j]));
  if (!cholesky(part)) return undefined;
  for (let a = 0; a < k; a++) if (part.data[a * k + a] ** 2 <= 1e-13 * largest) return undefined;
  return choleskySolve(part, columns.map((j) => c[j]));
}
