import { choice, type Rules } from '../core/rules.ts';
import { DecisionTreeRegressor, type DecisionTreeRegressorOptions } from './decision-tree-regressor.ts';

/** DecisionTreeRegressor's; `splitter` is 'random' by default. */
export type ExtraTreeRegressorOptions = DecisionTreeRegressorOptions;

/**
 * One tree of ExtraTreesRegressor: a decision tree for numbers whose nodes try each feature at one random threshold. On its
 * own it is weak; bagging or boosting make use of it.
 *
 * X, y and `fitted` as DecisionTreeRegressor's.
 *
 * Counterpart: scikit-learn's ExtraTreeRegressor, node for node, for one output; it does not take NaN in sparse X. There,
 * sums are of another order, so that splits which tie in all but the last digit may part.
 * Source: Geurts, Ernst, Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006.
 *
 * @example
 * const bag = await new BaggingRegressor({ estimator: new ExtraTreeRegressor(), nEstimators: 50 }).fit(X, y);
 * await bag.predict(X);
 */
export class ExtraTreeRegressor extends DecisionTreeRegressor {
  static override readonly rules: Rules<ExtraTreeRegressorOptions> = {
    ...DecisionTreeRegressor.rules,
    splitter: choice('random', ['best', 'random']),
  };
}
