import type { Rules } from '../core/rules.ts';
import { ForestClassifier, forestClassifierRules, type ForestClassifierOptions } from './forest-classifier.ts';

export type RandomForestClassifierOptions = ForestClassifierOptions;

/**
 * Many decision trees, each grown on rows drawn with replacement and trying `maxFeatures` features at every node; their
 * probabilities are averaged.
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value. y: one label per row.
 * `fitted.trees` holds each tree's nodes. The result depends on `randomState` alone, not on the number of threads.
 *
 * X's ranks and the trees must fit the machine's memory, which is checked before the first and after the first tree.
 *
 * Counterpart: scikit-learn's RandomForestClassifier, tree for tree (trees draw the same rows and features), for one
 * output. It has no `maxBins`; ours takes NaN in sparse X too, and refuses a warm start for other classes or columns.
 * Source: Breiman, "Random Forests", Machine Learning 45, 2001.
 *
 * @example
 * const model = await new RandomForestClassifier({ nEstimators: 300, oobScore: true }).fit(X, y);
 * model.fitted.oobScore; // an estimate of the accuracy that costs no fold
 */
export class RandomForestClassifier extends ForestClassifier {
  static override readonly rules: Rules<RandomForestClassifierOptions> = forestClassifierRules(true);

  protected readonly splitter = 'best';
}
