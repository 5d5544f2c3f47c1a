import { RandomState } from '../core/random-state.ts';
import { choice, either, integer, number, seed, type Rules } from '../core/rules.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { bestClustering } from './best-clustering.ts';
import { type CentresFitted, Clusterer, initRule } from './clusterer.ts';
import type { CentresInit } from './starting-centres.ts';

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
    const given = this.givenCentres(init, nClusters, X.cols);
    const nInit = given ? 1 : this.options.nInit === 'auto' ? (init === 'random' ? 10 : 1) : this.options.nInit;
    const task = { nClusters, init: given ?? (init as CentresInit), nInit, maxIter, tol: this.options.tol };
    const { centres, labels, inertia, iterations, converged } = bestClustering(X, sampleWeight, task, new RandomState(this.options.randomState));
    return { clusterCenters: centres, labels, inertia, iterations, converged };
  }
}
