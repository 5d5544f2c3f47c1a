import { stratifiedFolds } from '../core/fold-numbers.ts';
import type { Labels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { classSizeWarnings, stratifiable } from './class-sizes.ts';
import { RepeatedSplitter } from './repeated-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * Shuffled StratifiedKFold, several times over: nRepeats × nSplits splits.
 * Counterpart: scikit-learn's RepeatedStratifiedKFold.
 *
 * @example
 * new RepeatedStratifiedKFold({ nSplits: 5, nRepeats: 2, randomState: 7 }).split(X, y); // 10 splits
 */
export class RepeatedStratifiedKFold extends RepeatedSplitter {
  override warnings(y?: Labels, groups?: Labels): string[] {
    return [...super.warnings(y, groups), ...(y === undefined ? [] : classSizeWarnings(this.owner, y, this.options.nSplits))];
  }

  protected folds(data: SplitData, random: RandomState): Int32Array {
    const { nSplits } = this.options;
    const { codes, sizes } = stratifiable(this.owner, this.needLabels(data), nSplits);
    return stratifiedFolds(codes, sizes, nSplits, random);
  }
}
