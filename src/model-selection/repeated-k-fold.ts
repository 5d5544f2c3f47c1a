import type { RandomState } from '../core/random-state.ts';
import { kFolds } from '../core/fold-numbers.ts';
import { RepeatedSplitter } from './repeated-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * Shuffled KFold, several times over: nRepeats × nSplits splits.
 * Counterpart: scikit-learn's RepeatedKFold.
 *
 * @example
 * new RepeatedKFold({ nSplits: 5, nRepeats: 2, randomState: 7 }).split(X); // 10 splits
 */
export class RepeatedKFold extends RepeatedSplitter {
  protected folds({ rows }: SplitData, random: RandomState): Int32Array {
    return kFolds(rows, this.options.nSplits, random);
  }
}
