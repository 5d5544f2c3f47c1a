import { addScaled, dotProduct, euclideanNorm } from '../matrix/vector.ts';

export interface ConjugateGradientResult {
  x: Float64Array;
  iterations: number;
  converged: boolean;
}

/**
 * Solves A·x = b for a symmetric positive definite A that is known by its products, starting from zero;
 * stops when ‖b − A·x‖ < tol·‖b‖.
 *
 * @param times writes A·v into out
 * Counterpart: scipy.sparse.linalg.cg(A, b, rtol=tol), deciding at the same points.
 * Source: Hestenes and Stiefel, 1952; Golub and Van Loan, "Matrix Computations", 4th ed., §11.3.
 */
export function conjugateGradient(
  times: (v: Float64Array, out: Float64Array) => void,
  b: Float64Array,
  tol: number,
  maxIter: number,
): ConjugateGradientResult {
  const n = b.length;
  const x = new Float64Array(n);
  const residual = b.slice();
  const direction = new Float64Array(n);
  const image = new Float64Array(n);
  const limit = tol * euclideanNorm(b);
  let before = 0;
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const size = euclideanNorm(residual);
    if (size < limit || size === 0) return { x, iterations: iteration, converged: true };
    const square = dotProduct(residual, 0, residual, 0, n);
    const beta = iteration > 0 ? square / before : 0;
    for (let i = 0; i < n; i++) direction[i] = residual[i] + beta * direction[i];
    times(direction, image);
    const step = square / dotProduct(direction, 0, image, 0, n);
    // Once rounding is all that is left, no direction lowers the residual any more.
    if (!(step > 0 && step < Infinity)) return { x, iterations: iteration, converged: false };
    addScaled(step, direction, 0, x, 0, n);
    addScaled(-step, image, 0, residual, 0, n);
    before = square;
  }
  return { x, iterations: maxIter, converged: false };
}
