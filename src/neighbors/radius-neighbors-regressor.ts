import { Regressor } from '../base/regressor.ts';
import { DataError } from '../core/errors.ts';
import { number, type Rules } from '../core/rules.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { findNeighborhoods, findWithinRadius, fitSearch, type Neighborhood, type NeighborsFitted } from './neighbor-search.ts';
import { neighborWeights, weightsRule, type NeighborWeights } from './neighbor-weights.ts';
import { searchRules, type NeighborSearchOptions } from './neighbors-options.ts';

export interface RadiusNeighborsRegressorOptions extends NeighborSearchOptions {
  /** How far a neighbour may be, at least 0. Default 1. */
  radius?: number;
  /**
   * How neighbours count: 'uniform', 'distance' (1/distance; neighbours at distance 0 count alone), or a function from a
   * row's distances, in no order, to weights. Default 'uniform'.
   */
  weights?: NeighborWeights;
}

export interface RadiusNeighborsRegressorFitted extends NeighborsFitted {
  /** Target of each row of fit's X. */
  y: Float64Array;
}

/**
 * Regression by the mean of all rows of the training set within a radius, weighted if asked for; NaN where there is none.
 *
 * X: samples × features, dense or CSR. sampleWeight is refused. A radius that suits one unit of X suits no other: scale X first.
 *
 * @throws DataError for sampleWeight; OptionError for a tree where the metric has none.
 *
 * Counterpart: scikit-learn's RadiusNeighborsRegressor, for one target. Without metric "precomputed" and metrics of one's own.
 * Source: Bentley, Stanat and Williams, "The complexity of finding fixed-radius near neighbors", Information Processing Letters
 * 6(6), 1977.
 *
 * @example
 * const model = await new RadiusNeighborsRegressor({ radius: 0.5, weights: 'distance' }).fit(X, y);
 * await model.predict(Xnew);
 */
export class RadiusNeighborsRegressor extends Regressor<RadiusNeighborsRegressorOptions, RadiusNeighborsRegressorFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<RadiusNeighborsRegressorOptions> = { radius: number(1, { min: 0 }), ...searchRules, weights: weightsRule() };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): RadiusNeighborsRegressorFitted {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, neighbours are not weighed in fit. Use the option weights.`);
    return { ...fitSearch(this.owner, X, this.options, 0), y };
  }

  /**
   * All rows of fit's X within `radius` of each row of X, or, without X, of each row of fit's X among the others; by row
   * number, or nearest first with `sortResults`.
   */
  async radiusNeighbors(
    X: MatrixLike | null = null,
    { radius = this.options.radius, sortResults = false }: { radius?: number; sortResults?: boolean } = {},
  ): Promise<Neighborhood[]> {
    return findWithinRadius(this.owner, this.fitted, X === null ? null : this.checkSeen(X), radius, sortResults);
  }

  protected values(X: Matrix, fitted: RadiusNeighborsRegressorFitted): Float64Array {
    const { starts, distances, indices } = findNeighborhoods(this.owner, fitted, X, this.options.radius);
    return Float64Array.from({ length: X.rows }, (_, i) => {
      const weights = neighborWeights(this.owner, this.options.weights, distances.subarray(starts[i], starts[i + 1]));
      let sum = 0;
      let total = 0;
      for (let n = 0; n < weights.length; n++) {
        sum += weights[n] * fitted.y[indices[starts[i] + n]];
        total += weights[n];
      }
      return sum / total;
    });
  }
}
