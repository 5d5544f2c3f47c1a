import { RefitError } from '../core/errors.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { reflectAxes, rotateRows, subtractRankTwo, trailingTimesVector } from '../kernels/symmetric-eigen.ts';
import { axpy, dot } from '../kernels/vector-operations.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { euclideanNorm } from './vector.ts';

/** Eigenvalues and orthonormal eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** Ascending. */
  values: Float64Array;
  /** n × n; ROW k is the eigenvector of values[k], so A = vectorsᵀ · diag(values) · vectors. */
  vectors: DenseMatrix;
}

const EPSILON = 2.220446049250313e-16;

/**
 * A = Σ λₖ·vₖ·vₖᵀ for a symmetric A: Householder reflections to tridiagonal form, then implicit QL.
 * Reads the lower triangle; A is not modified. Eigenvalues are exact to about ε·max|λ|. The sign of a vector,
 * and the basis of a repeated eigenvalue, are arbitrary.
 *
 * Counterpart: numpy.linalg.eigh, whose eigenvectors are columns.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §8.3; Bowdler, Martin, Reinsch and Wilkinson,
 * "The QR and QL algorithms for symmetric matrices", Numerische Mathematik 11, 1968.
 */
export function symmetricEigen(A: DenseMatrix): SymmetricEigen {
  const n = A.rows;
  return withArena((arena) => {
    const { diagonal, offDiagonal, vectors } = tridiagonalise(A, arena);
    implicitQl(diagonal, offDiagonal, vectors, arena);
    const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
    const sorted = new DenseMatrix(n, n);
    order.forEach((from, k) => sorted.row(k).set(vectors.subarray(from * n, (from + 1) * n)));
    return { values: Float64Array.from(order, (k) => diagonal[k]), vectors: sorted };
  });
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last element is 0. */
  offDiagonal: Float64Array;
  /** Rows of Qᵀ, where A = Q·T·Qᵀ. */
  vectors: Float64Array;
}

function tridiagonalise(A: DenseMatrix, arena: Arena): Tridiagonal {
  const n = A.rows;
  const a = arena.copyFloat64(A.data);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  /** Row k: the unit reflector of step k, in elements k + 1 … n − 1; zero where no reflection was needed. */
  const reflectors = arena.float64(n * n);
  const p = arena.float64(n);
  for (let k = 0; k < n - 1; k++) {
    diagonal[k] = a[k * n + k];
    const v = reflectors.subarray(k * n, (k + 1) * n);
    for (let i = k + 1; i < n; i++) v[i] = a[k * n + i];
    const norm = euclideanNorm(v, k + 1);
    const tail = euclideanNorm(v, k + 2);
    if (tail === 0) {
      offDiagonal[k] = v[k + 1];
      v.fill(0);
      continue;
    }
    const target = v[k + 1] > 0 ? -norm : norm;
    offDiagonal[k] = target;
    v[k + 1] -= target;
    const size = euclideanNorm(v, k + 1);
    for (let i = k + 1; i < n; i++) v[i] /= size;
    // A ← H·A·H for H = I − 2vvᵀ, as A − v·wᵀ − w·vᵀ with w = 2(p − (vᵀp)v), p = A·v.
    trailingTimesVector(n, k + 1, a, v, p);
    axpy(-dot(p.subarray(k + 1), v.subarray(k + 1)), v.subarray(k + 1), p.subarray(k + 1));
    subtractRankTwo(n, k + 1, a, v, p);
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1];

  // Q = H₀·H₁·…; column i of Q is H₀·H₁·…·eᵢ, and is kept as row i.
  const vectors = arena.float64(n * n);
  reflectAxes(n, reflectors, vectors);
  return { diagonal, offDiagonal, vectors };
}

/** Diagonalises by rotations, each of which also turns two rows of `vectors`; those of one round are turned together. */
function implicitQl(d: Float64Array, e: Float64Array, vectors: Float64Array, arena: Arena): void {
  const n = d.length;
  const cosines = arena.float64(n);
  const sines = arena.float64(n);
  for (let l = 0; l < n; l++) {
    for (let round = 0; ; round++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (round === 60) throw new RefitError('symmetricEigen: A must hold finite numbers, the iteration did not settle.');
      const half = (d[l + 1] - d[l]) / (2 * e[l]);
      const root = Math.hypot(half, 1);
      let g = d[m] - d[l] + e[l] / (half + (half >= 0 ? root : -root));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        const r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        const t = (d[i] - g) * s + 2 * c * b;
        p = s * t;
        d[i + 1] = g + p;
        g = c * t - b;
        cosines[i] = c;
        sines[i] = s;
      }
      rotateRows(n, i + 1, m - 1, vectors, cosines, sines);
      if (i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}
