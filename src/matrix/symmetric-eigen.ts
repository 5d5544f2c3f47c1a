import { RefitError } from '../core/errors.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { addScaled, dotProduct, euclideanNorm } from './vector.ts';

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
  const { diagonal, offDiagonal, vectors } = tridiagonalise(A);
  implicitQl(diagonal, offDiagonal, vectors);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
  return { values: Float64Array.from(order, (k) => diagonal[k]), vectors: vectors.take(order) };
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last element is 0. */
  offDiagonal: Float64Array;
  /** Rows of Qᵀ, where A = Q·T·Qᵀ. */
  vectors: DenseMatrix;
}

function tridiagonalise(A: DenseMatrix): Tridiagonal {
  const n = A.rows;
  const a = A.data.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  /** Row k: the unit reflector of step k, in elements k + 1 … n − 1; zero where no reflection was needed. */
  const reflectors = new DenseMatrix(n, n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    diagonal[k] = a[k * n + k];
    const v = reflectors.row(k);
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
    const length = n - k - 1;
    for (let i = k + 1; i < n; i++) p[i] = dotProduct(a, i * n + k + 1, v, k + 1, length);
    addScaled(-dotProduct(p, k + 1, v, k + 1, length), v, k + 1, p, k + 1, length);
    for (let i = k + 1; i < n; i++) {
      const vi = 2 * v[i];
      const pi = 2 * p[i];
      for (let j = k + 1; j < n; j++) a[i * n + j] -= vi * p[j] + pi * v[j];
    }
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1];

  // Q = H₀·H₁·…; column i of Q is H₀·H₁·…·eᵢ, and is kept as row i.
  const vectors = new DenseMatrix(n, n);
  for (let i = 0; i < n; i++) {
    const row = vectors.row(i);
    row[i] = 1;
    for (let k = Math.min(i, n - 1) - 1; k >= 0; k--) {
      const v = reflectors.row(k);
      const length = n - k - 1;
      addScaled(-2 * dotProduct(v, k + 1, row, k + 1, length), v, k + 1, row, k + 1, length);
    }
  }
  return { diagonal, offDiagonal, vectors };
}

/** Diagonalises by rotations, each of which also turns two rows of `vectors`. */
function implicitQl(d: Float64Array, e: Float64Array, vectors: DenseMatrix): void {
  const n = d.length;
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
        rotateRows(vectors.data, i * n, (i + 1) * n, n, c, s);
      }
      if (i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/** (x, y) ← (c·x − s·y, s·x + c·y). */
function rotateRows(data: Float64Array, x: number, y: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const a = data[x + k];
    const b = data[y + k];
    data[x + k] = c * a - s * b;
    data[y + k] = s * a + c * b;
  }
}
