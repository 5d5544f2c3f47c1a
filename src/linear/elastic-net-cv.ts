import { OptionError } from '../core/errors.ts';
import { foldsOf } from '../core/folds.ts';
import { custom, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitElasticNet, type ElasticNetFitted } from './elastic-net-fit.ts';
import { alphaGrid, leastMean, pathErrors, pathRules, type PathOptions } from './elastic-net-path.ts';
import { LinearRegressor } from './linear-regressor.ts';

export interface ElasticNetCVOptions extends PathOptions {
  /** Share of the lasso in the penalty, in [0, 1], or several to choose from. Default 0.5. */
  l1Ratio?: number | readonly number[];
}

export interface ElasticNetCVFitted extends ElasticNetFitted {
  /** The chosen penalty. */
  alpha: number;
  /** The chosen share of the lasso; the first of those that do equally well. */
  l1Ratio: number;
  /** Penalties tried, descending: one array per l1Ratio. */
  alphas: Float64Array[];
  /** One alphas × folds matrix per l1Ratio: mean squared error of the fold's test rows. */
  msePath: DenseMatrix[];
}

const isShare = (v: unknown): boolean => typeof v === 'number' && v >= 0 && v <= 1;

/**
 * An ElasticNet that chooses its penalty, and its share of the lasso if several are given, by cross-validation
 * along descending paths, and is then fitted on all rows.
 *
 * @throws OptionError when l1Ratio is 0 and no alphas are given: there is no largest penalty to start from
 * Counterpart: scikit-learn's ElasticNetCV: the same grids, errors and choice; `alphas` and `msePath` are lists
 * even for a single l1Ratio.
 * Source: Friedman, Hastie and Tibshirani, J. Statistical Software 33(1), 2010, §2.5.
 *
 * @example
 * const model = await new ElasticNetCV({ l1Ratio: [0.1, 0.5, 0.9, 1] }).fit(X, y);
 * [model.fitted.alpha, model.fitted.l1Ratio];
 */
export class ElasticNetCV extends LinearRegressor<ElasticNetCVOptions, ElasticNetCVFitted> {
  static override readonly rules: Rules<ElasticNetCVOptions> = {
    l1Ratio: custom<number | readonly number[]>(
      0.5,
      'a number in [0, 1], or an array of at least one',
      (v) => isShare(v) || (Array.isArray(v) && v.length > 0 && v.every(isShare)),
      2,
    ),
    ...pathRules,
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): ElasticNetCVFitted {
    const ratios = typeof this.options.l1Ratio === 'number' ? [this.options.l1Ratio] : this.options.l1Ratio;
    if (ratios.includes(0) && typeof this.options.alphas === 'number') {
      throw new OptionError(`${this.owner}: alphas must be given with l1Ratio 0, got their number ${this.options.alphas}. Pass the penalties to try.`);
    }
    const folds = foldsOf(this.owner, this.options.cv, X.rows);
    const alphas = ratios.map((l1Ratio) => alphaGrid(X, y, sampleWeight, l1Ratio, this.options));
    const msePath = ratios.map((l1Ratio, r) => pathErrors(X, y, sampleWeight, folds, alphas[r], l1Ratio, this.options));
    let best = { alpha: 0, l1Ratio: 0, mean: Infinity };
    for (const [r, l1Ratio] of ratios.entries()) {
      const { at, mean } = leastMean(msePath[r]);
      if (mean < best.mean) best = { alpha: alphas[r][at], l1Ratio, mean };
    }
    const { alpha, l1Ratio } = best;
    return { ...fitElasticNet(this.owner, X, y, sampleWeight, { alpha, l1Ratio }, this.options), alpha, l1Ratio, alphas, msePath };
  }
}
