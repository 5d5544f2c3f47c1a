import type { RandomState } from '../core/random-state.ts';
import { withArena } from '../kernels/arena.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { scaledTolerance } from './clusterer.ts';
import { type Clustering, lloyd } from './lloyd.ts';
import { type CentresInit, startingCentres } from './starting-centres.ts';

/** How k-means is run; see KMeansOptions. */
export interface ClusteringTask {
  nClusters: number;
  /** How to start, or the starting centres. */
  init: CentresInit | DenseMatrix;
  nInit: number;
  maxIter: number;
  tol: number;
}

/** The best of several runs of k-means, each from a start of its own. A dense X is centred, for more accurate distances. */
export function bestClustering(X: Matrix, sampleWeight: Float64Array | undefined, { nClusters, init, nInit, maxIter, tol }: ClusteringTask, random: RandomState): Clustering {
  const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
  const mean = X.kind === 'dense' ? columnMeans(X) : new Float64Array(X.cols);
  const least = scaledTolerance(X, tol);
  const drawn = random.getState();
  const { centres, ...rest } = withArena((arena) => {
    // Work that outgrows the arena is done again from the start.
    random.setState(drawn);
    // It lies where kernels reach it, and is not copied in every round.
    const centred = X.kind === 'dense' ? shifted(X, mean, -1, arena.unsetFloat64(X.data.length)) : X;
    let best: Clustering | undefined;
    for (let run = 0; run < nInit; run++) {
      const start = typeof init === 'string' ? startingCentres(centred, nClusters, init, weights, random) : shifted(init, mean, -1);
      const found = lloyd(centred, weights, start, maxIter, least);
      // The same clusters in another order can be better by rounding only.
      if (!best || (found.inertia < best.inertia && !isSameClustering(found.labels, best.labels, nClusters))) best = found;
    }
    return best as Clustering;
  });
  return { ...rest, centres: X.kind === 'dense' ? shifted(centres, mean, 1) : centres };
}

/** X with sign · mean added to every row, in `data`. */
function shifted(X: DenseMatrix, mean: Float64Array, sign: number, data: Float64Array = new Float64Array(X.data.length)): DenseMatrix {
  for (let start = 0; start < data.length; start += X.cols) for (let j = 0; j < X.cols; j++) data[start + j] = X.data[start + j] + sign * mean[j];
  return new DenseMatrix(X.rows, X.cols, data);
}

/** Whether each cluster of `a` lies within one cluster of `b`. */
function isSameClustering(a: Int32Array, b: Int32Array, nClusters: number): boolean {
  const image = new Int32Array(nClusters).fill(-1);
  for (let i = 0; i < a.length; i++) {
    if (image[a[i]] === -1) image[a[i]] = b[i];
    else if (image[a[i]] !== b[i]) return false;
  }
  return true;
}
