import { RandomState } from '../core/random-state.ts';
import { choice, either, integer, number, seed, type Rules } from '../core/rules.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { type CentresFitted, Clusterer, initRule, scaledTolerance } from './clusterer.ts';
import { type Clustering, lloyd } from './lloyd.ts';
import { type CentresInit, startingCentres } from './starting-centres.ts';

export interface KMeansOptions {
  /** Number of clusters, k. Default 8. */
  nClusters?: number;
  /** Starting centres: rows far from each other ('k-means++'), any rows ('random'), or a matrix of k rows. Default 'k-means++'. */
  init?: CentresInit | MatrixLike;
  /** Runs from different starts, of which the best is kept; 'auto' is 10 for 'random', else 1. Given centres run once. Default 'auto'. */
  nInit?: number | 'auto';
  /** Most rounds of one run. Default 300. */
  maxIter?: number;
  /** Stop once the squared shifts of all centres sum to this share of the mean variance of columns. Default 1e-4. */
  tol?: number;
  /** Seed of the starts. Default null, which is 0. */
  randomState?: number | null;
}

/** What KMeans has learned. */
export interface KMeansFitted extends CentresFitted {
  /** Rounds of the run that was kept. */
  iterations: number;
  /** Whether that run came to rest before maxIter. */
  converged: boolean;
}

/**
 * k-means: k centres that minimise Σ weight · ‖x − nearest centre‖², found by Lloyd's algorithm. As a stage it turns
 * X into the Euclidean distances to the centres, rows × k.
 *
 * X: rows × columns, dense or sparse. A dense X is centred while it learns, for more accurate distances. `y` is not
 * used; `sampleWeight` weighs rows.
 *
 * `fitted`: clusterCenters, labels, inertia, iterations, converged.
 *
 * Counterpart: scikit-learn's KMeans(algorithm="lloyd"), the same starts for the same seed; null is seed 0. Where
 * several clusters lose all their rows at once, they are refilled in order of distance.
 * Source: Lloyd 1982; Arthur and Vassilvitskii, "k-means++: The advantages of careful seeding", SODA 2007.
 *
 * @throws DataError for fewer rows than clusters; ShapeError for starting centres that do not fit
 * @example
 * const kmeans = await new KMeans({ nClusters: 3, randomState: 1 }).fit(X);
 * await kmeans.predict(X); // Int32Array of 0, 1 and 2
 */
export class KMeans extends Clusterer<KMeansOptions, KMeansFitted> {
  static override readonly rules: Rules<KMeansOptions> = {
    nClusters: integer(8, { min: 1 }),
    init: initRule(),
    nInit: either<number | 'auto'>([integer(1, { min: 1 }), choice('auto', ['auto'])], 'auto'),
    maxIter: integer(300, { min: 1 }),
    tol: number(1e-4, { min: 0 }),
    randomState: seed(),
  };

  protected learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Omit<KMeansFitted, 'nFeaturesIn'> {
    const { nClusters, init, maxIter } = this.options;
    this.checkClusters(X, y, nClusters);
    const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
    const tol = scaledTolerance(X, this.options.tol);
    const random = new RandomState(this.options.randomState);
    const mean = X.kind === 'dense' ? columnMeans(X) : new Float64Array(X.cols);
    const centred = X.kind === 'dense' ? shifted(X, mean, -1) : X;
    const given = this.givenCentres(init, nClusters, X.cols);
    const nInit = given ? 1 : this.options.nInit === 'auto' ? (init === 'random' ? 10 : 1) : this.options.nInit;
    let best: Clustering | undefined;
    for (let run = 0; run < nInit; run++) {
      const start = given ? shifted(given, mean, -1) : startingCentres(centred, nClusters, init as CentresInit, weights, random);
      const found = lloyd(centred, weights, start, maxIter, tol);
      // The same clusters in another order can be better by rounding only.
      if (!best || (found.inertia < best.inertia && !isSameClustering(found.labels, best.labels, nClusters))) best = found;
    }
    const { centres, labels, inertia, iterations, converged } = best as Clustering;
    return { clusterCenters: X.kind === 'dense' ? shifted(centres, mean, 1) : centres, labels, inertia, iterations, converged };
  }
}

/** X with sign · mean added to every row. */
function shifted(X: DenseMatrix, mean: Float64Array, sign: number): DenseMatrix {
  const data = X.data.slice();
  for (let start = 0; start < data.length; start += X.cols) for (let j = 0; j < X.cols; j++) data[start + j] += sign * mean[j];
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
