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
 * Counterpart: scikit-learn's RandomForestClassifier, tree for tree (trees draw the same rows and features), for one
 * output. It has no `maxBins`; ours has no `warmStart`, and takes NaN in sparse X too.
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
