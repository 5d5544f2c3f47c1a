import { RandomState } from '../core/random-state.ts';
import type { BlockMap } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { lanczosSvd } from '../matrix/lanczos-svd.ts';
import { multiply } from '../matrix/multiply.ts';
import { timesVector } from '../matrix/products.ts';
import { randomizedSvd } from '../matrix/randomized-svd.ts';
import type { Svd } from '../matrix/svd.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { leadingEigen } from '../matrix/symmetric-eigen.ts';

export type KernelEigenSolver = 'dense' | 'arpack' | 'randomized';

export interface KernelEigenOptions {
  solver: KernelEigenSolver;
  tol: number;
  iteratedPower: number | 'auto';
  randomState: number | null;
}

/** Eigenvalues, descending, and eigenvectors, one a row; the largest element of each by size is positive. */
export interface KernelEigen {
  values: Float64Array;
  vectors: DenseMatrix;
}

/** The `count` largest eigenvalues of a symmetric K; with 'randomized' the largest by size. */
export function kernelEigen(K: DenseMatrix, count: number, options: KernelEigenOptions): KernelEigen {
  const found = options.solver === 'dense' ? undefined : truncated(K, count, options);
  const { values, vectors } = found ?? leadingEigen(K, count);
  const first = Array.from({ length: count }, (_, k) => k);
  const eigen = { values: values.slice(0, count), vectors: vectors.take(first) };
  svdFlip(eigen.vectors);
  return eigen;
}

/** By singular values, which are eigenvalues but for their signs; undefined where Lanczos met negative ones, which are not the largest. */
function truncated(K: DenseMatrix, count: number, { solver, tol, iteratedPower, randomState }: KernelEigenOptions): KernelEigen | undefined {
  const random = new RandomState(randomState);
  const map = symmetricMap(K);
  if (solver === 'randomized') return signed(randomizedSvd(map, count, { nIter: iteratedPower, random }));
  const eigen = signed(lanczosSvd(map, count, { tol, random }));
  return eigen.values.some((value) => value < 0) ? undefined : eigen;
}

function symmetricMap(K: DenseMatrix): BlockMap {
  const times = (W: DenseMatrix): DenseMatrix => (W.cols === 1 ? new DenseMatrix(K.rows, 1, timesVector(K, W.data, 0, new Float64Array(K.rows))) : multiply(K, W));
  return { rows: K.rows, cols: K.cols, times, transposedTimes: times };
}

function signed({ u, singular, vt }: Svd): KernelEigen {
  const vectors = u.transpose();
  const values = singular.map((value, k) => {
    const left = vectors.row(k);
    const right = vt.row(k);
    let product = 0;
    for (let i = 0; i < left.length; i++) product += left[i] * right[i];
    return product < 0 ? -value : value;
  });
  const order = Array.from(values, (_, k) => k).sort((a, b) => values[b] - values[a]);
  return { values: Float64Array.from(order, (k) => values[k]), vectors: vectors.take(order) };
}
