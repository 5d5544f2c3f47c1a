import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/symmetric-eigen.ts';

/**
 * Parts of the eigenvalue problem of a symmetric n × n matrix. In WebAssembly where all arrays come
 * from one arena, in plain TypeScript otherwise. Where the kernels have fused multiply-add (./fused-panels.ts) the last bits
 * differ.
 */

/** A tridiagonal T and the reflections that lead to it: A = Q·T·Qᵀ. */
export interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last element is 0. */
  offDiagonal: Float64Array;
  /** Row k: the unit reflector v of step k, in elements k + 1 … n − 1; zero where no reflection was needed. Q = H₀·H₁·…, Hₖ = I − 2vvᵀ. */
  reflectors: Float64Array;
}

/**
 * Fills what holds zeros, by Householder reflections.
 *
 * @param a n × n; its lower triangle is read, and used up
 * @param room 2n elements
 */
export function tridiagonalise(n: number, a: Float64Array, { diagonal, offDiagonal, reflectors }: Tridiagonal, room: Float64Array): void {
  checkLength('tridiagonalise', 'each matrix', a, n * n);
  checkLength('tridiagonalise', 'each matrix', reflectors, n * n);
  checkLength('tridiagonalise', 'each vector', diagonal, n);
  checkLength('tridiagonalise', 'each vector', offDiagonal, n);
  checkLength('tridiagonalise', 'room', room, 2 * n);
  if (n === 0) return;
  const kernels = kernelsFor(a, reflectors, room) && kernelsFor(diagonal, offDiagonal, a);
  if (kernels) kernels.tridiagonalise(n, a.byteOffset, diagonal.byteOffset, offDiagonal.byteOffset, reflectors.byteOffset, room.byteOffset);
  else twins.tridiagonalise(n, a, diagonal, offDiagonal, reflectors, room);
}

/** The eigenvalues, in whatever order, take the place of the diagonal; offDiagonal is used up. @returns whether the iteration settled */
export function tridiagonalValues(diagonal: Float64Array, offDiagonal: Float64Array): boolean {
  checkLength('tridiagonalValues', 'offDiagonal', offDiagonal, diagonal.length);
  const kernels = kernelsFor(diagonal, offDiagonal);
  return kernels ? kernels.tridiagonalValues(diagonal.length, diagonal.byteOffset, offDiagonal.byteOffset) !== 0 : twins.tridiagonalValues(diagonal.length, diagonal, offDiagonal);
}

/**
 * One round of implicit QL on elements l … m > l of a tridiagonal matrix. Turns i and i + 1 for i from m − 1 down to l, and
 * notes cosine and sine of each at turns[2·(i − l)].
 *
 * @param start diagonal[m] less the shift, which is near an eigenvalue
 * @returns the last i that was turned: l, or more where the matrix falls apart on the way
 */
export function implicitQlRound(l: number, m: number, start: number, diagonal: Float64Array, offDiagonal: Float64Array, turns: Float64Array): number {
  checkLength('implicitQlRound', 'turns', turns, 2 * (m - l));
  const kernels = kernelsFor(diagonal, offDiagonal, turns);
  return kernels ? kernels.implicitQlRound(l, m, start, diagonal.byteOffset, offDiagonal.byteOffset, turns.byteOffset) : twins.implicitQlRound(l, m, start, diagonal, offDiagonal, turns);
}

/** Row i of `vectors`, zeros before, becomes H₀·H₁·…·Hᵢ₋₁·eᵢ for Hₖ = I − 2vvᵀ with v row k of `reflectors`, of which elements up to k count as 0. */
export function reflectAxes(n: number, reflectors: Float64Array, vectors: Float64Array): void {
  checkLength('reflectAxes', 'each matrix', reflectors, n * n);
  checkLength('reflectAxes', 'each matrix', vectors, n * n);
  const kernels = kernelsFor(reflectors, vectors);
  if (kernels) kernels.reflectAxes(n, reflectors.byteOffset, vectors.byteOffset);
  else twins.reflectAxes(n, reflectors, vectors);
}

/** X ← H₀·H₁·…·Hₙ₋₂·X with the reflectors of reflectAxes, for X of n rows of `width` numbers. */
export function reflectBack(n: number, width: number, reflectors: Float64Array, rows: Float64Array): void {
  checkLength('reflectBack', 'reflectors', reflectors, n * n);
  checkLength('reflectBack', 'rows', rows, n * width);
  const kernels = kernelsFor(reflectors, rows);
  if (kernels) kernels.reflectBack(n, width, reflectors.byteOffset, rows.byteOffset);
  else twins.reflectBack(n, width, reflectors, rows);
}

/** Turns rows i and i + 1 of `rows`, n × n, by the cosine c and sine s at turns[2·(i − first)] for i from `last` down to `first`: (x, y) ← (c·x − s·y, s·x + c·y). */
export function turnRows(n: number, first: number, last: number, rows: Float64Array, turns: Float64Array): void {
  checkLength('turnRows', 'rows', rows, n * n);
  checkLength('turnRows', 'turns', turns, 2 * (last - first + 1));
  const kernels = kernelsFor(rows, turns);
  if (kernels) kernels.turnRows(n, first, last, rows.byteOffset, turns.byteOffset);
  else twins.turnRows(n, first, last, rows, turns);
}

/** Turns rows i and i + 1 of `rows`, n × width, back for i from `first` up to `last`: (x, y) ← (c·x + s·y, c·y − s·x). */
export function turnBackRows(n: number, width: number, first: number, last: number, rows: Float64Array, turns: Float64Array): void {
  checkLength('turnBackRows', 'rows', rows, n * width);
  checkLength('turnBackRows', 'turns', turns, 2 * (last - first + 1));
  const kernels = kernelsFor(rows, turns);
  if (kernels) kernels.turnBackRows(width, first, last, rows.byteOffset, turns.byteOffset);
  else twins.turnBackRows(width, first, last, rows, turns);
}
