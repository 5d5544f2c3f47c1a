import { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import { choice, either, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { BatchProgress } from './batch-progress.ts';
import { type CentresFitted, Clusterer, initRule, scaledTolerance } from './clusterer.ts';
import { miniBatchStep } from './mini-batch-step.ts';
import { inertiaOf, nearestCentres } from './nearest-centres.ts';
import { type CentresInit, startingCentres } from './starting-centres.ts';

export interface MiniBatchKMeansOptions {
  /** Number of clusters, k. Default 8. */
  nClusters?: number;
  /** Starting centres: rows far from each other ('k-means++'), any rows ('random'), or a matrix of k rows. Default 'k-means++'. */
  init?: CentresInit | MatrixLike;
  /** Most passes over as many rows as X has. Default 100. */
  maxIter?: number;
  /** Rows of a batch. Default 1024. */
  batchSize?: number;
  /** Stop once the squared shifts of centres sum to this share of the mean variance of columns; 0 never does. Default 0. */
  tol?: number;
  /** Stop after so many batches in a row without a lower smoothed inertia; null never does. Default 10. */
  maxNoImprovement?: number | null;
  /** Random rows from which starts are made and on which they are compared; null is 3 · batchSize, at least 3 · k. Default null. */
  initSize?: number | null;
  /** Starts, of which the best is kept; 'auto' is 3 for 'random', else 1. Given centres start once. Default 'auto'. */
  nInit?: number | 'auto';
  /** A centre with less than this share of the heaviest one's weight is moved to a random row. Default 0.01. */
  reassignmentRatio?: number;
  /** Seed of starts and batches. Default null, which is 0. */
  randomState?: number | null;
}

/** What MiniBatchKMeans has learned. */
export interface MiniBatchKMeansFitted extends CentresFitted {
  /** Passes over as many rows as X has, rounded up. */
  iterations: number;
  /** Batches seen. */
  steps: number;
  /** Whether a stopping rule was met before maxIter. */
  converged: boolean;
}

/**
 * k-means by random batches: each centre is the running mean of the rows that batches assigned to it. Much faster
 * than KMeans on many rows, slightly worse.
 *
 * X: rows × columns, dense or sparse. `transform` gives distances to the centres, rows × k. `y` is not used;
 * `sampleWeight` makes rows likelier to be drawn.
 *
 * `fitted`: clusterCenters, labels, inertia, iterations, steps, converged.
 *
 * Counterpart: scikit-learn's MiniBatchKMeans, the same starts and batches for the same seed; null is seed 0. Where more than
 * half a batch of centres is light enough to move, the lightest do, the first of those alike; there, an unstable sort picks
 * among them, so that the result depends on the processor.
 * Source: Sculley, "Web-scale k-means clustering", WWW 2010.
 *
 * @throws DataError for fewer rows than clusters; ShapeError for starting centres that do not fit
 * @example
 * const kmeans = await new MiniBatchKMeans({ nClusters: 50 }).fit(X);
 */
export class MiniBatchKMeans extends Clusterer<MiniBatchKMeansOptions, MiniBatchKMeansFitted> {
  static override readonly rules: Rules<MiniBatchKMeansOptions> = {
    nClusters: integer(8, { min: 1 }),
    init: initRule(),
    maxIter: integer(100, { min: 1 }),
    batchSize: integer(1024, { min: 1 }),
    tol: number(0, { min: 0 }),
    maxNoImprovement: optional(integer(10, { min: 0 }), 10),
    initSize: optional(integer(1, { min: 1 })),
    nInit: either<number | 'auto'>([integer(1, { min: 1 }), choice('auto', ['auto'])], 'auto'),
    reassignmentRatio: number(0.01, { min: 0 }),
    randomState: seed(),
  };

  protected learn(X: Matrix, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Omit<MiniBatchKMeansFitted, 'nFeaturesIn'> {
    const { nClusters, maxIter, maxNoImprovement, reassignmentRatio } = this.options;
    this.checkClusters(X, y, nClusters);
    const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
    const random = new RandomState(this.options.randomState);
    const batchSize = Math.min(this.options.batchSize, X.rows);
    const tol = scaledTolerance(X, this.options.tol);
    let centres = this.#start(X, weights, batchSize, random);

    const total = weights.reduce((a, b) => a + b, 0);
    const p = weights.map((w) => w / total);
    const ones = new Float64Array(batchSize).fill(1);
    const counts = new Float64Array(nClusters);
    const progress = new BatchProgress(batchSize, X.rows, tol, maxNoImprovement);
    // As scikit-learn, at least one step is counted where maxIter and batchSize leave none.
    const most = Math.floor((maxIter * X.rows) / batchSize);
    let steps = 0;
    let sinceReassignment = 0;
    let converged = false;
    while (steps < most && !converged) {
      const batch = takeRows(X, random.choice(X.rows, batchSize, { p }));
      sinceReassignment += batchSize;
      const reassign = counts.includes(0) || sinceReassignment >= 10 * nClusters;
      if (reassign) sinceReassignment = 0;
      const step = miniBatchStep(batch, ones, centres, counts, reassign ? reassignmentRatio : 0, random);
      let shift = 0;
      for (let i = 0; i < centres.data.length; i++) shift += (step.centres.data[i] - centres.data[i]) ** 2;
      centres = step.centres;
      steps++;
      converged = progress.isDone(step.inertia, shift);
    }
    const labels = nearestCentres(X, centres);
    return {
      clusterCenters: centres,
      labels,
      inertia: inertiaOf(X, weights, centres, labels),
      iterations: Math.ceil((steps * batchSize) / X.rows),
      steps,
      converged,
    };
  }

  /** The best of nInit starts, judged on rows drawn before. */
  #start(X: Matrix, weights: Float64Array, batchSize: number, random: RandomState): DenseMatrix {
    const { nClusters, init } = this.options;
    const given = this.givenCentres(init, nClusters, X.cols);
    const nInit = given ? 1 : this.options.nInit === 'auto' ? (init === 'random' ? 3 : 1) : this.options.nInit;
    let size = this.options.initSize ?? 3 * batchSize;
    if (size < nClusters) size = 3 * nClusters;
    size = Math.min(size, X.rows);
    const judges = random.randint(0, X.rows, size);
    const valid = takeRows(X, judges);
    const validWeights = takeRows(weights, judges);
    let best = given;
    let least = Infinity;
    for (let run = 0; run < nInit; run++) {
      const sample = size < X.rows ? random.randint(0, X.rows, size) : undefined;
      if (given) break;
      const [from, fromWeights] = sample ? [takeRows(X, sample), takeRows(weights, sample)] : [X, weights];
      const centres = startingCentres(from, nClusters, init as CentresInit, fromWeights, random);
      const inertia = inertiaOf(valid, validWeights, centres, nearestCentres(valid, centres));
      if (best && !(inertia < least)) continue;
      least = inertia;
      best = centres;
    }
    return best as DenseMatrix;
  }
}
