import { foldsOf } from '../core/folds.ts';
import type { Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitElasticNet, type ElasticNetFitted } from './elastic-net-fit.ts';
import { alphaGrid, leastMean, pathErrors, pathRules, type PathOptions } from './elastic-net-path.ts';
import { LinearRegressor } from './linear-regressor.ts';

export type LassoCVOptions = PathOptions;

export interface LassoCVFitted extends ElasticNetFitted {
  /** The chosen penalty: the largest of those with the least mean error over folds. */
  alpha: number;
  /** Penalties tried, descending. */
  alphas: Float64Array;
  /** alphas × folds: mean squared error of the fold's test rows. */
  msePath: DenseMatrix;
}

/**
 * A Lasso that chooses its penalty by cross-validation along a descending path, and is then fitted on all rows.
 *
 * Counterpart: scikit-learn's LassoCV: the same grid, errors and choice. `cv` is a number of unshuffled folds or
 * the splits of a splitter, `new KFold({ nSplits: 5, shuffle: true }).split(X)`.
 * Source: Friedman, Hastie and Tibshirani, J. Statistical Software 33(1), 2010, §2.5.
 *
 * @example
 * const model = await new LassoCV({ cv: 10 }).fit(X, y);
 * model.fitted.alpha;
 */
export class LassoCV extends LinearRegressor<LassoCVOptions, LassoCVFitted> {
  static override readonly rules: Rules<LassoCVOptions> = pathRules;

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): LassoCVFitted {
    const folds = foldsOf(this.owner, this.options.cv, X.rows);
    const alphas = alphaGrid(X, y, sampleWeight, 1, this.options);
    const msePath = pathErrors(X, y, sampleWeight, folds, alphas, 1, this.options);
    const alpha = alphas[leastMean(msePath).at];
    return { ...fitElasticNet(this.owner, X, y, sampleWeight, { alpha, l1Ratio: 1 }, this.options), alpha, alphas, msePath };
  }
}
