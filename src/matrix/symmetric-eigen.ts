import { RefitError } from '../core/errors.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { implicitQlRound, reflectAxes, reflectBack, turnBackRows, turnRows, tridiagonalise, type Tridiagonal } from '../kernels/symmetric-eigen.ts';
import { DenseMatrix } from './dense-matrix.ts';

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
    const { diagonal, offDiagonal, reflectors } = tridiagonal(A, arena);
    // Q = H₀·H₁·…; column i of Q is H₀·H₁·…·eᵢ, and is kept as row i.
    const vectors = arena.float64(n * n);
    reflectAxes(n, reflectors, vectors);
    const room = arena.unsetFloat64(2 * n);
    implicitQl(diagonal, offDiagonal, (length) => room.subarray(0, length), ({ first, last, turns }) => turnRows(n, first, last, vectors, turns));
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
    const { diagonal, offDiagonal, reflectors } = tridiagonal(A, arena);
    const rounds: Round[] = [];
    implicitQl(diagonal, offDiagonal, (length) => arena.unsetFloat64(length), (round) => rounds.push(round));
    const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
    const values = Float64Array.from(order, (k) => diagonal[k]);
    const wanted = count(values);
    // The wanted axes side by side, as many as are turned at a time: column k ends as the eigenvector of T, in A = Q·T·Qᵀ.
    const width = 8 * Math.ceil(wanted / 8);
    const axes = arena.float64(n * width);
    for (let k = 0; k < wanted; k++) axes[order[k] * width + k] = 1;
    for (const { first, last, turns } of rounds.reverse()) turnBackRows(n, width, first, last, axes, turns);
    reflectBack(n, width, reflectors, axes);
    const vectors = new DenseMatrix(wanted, n);
    for (let k = 0; k < wanted; k++) for (let i = 0; i < n; i++) vectors.data[k * n + i] = axes[i * width + k];
    return { values, vectors };
  });
}

function tridiagonal(A: DenseMatrix, arena: Arena): Tridiagonal {
  const n = A.rows;
  const made = { diagonal: arena.float64(n), offDiagonal: arena.float64(n), reflectors: arena.float64(n * n) };
  tridiagonalise(n, arena.copyFloat64(A.data), made, arena.unsetFloat64(2 * n));
  return made;
}

/** Rows i and i + 1 of the eigenvectors are turned by the cosine and sine at turns[2·(i − first)], for i from `last` down to `first`. */
interface Round {
  first: number;
  last: number;
  turns: Float64Array;
}

/** Diagonalises by rounds of turns, for which `roomFor` finds room; `take` is given each. */
function implicitQl(d: Float64Array, e: Float64Array, roomFor: (length: number) => Float64Array, take: (round: Round) => void): void {
  const n = d.length;
  for (let l = 0; l < n; l++) {
    for (let round = 0; ; round++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (round === 60) throw new RefitError('symmetricEigen: A must hold finite numbers, the iteration did not settle.');
      const turns = roomFor(2 * (m - l));
      const first = implicitQlRound(l, m, d, e, turns);
      if (first < m) take({ first, last: m - 1, turns: turns.subarray(2 * (first - l)) });
    }
  }
}
