import { encodeLabels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { randomSplit } from './shuffle-split.ts';
import { ShuffleSplitter, shuffleRules } from './shuffle-splitter.ts';
import type { Split, SplitData } from './splitter.ts';

/**
 * Random splits that never cut a group. Sizes count groups, not rows; the rows of a side are ascending.
 * Counterpart: scikit-learn's GroupShuffleSplit.
 *
 * @example
 * new GroupShuffleSplit({ nSplits: 3, testSize: 0.5, randomState: 7 }).split(X, y, customers);
 */
export class GroupShuffleSplit extends ShuffleSplitter {
  static override readonly rules = shuffleRules(5);

  protected override get usesGroups(): boolean {
    return true;
  }

  protected override get defaultTestSize(): number {
    return 0.2;
  }

  protected *draw(data: SplitData, random: RandomState): Iterable<Split> {
    const { classes: groups, codes } = encodeLabels(this.owner, this.needGroups(data));
    const sizes = this.sizes(groups.length);
    for (let i = 0; i < this.options.nSplits; i++) {
      const drawn = randomSplit(groups.length, sizes, random);
      yield { train: rowsOfGroups(codes, groups.length, drawn.train), test: rowsOfGroups(codes, groups.length, drawn.test) };
    }
  }
}

function rowsOfGroups(codes: Int32Array, count: number, groups: Int32Array): Int32Array {
  const wanted = new Uint8Array(count);
  for (const group of groups) wanted[group] = 1;
  const rows: number[] = [];
  for (let i = 0; i < codes.length; i++) if (wanted[codes[i]] === 1) rows.push(i);
  return Int32Array.from(rows);
}
