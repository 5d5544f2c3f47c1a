import { addScaled, dotProduct, euclideanNorm } from '../matrix/vector.ts';
import type { LinearSolution, LinearStop } from './linear-solution.ts';
import type { SquaredLoss } from './squared-loss.ts';

/** Share of the predicted decrease from which a step is taken, the region kept, the region grown. */
const [TAKE, KEEP, GROW] = [1e-4, 0.25, 0.75];
/** The region shrinks to between these shares, or grows up to this many times. */
const [LEAST, HALF, MOST] = [0.25, 0.5, 4];

/**
 * The minimiser of a convex loss by Newton steps within a trust region, each found by conjugate gradients,
 * starting at 0. Stops once the gradient's norm is at most tol times that at 0, or when steps no longer change
 * the loss in its first 12 digits.
 *
 * Counterpart: liblinear's solvers 2 and 11, iteration for iteration.
 * Source: Lin, Weng, Keerthi, "Trust region Newton method for large-scale logistic regression", JMLR 9, 2008.
 */
export function trustRegionNewton(loss: SquaredLoss, { tol, maxIter }: LinearStop): LinearSolution {
  const n = loss.size;
  const w = new Float64Array(n);
  const next = new Float64Array(n);
  const gradient = new Float64Array(n);
  const step = new Float64Array(n);
  const residual = new Float64Array(n);
  let f = loss.value(w);
  loss.gradient(w, gradient);
  const firstNorm = euclideanNorm(gradient);
  let radius = firstNorm;
  let taken = 0;
  let converged = firstNorm === 0;
  while (!converged && taken < maxIter) {
    boundedStep(loss, gradient, radius, step, residual);
    next.set(w);
    addScaled(1, step, 0, next, 0, n);
    const along = dotProduct(gradient, 0, step, 0, n);
    const predicted = -0.5 * (along - dotProduct(step, 0, residual, 0, n));
    const fNext = loss.value(next);
    const actual = f - fNext;
    const length = euclideanNorm(step);
    if (taken === 0) radius = Math.min(radius, length);

    // Length of the step to the minimum of the parabola through f, its slope and fNext, in steps.
    const excess = fNext - f - along;
    const best = (excess <= 0 ? MOST : Math.max(LEAST, -0.5 * (along / excess))) * length;
    if (actual < TAKE * predicted) radius = Math.min(Math.max(best, LEAST * length), HALF * radius);
    else if (actual < KEEP * predicted) radius = Math.max(LEAST * radius, Math.min(best, HALF * radius));
    else if (actual < GROW * predicted) radius = Math.max(LEAST * radius, Math.min(best, MOST * radius));
    else radius = Math.max(radius, Math.min(best, MOST * radius));

    if (actual > TAKE * predicted) {
      taken++;
      w.set(next);
      f = fNext;
      loss.gradient(w, gradient);
      if (euclideanNorm(gradient) <= tol * firstNorm) converged = true;
    }
    const isStill = Math.abs(actual) <= 1e-12 * Math.abs(f) && Math.abs(predicted) <= 1e-12 * Math.abs(f);
    if (isStill || (actual === 0 && predicted <= 0)) converged = true;
  }
  return { w, iterations: taken, converged };
}

/** The step of length at most `radius` towards −H⁻¹g, to a tenth of g's norm; `residual` becomes −g − H·step. */
function boundedStep(loss: SquaredLoss, gradient: Float64Array, radius: number, step: Float64Array, residual: Float64Array): void {
  const n = gradient.length;
  const direction = new Float64Array(n);
  const curved = new Float64Array(n);
  step.fill(0);
  for (let j = 0; j < n; j++) direction[j] = residual[j] = -gradient[j];
  const enough = 0.1 * euclideanNorm(gradient);
  let square = dotProduct(residual, 0, residual, 0, n);
  while (euclideanNorm(residual) > enough) {
    loss.hessianTimes(direction, curved);
    let factor = square / dotProduct(direction, 0, curved, 0, n);
    addScaled(factor, direction, 0, step, 0, n);
    if (euclideanNorm(step) > radius) {
      addScaled(-factor, direction, 0, step, 0, n);
      const sd = dotProduct(step, 0, direction, 0, n);
      const ss = dotProduct(step, 0, step, 0, n);
      const dd = dotProduct(direction, 0, direction, 0, n);
      const gap = radius * radius - ss;
      const root = Math.sqrt(sd * sd + dd * gap);
      factor = sd >= 0 ? gap / (sd + root) : (root - sd) / dd;
      addScaled(factor, direction, 0, step, 0, n);
      addScaled(-factor, curved, 0, residual, 0, n);
      return;
    }
    addScaled(-factor, curved, 0, residual, 0, n);
    const nextSquare = dotProduct(residual, 0, residual, 0, n);
    const share = nextSquare / square;
    for (let j = 0; j < n; j++) direction[j] = share * direction[j] + residual[j];
    square = nextSquare;
  }
}
