import type { RandomState } from '../core/random-state.ts';
import { type BlockMap, turnedMap } from './block-map.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply, transposedMultiply } from './multiply.ts';
import { inverseFactor, orthonormalise } from './orthonormalise.ts';
import { svd, type Svd } from './svd.ts';

/** What keeps power iterations from drowning small directions. */
export type PowerIterationNormalizer = 'auto' | 'QR' | 'LU' | 'none';

export interface RandomizedSvdOptions {
  /** Random directions beyond the k asked for. Default 10. */
  nOversamples?: number;
  /** Round trips A·Aᵀ; 'auto' makes 7 for k below a tenth of the smaller side, else 4. Default 'auto'. */
  nIter?: number | 'auto';
  /** 'auto' is 'none' for up to 2 round trips, else 'LU'. Default 'auto'. */
  powerIterationNormalizer?: PowerIterationNormalizer;
  random: RandomState;
}

/** The largest singular values with their vectors, each side worked out when it is asked for. */
export interface Triplets {
  /** Descending, k of them at most. */
  singular: Float64Array;
  /** rows × k, orthonormal columns. */
  left: () => DenseMatrix;
  /** cols × k, orthonormal columns. */
  right: () => DenseMatrix;
}

/** Beyond this condition of a round trip, directions are kept apart after each half of it. */
const CAREFUL = 1e6;
/** Beyond this condition the basis of the range is made explicitly. */
const EXPLICIT = 1e5;

/** The k largest singular triplets of A, both sides; see randomizedTriplets. */
export function randomizedSvd(A: BlockMap, k: number, options: RandomizedSvdOptions): Svd {
  const { singular, left, right } = randomizedTriplets(A, k, options);
  return { u: left(), singular, vt: right().transpose() };
}

/**
 * The k largest singular triplets of A, found in the range of A applied to random directions. Signs are arbitrary.
 *
 * The random directions are numpy's, so that the subspace is scikit-learn's to rounding. 'LU' and 'QR' span the
 * same space in exact arithmetic; both are done by Cholesky QR here, 'LU' once a round trip where that is safe.
 * For Y = A·Q = U·R, the projection UᵀA is worked out as R⁻ᵀ·(YᵀA), and YᵀY as Qᵀ·(AᵀY), so that nothing of A's
 * larger side is made but Y.
 *
 * Counterpart: sklearn.utils.extmath.randomized_svd(transpose="auto", flip_sign=False).
 * Source: Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53(2), 2011, algorithms
 * 4.4 and 5.1.
 */
export function randomizedTriplets(
  A: BlockMap,
  k: number,
  { nOversamples = 10, nIter = 'auto', powerIterationNormalizer = 'auto', random }: RandomizedSvdOptions,
): Triplets {
  if (A.rows < A.cols) {
    const { singular, left, right } = randomizedTriplets(turnedMap(A), k, { nOversamples, nIter, powerIterationNormalizer, random });
    return { singular, left: right, right: left };
  }
  const size = k + nOversamples;
  const rounds = nIter === 'auto' ? (k < 0.1 * A.cols ? 7 : 4) : nIter;
  const normalizer = powerIterationNormalizer !== 'auto' ? powerIterationNormalizer : rounds <= 2 ? 'none' : 'LU';
  let Q = new DenseMatrix(A.cols, size, random.standardNormal(A.cols * size));
  let careful = normalizer === 'QR';
  for (let round = 0; round < rounds; round++) {
    let Y = A.times(Q);
    if (careful) Y = orthonormalise(Y, { rough: true }).q;
    Q = A.transposedTimes(Y);
    if (normalizer === 'none') continue;
    const { q, condition } = orthonormalise(Q, { rough: true });
    Q = q;
    careful ||= condition > CAREFUL;
  }
  let Y = A.times(Q);
  let projected = A.transposedTimes(Y);
  // R⁻¹ for Y = U·R, where Y's columns are far enough from each other.
  const factor = A.rows >= size && size <= A.cols ? inverseFactor(transposedMultiply(Q, projected)) : undefined;
  const isImplicit = factor !== undefined && factor.condition < EXPLICIT;
  if (isImplicit) projected = multiply(projected, factor.inverse);
  else {
    Y = orthonormalise(Y).q;
    projected = A.transposedTimes(Y);
  }
  // The transpose of UᵀA: its left vectors are A's right ones.
  const { u, singular, vt } = tallSvd(projected);
  const first = Array.from({ length: Math.min(k, singular.length) }, (_, i) => i);
  return {
    singular: singular.slice(0, first.length),
    left: () => {
      const turn = vt.take(first).transpose();
      return multiply(Y, isImplicit ? multiply(factor.inverse, turn) : turn);
    },
    right: () => u.takeCols(first),
  };
}

/** The SVD of a matrix with few columns, by way of its triangular factor. */
function tallSvd(Y: DenseMatrix): Svd {
  if (Y.rows < 2 * Y.cols) return svd(Y);
  const { q } = orthonormalise(Y);
  const { u, singular, vt } = svd(transposedMultiply(q, Y));
  return { u: multiply(q, u), singular, vt };
}
