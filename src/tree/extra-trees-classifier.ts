import type { Rules } from '../core/rules.ts';
import { ForestClassifier, forestClassifierRules, type ForestClassifierOptions } from './forest-classifier.ts';

export type ExtraTreesClassifierOptions = ForestClassifierOptions;

/**
 * Many decision trees, each grown on all rows (unless `bootstrap`), whose nodes try `maxFeatures` features at one random
 * threshold each; their probabilities are averaged. Smoother than a random forest, and faster to grow.
 *
 * X: rows × features, dense or CSR, rounded to single precision; NaN is a missing value. y: one label per row.
 * `fitted.trees` holds each tree's nodes. The result depends on `randomState` alone, not on the number of threads.
 *
 * X's ranks and the trees must fit the machine's memory, which is checked before the first and after the first tree.
 *
 * Counterpart: scikit-learn's ExtraTreesClassifier, tree for tree, for one output. It has no `maxBins`;
 * ours takes NaN in sparse X too, and refuses a warm start for other classes or columns.
 * Source: Geurts, Ernst, Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006.
 *
 * @example
 * const model = await new ExtraTreesClassifier({ minSamplesLeaf: 3 }).fit(X, y);
 * await model.predictProba(X);
 */
export class ExtraTreesClassifier extends ForestClassifier {
  static override readonly rules: Rules<ExtraTreesClassifierOptions> = forestClassifierRules(false);

  protected readonly splitter = 'random';
}
