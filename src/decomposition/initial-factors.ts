import { RandomState } from '../core/random-state.ts';
import { withBlockMap } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { randomizedSvd } from '../matrix/randomized-svd.ts';
import { euclideanNorm } from '../matrix/vector.ts';

export type NmfInit = 'random' | 'nndsvd' | 'nndsvda' | 'nndsvdar';

/** X ≈ W·H. */
export interface Factors {
  /** rows × k. */
  W: DenseMatrix;
  /** k × columns. */
  H: DenseMatrix;
}

/** Smaller elements of singular vectors count as zero. */
const SMALL = 1e-6;

/**
 * Non-negative factors to start from. Random numbers are numpy's.
 *
 * Source: Boutsidis and Gallopoulos, "SVD based initialization: A head start for nonnegative matrix factorization",
 * Pattern Recognition 41(4), 2008.
 */
export function initialFactors(X: Matrix, k: number, init: NmfInit, random: RandomState): Factors {
  const { rows, cols } = X;
  let sum = 0;
  for (const value of X.data) sum += value;
  const mean = sum / (rows * cols);
  if (init === 'random') {
    const size = Math.sqrt(mean / k);
    const normal = (count: number): Float64Array => random.standardNormal(count).map((v) => Math.abs(size * v));
    const H = new DenseMatrix(k, cols, normal(k * cols));
    return { W: new DenseMatrix(rows, k, normal(rows * k)), H };
  }
  // The filling draws from the seed anew, as if the SVD had drawn nothing.
  const filling = new RandomState();
  filling.setState(random.getState());
  const { u, singular, vt } = withBlockMap(X, (A) => randomizedSvd(A, k, { random }));
  const W = new DenseMatrix(rows, k);
  const H = new DenseMatrix(k, cols);
  for (let j = 0; j < k; j++) {
    const [x, y, size] = j === 0 ? [u.col(0).map(Math.abs), vt.row(0).map(Math.abs), 1] : largerPart(u.col(j), vt.row(j));
    const factor = Math.sqrt(singular[j] * size);
    for (let i = 0; i < rows; i++) W.data[i * k + j] = cut(factor * x[i]);
    for (let i = 0; i < cols; i++) H.data[j * cols + i] = cut(factor * y[i]);
  }
  if (init === 'nndsvd') return { W, H };
  for (const { data } of [W, H]) {
    for (let p = 0; p < data.length; p++) {
      if (data[p] === 0) data[p] = init === 'nndsvda' ? mean : Math.abs((mean * filling.standardNormal()) / 100);
    }
  }
  return { W, H };
}

const cut = (value: number): number => (value < SMALL ? 0 : value);

/** Of a pair of singular vectors the positive parts or the negative ones, whichever are larger, as unit vectors, and the product of their sizes. */
function largerPart(x: Float64Array, y: Float64Array): [x: Float64Array, y: Float64Array, size: number] {
  const positive = [x, y].map((v) => v.map((value) => Math.max(value, 0)));
  const negative = [x, y].map((v) => v.map((value) => Math.max(-value, 0)));
  const size = ([a, b]: Float64Array[]): number => euclideanNorm(a) * euclideanNorm(b);
  const part = size(positive) > size(negative) ? positive : negative;
  const [a, b] = part.map((v) => {
    const norm = euclideanNorm(v);
    return norm > 0 ? v.map((value) => value / norm) : v;
  });
  return [a, b, size(part)];
}
