import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows } from '../core/rows.ts';
import { custom, type Rule } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { distancesToCentres, inertiaOf, nearestCentres } from './nearest-centres.ts';
import type { CentresInit } from './starting-centres.ts';

/** What every clusterer with centres has learned. */
export interface CentresFitted extends FeaturesSeen {
  /** k × columns. */
  clusterCenters: DenseMatrix;
  /** The cluster of each row in fit, 0 … k − 1. */
  labels: Int32Array;
  /** Σ weight · squared distance to the own centre, over the rows in fit. */
  inertia: number;
}

/** The `init` option: how to start, or k starting centres. */
export const initRule = (): Rule<CentresInit | MatrixLike> =>
  custom<CentresInit | MatrixLike>(
    'k-means++',
    "'k-means++', 'random', or a matrix with one row per cluster",
    (v) => v === 'k-means++' || v === 'random' || isMatrix(v) || (Array.isArray(v) && v.length > 0),
    'farthest',
  );

/** What KMeans and MiniBatchKMeans do with their centres. */
export abstract class Clusterer<Options extends object, Learned extends CentresFitted> extends MatrixTransformer<Options, Omit<Learned, 'nFeaturesIn'>> {
  /** The cluster of each row: the nearest centre, the first on a tie. */
  async predict(X: MatrixLike): Promise<Int32Array> {
    const matrix = this.checkSeen(X);
    return nearestCentres(matrix, this.#centres);
  }

  /** Learns from X and returns the cluster of each of its rows. */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Int32Array> {
    await this.fit(X, y, options);
    return (this.fitted as unknown as CentresFitted).labels;
  }

  /** −Σ weight · squared distance to the nearest centre: higher is better. `y` is not used. */
  async score(X: MatrixLike, _y?: ArrayLike<unknown>, { sampleWeight }: FitOptions = {}): Promise<number> {
    const matrix = this.checkSeen(X);
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows) ?? new Float64Array(matrix.rows).fill(1);
    return -inertiaOf(matrix, weights, this.#centres, nearestCentres(matrix, this.#centres));
  }

  override featureNamesOut(): string[] {
    return Array.from({ length: this.#centres.rows }, (_, k) => `${this.owner.toLowerCase()}${k}`);
  }

  protected apply(X: Matrix): DenseMatrix {
    const distances = new DenseMatrix(X.rows, this.#centres.rows);
    distancesToCentres(X, this.#centres, distances);
    return distances;
  }

  get #centres(): DenseMatrix {
    return (this.fitted as unknown as CentresFitted).clusterCenters;
  }

  /** X, y and the number of clusters fit each other. */
  protected checkClusters(X: Matrix, y: ArrayLike<unknown> | undefined, nClusters: number): void {
    checkSameRows(this.owner, { X, y });
    if (X.rows < nClusters) throw new DataError(`${this.owner}: X must have at least one row per cluster (${nClusters}), got ${X.rows}. Use fewer clusters.`);
  }

  /** The given starting centres as a matrix of its own, or undefined. */
  protected givenCentres(init: CentresInit | MatrixLike, nClusters: number, cols: number): DenseMatrix | undefined {
    if (typeof init === 'string') return undefined;
    const centres = asMatrix(`${this.owner}: init`, init);
    if (centres.rows !== nClusters || centres.cols !== cols) {
      throw new ShapeError(`${this.owner}: init must be ${nClusters} × ${cols}, got ${centres.rows} × ${centres.cols}.`);
    }
    return centres.toDense().copy();
  }
}

/** tol times the mean variance of X's columns: a shift of centres in the squared unit of X. */
export function scaledTolerance(X: Matrix, tol: number): number {
  if (tol === 0) return 0;
  const { variance } = columnMoments(X);
  return (variance.reduce((a, b) => a + b, 0) / variance.length) * tol;
}
