import { choice, type Rules } from '../core/rules.ts';
import { DecisionTreeClassifier, type DecisionTreeClassifierOptions } from './decision-tree-classifier.ts';
import { growthRules } from './tree-options.ts';

/** DecisionTreeClassifier's; `splitter` is 'random' and `maxFeatures` 'sqrt' by default. */
export type ExtraTreeClassifierOptions = DecisionTreeClassifierOptions;

/**
 * One tree of ExtraTreesClassifier: a decision tree for classes whose nodes try √p of p features at one random threshold
 * each. On its own it is weak; bagging or boosting make use of it.
 *
 * X, y and `fitted` as DecisionTreeClassifier's.
 *
 * Counterpart: scikit-learn's ExtraTreeClassifier, node for node, for one output; it does not take NaN in sparse X.
 * Source: Geurts, Ernst, Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006.
 *
 * @example
 * const bag = await new BaggingClassifier({ estimator: new ExtraTreeClassifier(), nEstimators: 50 }).fit(X, y);
 * await bag.predict(X);
 */
export class ExtraTreeClassifier extends DecisionTreeClassifier {
  static override readonly rules: Rules<ExtraTreeClassifierOptions> = {
    ...DecisionTreeClassifier.rules,
    splitter: choice('random', ['best', 'random']),
    maxFeatures: growthRules('sqrt').maxFeatures,
  };
}
