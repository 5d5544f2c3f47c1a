import { combinations, countCombinations } from '../core/combinations.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { encodeLabels, uniqueLabels, type Labels } from '../core/labels.ts';
import { custom, type Rules } from '../core/rules.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';

export interface LeavePGroupsOutOptions {
  /** Groups to leave out, at least 1. Required. */
  nGroups: number;
}

/**
 * Each set of nGroups groups is the test set once, groups ascending and sets in lexicographic order: groups! / (nGroups! (groups − nGroups)!)
 * splits, so use `iterate`. The test sets overlap for nGroups > 1.
 * Counterpart: scikit-learn's LeavePGroupsOut.
 *
 * @example
 * new LeavePGroupsOut({ nGroups: 2 }).split(X, y, years); // every two years once
 */
export class LeavePGroupsOut extends Splitter<LeavePGroupsOutOptions> {
  static override readonly rules: Rules<LeavePGroupsOutOptions> = {
    nGroups: custom(0, 'a whole number of at least 1', (v) => Number.isSafeInteger(v) && (v as number) >= 1, 0),
  };

  getNSplits(_X: unknown, _y: Labels | undefined, groups: Labels): number {
    return countCombinations(uniqueLabels(this.owner, this.needGroups({ groups })).length, this.options.nGroups);
  }

  protected override checkOptions(): void {
    if (this.options.nGroups === 0) throw new OptionError(`${this.owner}: nGroups must be given. It is a whole number of at least 1.`);
  }

  protected override get usesGroups(): boolean {
    return true;
  }

  protected *splits(data: SplitData): Iterable<Split> {
    const { classes: groups, codes } = encodeLabels(this.owner, this.needGroups(data));
    const { nGroups } = this.options;
    if (nGroups >= groups.length) throw new DataError(`${this.owner}: nGroups must be less than the number of groups (${groups.length}), got ${nGroups}.`);
    const rows = Int32Array.from(codes.keys());
    for (const left of combinations(groups.length, nGroups)) {
      const isLeft = Uint8Array.from(groups, (_, group) => Number(left.includes(group)));
      yield { train: rows.filter((i) => isLeft[codes[i]] === 0), test: rows.filter((i) => isLeft[codes[i]] === 1) };
    }
  }
}
