import { DataError } from '../core/errors.ts';
import { encodeLabels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { countCodes } from './class-sizes.ts';
import { FoldSplitter } from './fold-splitter.ts';
import { kFolds } from '../core/fold-numbers.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds that never cut a group: the rows of one customer, patient or document are all in one fold.
 *
 * Without `shuffle`, the largest groups come first and each goes to the fold with the fewest rows; with it,
 * shuffled groups are dealt in blocks of nearly equal numbers of groups.
 *
 * Counterpart: scikit-learn's GroupKFold.
 *
 * @example
 * new GroupKFold({ nSplits: 5 }).split(X, y, customers);
 */
export class GroupKFold extends FoldSplitter {
  protected override get usesGroups(): boolean {
    return true;
  }

  protected folds(data: SplitData, random: RandomState | null): Int32Array {
    const { nSplits } = this.options;
    const { classes: groups, codes } = encodeLabels(this.owner, this.needGroups(data));
    checkGroupCount(this.owner, nSplits, groups.length);
    const foldOf = random ? kFolds(groups.length, nSplits, random) : lightestFolds(countCodes(codes, groups.length), nSplits);
    return codes.map((group) => foldOf[group]);
  }
}

/** The fold of each group: by falling size (the later group first on a tie), each to the first lightest fold. */
function lightestFolds(sizes: Int32Array, nSplits: number): Int32Array {
  const order = Array.from(sizes, (_, g) => g).sort((a, b) => sizes[b] - sizes[a] || b - a);
  const weights = new Float64Array(nSplits);
  const foldOf = new Int32Array(sizes.length);
  for (const group of order) {
    let lightest = 0;
    for (let fold = 1; fold < nSplits; fold++) if (weights[fold] < weights[lightest]) lightest = fold;
    weights[lightest] += sizes[group];
    foldOf[group] = lightest;
  }
  return foldOf;
}

/** @throws DataError when there are fewer groups than folds. */
export function checkGroupCount(owner: string, nSplits: number, groups: number): void {
  if (nSplits > groups) throw new DataError(`${owner}: nSplits must be at most the number of groups, got ${nSplits} splits of ${groups} groups.`);
}
