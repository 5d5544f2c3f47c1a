import { RefitError } from '../core/errors.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { reduceTrailing, reflectAxes, reflectRows, rotateRows, turnBackRows } from '../kernels/symmetric-eigen.ts';
import { axpy, dot, scale } from '../kernels/vector-operations.ts';
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
    const { diagonal, offDiagonal, reflectors } = tridiagonalise(A, arena);
    // Q = H₀·H₁·…; column i of Q is H₀·H₁·…·eᵢ, and is kept as row i.
    const vectors = arena.float64(n * n);
    reflectAxes(n, reflectors, vectors);
    implicitQl(diagonal, offDiagonal, arena, (first, last, c, s) => rotateRows(n, first, last, vectors, c, s));
    const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
    const sorted = new DenseMatrix(n, n);
    order.forEach((from, k) => sorted.row(k).set(vectors.subarray(from * n, (from + 1) * n)));
    return { values: Float64Array.from(order, (k) => diagonal[k]), vectors: sorted };
  });
}

/**
 * All eigenvalues of a symmetric A, DESCENDING, and the eigenvectors of the first few: row k of `vectors` is that of
 * values[k]. As symmetricEigen, with less work the fewer vectors are wanted: rotations are remembered, and turn only
 * the axes of those.
 *
 * @param count how many vectors are wanted, told all the values
 * Counterpart: scipy.linalg.eigh(subset_by_index=…).
 */
export function leadingEigen(A: DenseMatrix, count: (values: Float64Array) => number): SymmetricEigen {
  const n = A.rows;
  return withArena((arena) => {
    const { diagonal, offDiagonal, reflectors } = tridiagonalise(A, arena);
    const rounds: { first: number; last: number; c: Float64Array; s: Float64Array }[] = [];
    implicitQl(diagonal, offDiagonal, arena, (first, last, c, s) => {
      rounds.push({ first, last, c: arena.copyFloat64(c.subarray(first, last + 1)), s: arena.copyFloat64(s.subarray(first, last + 1)) });
    });
    const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
    const values = Float64Array.from(order, (k) => diagonal[k]);
    const wanted = count(values);
    // The wanted axes side by side, as many as are turned at a time: column k ends as the eigenvector of T, in A = Q·T·Qᵀ.
    const width = 8 * Math.ceil(wanted / 8);
    const axes = arena.float64(n * width);
    for (let k = 0; k < wanted; k++) axes[order[k] * width + k] = 1;
    for (let r = rounds.length - 1; r >= 0; r--) turnBackRows(n, width, rounds[r].first, rounds[r].last, axes, rounds[r].c, rounds[r].s);
    const vectors = arena.float64(wanted * n);
    for (let i = 0; i < n; i++) for (let k = 0; k < wanted; k++) vectors[k * n + i] = axes[i * width + k];
    reflectRows(n, wanted, reflectors, vectors);
    return { values, vectors: new DenseMatrix(wanted, n, Float64Array.from(vectors)) };
  });
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last element is 0. */
  offDiagonal: Float64Array;
  /** Row k: the unit reflector v of step k, in elements k + 1 … n − 1; zero where no reflection was needed. Q = H₀·H₁·…, Hₖ = I − 2vvᵀ. */
  reflectors: Float64Array;
}

function tridiagonalise(A: DenseMatrix, arena: Arena): Tridiagonal {
  const n = A.rows;
  const a = arena.copyFloat64(A.data);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const reflectors = arena.float64(n * n);
  // A ← H·A·H for H = I − 2vvᵀ is A − v·wᵀ − w·vᵀ with w = 2(p − (vᵀp)v), p = A·v. Each step takes this from the lower
  // triangle together with the next product; of the column that gives the next reflector it is taken before.
  let before = arena.float64(n);
  let w = arena.float64(n);
  let p = arena.float64(n);
  for (let k = 0; k < n - 1; k++) {
    const v = reflectors.subarray(k * n, (k + 1) * n);
    for (let i = k; i < n; i++) v[i] = a[i * n + k] - (before[i] * w[k] + w[i] * before[k]);
    diagonal[k] = v[k];
    v[k] = 0;
    const norm = euclideanNorm(v, k + 1);
    const tail = euclideanNorm(v, k + 2);
    if (tail === 0) {
      offDiagonal[k] = v[k + 1];
      v.fill(0);
    } else {
      const target = v[k + 1] > 0 ? -norm : norm;
      offDiagonal[k] = target;
      v[k + 1] -= target;
      const size = euclideanNorm(v, k + 1);
      for (let i = k + 1; i < n; i++) v[i] /= size;
    }
    reduceTrailing(n, k + 1, a, before, w, v, p);
    const product = p.subarray(k + 1);
    axpy(-dot(product, v.subarray(k + 1)), v.subarray(k + 1), product);
    scale(2, product);
    [before, w, p] = [v, p, w];
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1];
  return { diagonal, offDiagonal, reflectors };
}

/** Turns rows i and i + 1 of the eigenvectors by (c[i], s[i]), for i from `last` down to `first`; c and s do not last. */
type Turn = (first: number, last: number, c: Float64Array, s: Float64Array) => void;

/** Diagonalises by rotations, of which `turn` is told round by round. */
function implicitQl(d: Float64Array, e: Float64Array, arena: Arena, turn: Turn): void {
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
      const root = length(half, 1);
      let g = d[m] - d[l] + e[l] / (half + (half >= 0 ? root : -root));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        const r = length(f, g);
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
      turn(i + 1, m - 1, cosines, sines);
      if (i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/** √(x² + y²); Math.hypot, which is much slower, where squares would overflow or vanish. */
function length(x: number, y: number): number {
  const square = x * x + y * y;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(x, y);
}
