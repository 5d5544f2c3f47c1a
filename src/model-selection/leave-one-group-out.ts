import { DataError } from '../core/errors.ts';
import { encodeLabels, uniqueLabels, type Labels } from '../core/labels.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';
import { splitsOfFolds } from './splits-of-folds.ts';

/**
 * Each group is the test set once, groups ascending.
 * Counterpart: scikit-learn's LeaveOneGroupOut.
 *
 * @example
 * new LeaveOneGroupOut().split(X, y, years);
 */
export class LeaveOneGroupOut extends Splitter<Record<never, never>> {
  getNSplits(_X: unknown, _y: Labels | undefined, groups: Labels): number {
    return uniqueLabels(this.owner, this.needGroups({ groups })).length;
  }

  protected override get usesGroups(): boolean {
    return true;
  }

  protected *splits(data: SplitData): Iterable<Split> {
    const { classes: groups, codes } = encodeLabels(this.owner, this.needGroups(data));
    if (groups.length < 2) throw new DataError(`${this.owner}: there must be at least 2 groups, got ${groups.length}.`);
    yield* splitsOfFolds(codes, groups.length);
  }
}
