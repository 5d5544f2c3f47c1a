import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { Estimator } from '../core/estimator.ts';
import { number, type Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import {
  findNeighbors,
  findWithinRadius,
  fitSearch,
  neighborsGraph,
  type Neighborhood,
  type Neighbors,
  type NeighborsFitted,
} from './neighbor-search.ts';
import { neighborsRules, type NeighborsOptions } from './neighbors-options.ts';

export interface NearestNeighborsOptions extends NeighborsOptions {
  /** How far `radiusNeighbors` looks, at least 0. Default 1. */
  radius?: number;
}

/**
 * The nearest rows of a set, without a target: by number (`kneighbors`) or by distance (`radiusNeighbors`).
 *
 * Neighbours at equal distance are given by row number, the lower first. X: samples × features, dense or CSR.
 *
 * @throws OptionError for more neighbours than rows, or a tree where the metric has none.
 *
 * Counterpart: scikit-learn's NearestNeighbors. Without metric "precomputed" and metrics of one's own.
 *
 * @example
 * const { distances, indices } = await (await new NearestNeighbors({ metric: 'cosine' }).fit(X)).kneighbors(Xnew, 3);
 * indices.at(0, 0); // the row of X nearest to row 0 of Xnew
 */
export class NearestNeighbors extends Estimator<NearestNeighborsOptions, NeighborsFitted & FeaturesSeen> {
  static override readonly rules: Rules<NearestNeighborsOptions> = { ...neighborsRules, radius: number(1, { min: 0 }) };

  async fit(X: MatrixLike): Promise<this> {
    const matrix = asMatrix(this.owner, X);
    return this.restore({ ...fitSearch(this.owner, matrix, this.options, this.options.nNeighbors), nFeaturesIn: matrix.cols });
  }

  /** The nNeighbors nearest rows of fit's X for each row of X, or, without X, for each row of fit's X among the others. */
  async kneighbors(X: MatrixLike | null = null, nNeighbors: number = this.options.nNeighbors): Promise<Neighbors> {
    return findNeighbors(this.owner, this.fitted, this.#checkSeen(X), nNeighbors);
  }

  /** Rows × rows of fit's X: 1 ('connectivity') or the distance at each row's neighbours. */
  async kneighborsGraph(
    X: MatrixLike | null = null,
    nNeighbors: number = this.options.nNeighbors,
    mode: 'connectivity' | 'distance' = 'connectivity',
  ): Promise<CsrMatrix> {
    return neighborsGraph(await this.kneighbors(X, nNeighbors), this.fitted.nSamplesFit, mode);
  }

  /**
   * All rows of fit's X within `radius` of each row of X, or, without X, of each row of fit's X among the others; by row
   * number, or nearest first with `sortResults`.
   */
  async radiusNeighbors(
    X: MatrixLike | null = null,
    { radius = this.options.radius, sortResults = false }: { radius?: number; sortResults?: boolean } = {},
  ): Promise<Neighborhood[]> {
    return findWithinRadius(this.owner, this.fitted, this.#checkSeen(X), radius, sortResults);
  }

  #checkSeen(X: MatrixLike | null): Matrix | null {
    const { nFeaturesIn } = this.fitted;
    if (X === null) return null;
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }
}
