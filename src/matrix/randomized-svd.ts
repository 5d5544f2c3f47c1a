import type { RandomState } from '../core/random-state.ts';
import { type BlockMap, turnedMap } from './block-map.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { multiply, multiplyTransposed, transposedMultiply } from './multiply.ts';
import { orthonormalise } from './orthonormalise.ts';
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

/** Beyond this condition of a round trip, directions are kept apart after each half of it. */
const CAREFUL = 1e6;

/**
 * The k largest singular triplets of A, found in the range of A applied to random directions. Signs are arbitrary.
 *
 * The random directions are numpy's, so that the subspace is scikit-learn's to rounding. 'LU' and 'QR' span the
 * same space in exact arithmetic; both are done by Cholesky QR here, 'LU' once a round trip where that is safe.
 *
 * Counterpart: sklearn.utils.extmath.randomized_svd(transpose="auto", flip_sign=False).
 * Source: Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53(2), 2011, algorithms
 * 4.4 and 5.1.
 */
export function randomizedSvd(
  A: BlockMap,
  k: number,
  { nOversamples = 10, nIter = 'auto', powerIterationNormalizer = 'auto', random }: RandomizedSvdOptions,
): Svd {
  if (A.rows < A.cols) {
    const { u, singular, vt } = randomizedSvd(turnedMap(A), k, { nOversamples, nIter, powerIterationNormalizer, random });
    return { u: vt.transpose(), singular, vt: u.transpose() };
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
  Q = orthonormalise(A.times(Q)).q;
  const { u, singular, vt } = tallSvd(A.transposedTimes(Q));
  // B = Qᵀ·A is the transpose of what was just factored: its left vectors are the rows of vt.
  const first = Array.from({ length: Math.min(k, singular.length) }, (_, i) => i);
  return { u: multiplyTransposed(Q, vt.take(first)), singular: singular.slice(0, first.length), vt: u.takeCols(first).transpose() };
}

/** The SVD of a matrix with few columns, by way of its triangular factor. */
function tallSvd(Y: DenseMatrix): Svd {
  if (Y.rows < 2 * Y.cols) return svd(Y);
  const { q } = orthonormalise(Y);
  const { u, singular, vt } = svd(transposedMultiply(q, Y));
  return { u: multiply(q, u), singular, vt };
}
