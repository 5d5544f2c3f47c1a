import type { Rules } from '../core/rules.ts';
import { ForestRegressor, forestRegressorRules, type ForestRegressorOptions } from './forest-regressor.ts';

export type RandomForestRegressorOptions = ForestRegressorOptions;

/**
 * Many decision trees, each grown on rows drawn with replacement and trying `maxFeatures` features at every node; their
 * predictions are averaged.
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value. y: one number per row.
 * `fitted.trees` holds each tree's nodes. The result depends on `randomState` alone, not on the number of threads.
 *
 * X's ranks and the trees must fit the machine's memory, which is checked before the first and after the first tree.
 *
 * Counterpart: scikit-learn's RandomForestRegressor, tree for tree (trees draw the same rows and features), for one
 * output. It has no `maxBins`; ours takes NaN in sparse X too, and refuses a warm start for other columns.
 * Source: Breiman, "Random Forests", Machine Learning 45, 2001.
 *
 * @example
 * const model = await new RandomForestRegressor({ nEstimators: 300, oobScore: true }).fit(X, y);
 * model.fitted.oobScore; // an estimate of R² that costs no fold
 */
export class RandomForestRegressor extends ForestRegressor {
  static override readonly rules: Rules<RandomForestRegressorOptions> = forestRegressorRules(true);

  protected readonly splitter = 'best';
}
