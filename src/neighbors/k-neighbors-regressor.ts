import { Regressor } from '../base/regressor.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { findNeighbors, fitSearch, neighborsGraph, type Neighbors, type NeighborsFitted } from './neighbor-search.ts';
import { neighborWeights, weightsRule, type NeighborWeights } from './neighbor-weights.ts';
import { neighborsRules, type NeighborsOptions } from './neighbors-options.ts';

export interface KNeighborsRegressorOptions extends NeighborsOptions {
  /**
   * How neighbours count: 'uniform', 'distance' (1/distance; neighbours at distance 0 count alone), or a function from a
   * row's distances, ascending, to weights. Default 'uniform'.
   */
  weights?: NeighborWeights;
}

export interface KNeighborsRegressorFitted extends NeighborsFitted {
  /** Target of each row of fit's X. */
  y: Float64Array;
}

/**
 * Regression by the mean of the k nearest rows of the training set, weighted if asked for.
 *
 * Neighbours at equal distance are taken by row number, the lower first (in scikit-learn the choice among them is
 * arbitrary). X: samples × features, dense or CSR. sampleWeight is refused.
 *
 * @throws DataError for sampleWeight; OptionError for more neighbours than rows, or a tree where the metric has none.
 *
 * Counterpart: scikit-learn's KNeighborsRegressor, for one target. Without metric "precomputed" and metrics of one's own.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §2.3.2.
 *
 * @example
 * const model = await new KNeighborsRegressor({ nNeighbors: 3 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class KNeighborsRegressor extends Regressor<KNeighborsRegressorOptions, KNeighborsRegressorFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<KNeighborsRegressorOptions> = { ...neighborsRules, weights: weightsRule() };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): KNeighborsRegressorFitted {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, neighbours are not weighed in fit. Use the option weights.`);
    return { ...fitSearch(this.owner, X, this.options, this.options.nNeighbors), y };
  }

  /** The nNeighbors nearest rows of fit's X for each row of X, or, without X, for each row of fit's X among the others. */
  async kneighbors(X: MatrixLike | null = null, nNeighbors: number = this.options.nNeighbors): Promise<Neighbors> {
    return findNeighbors(this.owner, this.fitted, X === null ? null : this.checkSeen(X), nNeighbors);
  }

  /** Rows × rows of fit's X: 1 ('connectivity') or the distance at each row's neighbours. */
  async kneighborsGraph(
    X: MatrixLike | null = null,
    nNeighbors: number = this.options.nNeighbors,
    mode: 'connectivity' | 'distance' = 'connectivity',
  ): Promise<CsrMatrix> {
    return neighborsGraph(await this.kneighbors(X, nNeighbors), this.fitted.nSamplesFit, mode);
  }

  protected values(X: Matrix, fitted: KNeighborsRegressorFitted): Float64Array {
    const { distances, indices } = findNeighbors(this.owner, fitted, X, this.options.nNeighbors);
    return Float64Array.from({ length: X.rows }, (_, i) => {
      const weights = neighborWeights(this.owner, this.options.weights, distances.row(i));
      const neighbors = indices.row(i);
      let sum = 0;
      let total = 0;
      for (let n = 0; n < neighbors.length; n++) {
        sum += weights[n] * fitted.y[neighbors[n]];
        total += weights[n];
      }
      return sum / total;
    });
  }
}
