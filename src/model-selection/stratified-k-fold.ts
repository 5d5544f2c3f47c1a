import { stratifiedFolds } from '../core/fold-numbers.ts';
import type { Labels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { classSizeWarnings, stratifiable } from './class-sizes.ts';
import { FoldSplitter } from './fold-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds that each hold every class in nearly the same share as y. y: labels (text, whole numbers or
 * booleans), one per row. Per class, the rows go to folds in blocks in the order of the rows; with `shuffle`
 * their folds are shuffled.
 *
 * A class with fewer rows than folds is missing from some folds: see `warnings(y)` and `checkClassSizes`.
 * All classes that small is an error.
 *
 * Counterpart: scikit-learn's StratifiedKFold.
 *
 * @example
 * new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 43 }).split(X, y);
 */
export class StratifiedKFold extends FoldSplitter {
  override warnings(y?: Labels, groups?: Labels): string[] {
    return [...super.warnings(y, groups), ...(y === undefined ? [] : classSizeWarnings(this.owner, y, this.options.nSplits))];
  }

  protected folds(data: SplitData, random: RandomState | null): Int32Array {
    const { nSplits } = this.options;
    const { codes, sizes } = stratifiable(this.owner, this.needLabels(data), nSplits);
    return stratifiedFolds(codes, sizes, nSplits, random);
  }
}
