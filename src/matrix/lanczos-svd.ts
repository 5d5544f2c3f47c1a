import type { RandomState } from '../core/random-state.ts';
import { type BlockMap, turnedMap } from './block-map.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply } from './multiply.ts';
import { svd, type Svd } from './svd.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

export interface LanczosSvdOptions {
  /** Largest residual ‖A·v − σ·u‖ relative to the largest singular value; 0 is machine precision. Default 0. */
  tol?: number;
  random: RandomState;
}

const EPSILON = 2.220446049250313e-16;

/**
 * The k largest singular triplets of A to working precision, by Golub–Kahan–Lanczos bidiagonalisation in which
 * every new vector is made orthogonal to all earlier ones, twice. It grows until the residuals of all k triplets
 * are within the tolerance, at most to the whole matrix, which it then decomposes exactly. Needs
 * (rows + cols) × steps numbers, where steps is some multiple of k. Signs are arbitrary.
 *
 * Counterpart: scipy.sparse.linalg.svds(solver="arpack").
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §10.4.
 */
export function lanczosSvd(A: BlockMap, k: number, { tol = 0, random }: LanczosSvdOptions): Svd {
  const { rows: m, cols: n } = A;
  if (m < n) {
    // Right vectors must be able to span their whole space first: only then is the end exact.
    const { u, singular, vt } = lanczosSvd(turnedMap(A), k, { tol, random });
    return { u: vt.transpose(), singular, vt: u.transpose() };
  }
  const most = n;
  const left: Float64Array[] = [];
  const right: Float64Array[] = [];
  const alpha: number[] = [];
  /** beta[j] couples left vector j with right vector j + 1. */
  const beta: number[] = [];
  let v = unit(Float64Array.from({ length: n }, () => random.uniform(-1, 1)));
  let scale = 0;
  for (let check = Math.min(most, k + 20); ; ) {
    const j = right.length;
    right.push(v);
    const u = A.times(new DenseMatrix(n, 1, v)).data;
    if (j > 0) addScaled(-beta[j - 1], left[j - 1], 0, u, 0, m);
    alpha.push(extend(left, u, scale, random));
    scale = Math.max(scale, alpha[j]);
    const next = A.transposedTimes(new DenseMatrix(m, 1, left[j])).data;
    addScaled(-alpha[j], v, 0, next, 0, n);
    const steps = j + 1;
    if (steps === most) return restored(left, right, svd(bidiagonal(alpha, beta)), k);
    // The next right vector waits here until it is pushed.
    const waiting = [...right];
    beta.push(extend(waiting, next, scale, random));
    v = waiting[steps];
    scale = Math.max(scale, beta[j]);
    if (steps < check) continue;
    const small = svd(bidiagonal(alpha, beta));
    const goal = Math.max(tol, 4 * EPSILON) * small.singular[0];
    let met = true;
    for (let i = 0; i < k && met; i++) met = beta[j] * Math.abs(small.u.data[j * steps + i]) <= goal;
    if (met) return restored(left, right, small, k);
    check = Math.min(most, Math.ceil(steps * 1.3));
  }
}

/**
 * Makes `vector` orthogonal to the basis and appends it as a unit vector; a random one where nothing is left of it.
 * @returns its length, 0 where nothing was left
 */
function extend(basis: Float64Array[], vector: Float64Array, scale: number, random: RandomState): number {
  orthogonalise(basis, vector);
  const length = euclideanNorm(vector);
  if (length > 10 * EPSILON * scale && length > 0) {
    basis.push(unit(vector));
    return length;
  }
  const other = Float64Array.from({ length: vector.length }, () => random.uniform(-1, 1));
  orthogonalise(basis, other);
  basis.push(unit(other));
  return 0;
}

function orthogonalise(basis: readonly Float64Array[], vector: Float64Array): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const known of basis) addScaled(-dotProduct(known, 0, vector, 0, vector.length), known, 0, vector, 0, vector.length);
  }
}

function unit(vector: Float64Array): Float64Array {
  const length = euclideanNorm(vector);
  return vector.map((value) => value / length);
}

/** Upper bidiagonal: A·right = left·B. */
function bidiagonal(alpha: readonly number[], beta: readonly number[]): DenseMatrix {
  const steps = alpha.length;
  const B = new DenseMatrix(steps, steps);
  for (let j = 0; j < steps; j++) {
    B.data[j * steps + j] = alpha[j];
    if (j + 1 < steps) B.data[j * steps + j + 1] = beta[j];
  }
  return B;
}

function restored(left: readonly Float64Array[], right: readonly Float64Array[], { u, singular, vt }: Svd, k: number): Svd {
  const first = Array.from({ length: k }, (_, i) => i);
  return {
    u: multiply(DenseMatrix.from(left).transpose(), u.takeCols(first)),
    singular: singular.slice(0, k),
    vt: multiply(vt.take(first), DenseMatrix.from(right)),
  };
}
