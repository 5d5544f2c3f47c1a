import { RefitError } from '../core/errors.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { implicitQlRound, reflectAxes, reflectBack, tridiagonalise, tridiagonalValues, turnBackRows, turnRows, type Tridiagonal } from '../kernels/symmetric-eigen.ts';
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
 * values[k]. As symmetricEigen, with less work the fewer vectors are wanted: turns are remembered, and turn only the axes of
 * those.
 *
 * @param count how many vectors are wanted, or what says it, told all the values; a number is faster where it is small
 * Counterpart: scipy.linalg.eigh(subset_by_index=…).
 */
export function leadingEigen(A: DenseMatrix, count: number | ((values: Float64Array) => number)): SymmetricEigen {
  const n = A.rows;
  return withArena((arena) => {
    const { diagonal, offDiagonal, reflectors } = tridiagonal(A, arena);
    const { values, places, rounds } =
      (typeof count === 'number' && count * FEW <= n ? fewOf(diagonal, offDiagonal, count, arena) : undefined) ?? allOf(diagonal, offDiagonal, arena);
    const wanted = typeof count === 'number' ? count : count(values);
    // The wanted axes side by side, as many as are turned at a time: column k ends as the eigenvector of T, in A = Q·T·Qᵀ.
    const width = 8 * Math.ceil(wanted / 8);
    const axes = arena.float64(n * width);
    for (let k = 0; k < wanted; k++) axes[places[k] * width + k] = 1;
    for (const { first, last, turns } of rounds.reverse()) turnBackRows(n, width, first, last, axes, turns);
    reflectBack(n, width, reflectors, axes);
    const vectors = new DenseMatrix(wanted, n);
    for (let k = 0; k < wanted; k++) for (let i = 0; i < n; i++) vectors.data[k * n + i] = axes[i * width + k];
    return { values, vectors };
  });
}

/** One vector in so many, at most, is few. */
const FEW = 4;

/** All eigenvalues of a tridiagonal T, descending; where values[k] came to stand on the diagonal; and the rounds that led there. */
interface Diagonalised {
  values: Float64Array;
  places: ArrayLike<number>;
  rounds: Round[];
}

function allOf(d: Float64Array, e: Float64Array, arena: Arena): Diagonalised {
  const rounds: Round[] = [];
  implicitQl(d, e, (length) => arena.unsetFloat64(length), (round) => rounds.push(round));
  const places = Array.from(d.keys()).sort((i, j) => d[j] - d[i]);
  return { values: Float64Array.from(places, (k) => d[k]), places, rounds };
}

/**
 * The same for the first `wanted` only: with an eigenvalue as shift a round or two bring it to the top. Eigenvalues without
 * vectors are cheap. Undefined, with d and e as they were, where an eigenvalue does not come, as where it lies in another block
 * of a T that falls apart.
 *
 * Source: Parlett, "The Symmetric Eigenvalue Problem", §8.11, "ultimate shifts".
 */
function fewOf(d: Float64Array, e: Float64Array, wanted: number, arena: Arena): Diagonalised | undefined {
  const n = d.length;
  const values = arena.copyFloat64(d);
  if (!tridiagonalValues(values, arena.copyFloat64(e))) return undefined;
  values.sort().reverse();
  const tolerance = 8 * n * EPSILON * Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const [diagonal, offDiagonal] = [arena.copyFloat64(d), arena.copyFloat64(e)];
  const rounds: Round[] = [];
  for (let l = 0; l < wanted; l++) {
    for (let round = 0; ; round++) {
      const m = endOfBlock(l, diagonal, offDiagonal);
      if (m === l) break;
      if (round === MOST_ROUNDS) return undefined;
      takeRound(l, m, diagonal[m] - values[l], diagonal, offDiagonal, arena.unsetFloat64(2 * (m - l)), (made) => rounds.push(made));
    }
    if (!(Math.abs(diagonal[l] - values[l]) <= tolerance)) return undefined;
  }
  return { values: values.slice(), places: Array.from({ length: wanted }, (_, k) => k), rounds };
}

/** Rounds in which an eigenvalue that is known comes to the top, if it does: one or two as a rule. */
const MOST_ROUNDS = 6;

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
  for (let l = 0; l < d.length; l++) {
    for (let round = 0; ; round++) {
      const m = endOfBlock(l, d, e);
      if (m === l) break;
      if (round === 60) throw new RefitError('symmetricEigen: A must hold finite numbers, the iteration did not settle.');
      // The shift is the eigenvalue of the first two that is nearer to the first.
      const half = (d[l + 1] - d[l]) / (2 * e[l]);
      const root = Math.sqrt(half * half + 1);
      takeRound(l, m, d[m] - d[l] + e[l] / (half + (half >= 0 ? root : -root)), d, e, roomFor(2 * (m - l)), take);
    }
  }
}

function takeRound(l: number, m: number, start: number, d: Float64Array, e: Float64Array, turns: Float64Array, take: (round: Round) => void): void {
  const first = implicitQlRound(l, m, start, d, e, turns);
  if (first < m) take({ first, last: m - 1, turns: turns.subarray(2 * (first - l)) });
}

/** The last element that is coupled with l by those between. */
function endOfBlock(l: number, d: Float64Array, e: Float64Array): number {
  let m = l;
  while (m < d.length - 1 && Math.abs(e[m]) > EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
  return m;
}
