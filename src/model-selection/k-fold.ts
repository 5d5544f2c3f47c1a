import { kFolds } from '../core/fold-numbers.ts';
import type { RandomState } from '../core/random-state.ts';
import { FoldSplitter } from './fold-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds of nearly equal size, in the order of the rows or shuffled: the first (rows mod k) folds get one
 * row more.
 *
 * Counterpart: scikit-learn's KFold.
 *
 * @example
 * new KFold({ nSplits: 3 }).split(X); // [{ train, test }, …]
 */
export class KFold extends FoldSplitter {
  protected folds({ rows }: SplitData, random: RandomState | null): Int32Array {
    return kFolds(rows, this.options.nSplits, random);
  }
}
