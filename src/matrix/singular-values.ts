import { tridiagonalValues } from '../kernels/symmetric-eigen.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import { toUnitSize } from './to-unit-size.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

/** Beside a largest element of about 1; squares of what is above it do not vanish. */
const NOTHING = 1e-140;

/**
 * The singular values of a square matrix, DESCENDING, without vectors: reflections from both sides leave two diagonals; the
 * values are the upper half of the eigenvalues of the symmetric matrix [0 Bᵀ; B 0], which in the order b₁, a₁, b₂, a₂, … has
 * those two diagonals beside a diagonal of zeros. Exact to about ε times the largest, as LAPACK's; those of `svd`, which
 * takes several times as long, are relative to each column's size. A is not modified.
 *
 * Counterpart: numpy.linalg.svd(compute_uv=False).
 * Source: Golub and Kahan, "Calculating the singular values and pseudo-inverse of a matrix", SIAM J. Numerical Analysis B 2, 1965.
 *
 * @returns undefined where the iteration does not settle
 */
export function singularValues(A: DenseMatrix): Float64Array | undefined {
  const n = A.rows;
  const data = A.data.slice();
  const unit = toUnitSize(data);
  const beside = bidiagonal(n, data);
  const values = new Float64Array(2 * n);
  if (!tridiagonalValues(values, beside)) return undefined;
  return values.sort().reverse().subarray(0, n).map((value) => Math.max(0, value) * unit);
}

/** The diagonal d and the one above it, e, of what reflections leave of a: d₁, e₁, d₂, e₂, …, dₙ, 0. a is used up. */
function bidiagonal(n: number, a: Float64Array): Float64Array {
  const found = new Float64Array(2 * n);
  const column = new Float64Array(n);
  const sums = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const height = n - k;
    for (let i = 0; i < height; i++) column[i] = a[(k + i) * n + k];
    const down = reflector(column, 0, height);
    found[2 * k] = down.length;
    const width = height - 1;
    if (down.scale !== 0) {
      sums.fill(0, 0, width);
      for (let i = 0; i < height; i++) addScaled(column[i], a, (k + i) * n + k + 1, sums, 0, width);
      for (let i = 0; i < height; i++) addScaled(-down.scale * column[i], sums, 0, a, (k + i) * n + k + 1, width);
    }
    if (width === 0) break;
    const at = k * n + k + 1;
    const across = reflector(a, at, width);
    found[2 * k + 1] = across.length;
    if (across.scale === 0) continue;
    for (let i = k + 1; i < n; i++) addScaled(-across.scale * dotProduct(a, i * n + k + 1, a, at, width), a, at, a, i * n + k + 1, width);
  }
  return found;
}

/** Turns x[start … start + n) into the v, of first element 1, of the reflection 1 − scale·v·vᵀ that leaves only its first element, of this length. */
function reflector(x: Float64Array, start: number, n: number): { scale: number; length: number } {
  const norm = euclideanNorm(x, start, n);
  if (norm < NOTHING) return { scale: 0, length: 0 };
  const head = x[start];
  const length = head >= 0 ? -norm : norm;
  for (let i = start + 1; i < start + n; i++) x[i] /= head - length;
  x[start] = 1;
  return { scale: (length - head) / length, length };
}
