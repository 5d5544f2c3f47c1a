import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { flag, integer, seed, type Rules } from '../core/rules.ts';
import { splitsOfFolds } from './splits-of-folds.ts';
import { Splitter, type Split, type SplitData } from './splitter.ts';

/** Options of splitters that deal every row to one of k folds. */
export interface FoldOptions {
  /** Number of folds, at least 2. Default 5. */
  nSplits?: number;
  /** Whether chance decides, rather than the order of the rows. Default false. */
  shuffle?: boolean;
  /** Seed of the shuffling; null is seed 0. Only with `shuffle`. Default null. */
  randomState?: number | null;
}

/** A splitter that deals every row to one of k folds; each fold is the test set once. */
export abstract class FoldSplitter extends Splitter<FoldOptions> {
  static override readonly rules: Rules<FoldOptions> = {
    nSplits: integer(5, { min: 2 }),
    shuffle: flag(false),
    randomState: seed(),
  };

  getNSplits(): number {
    return this.options.nSplits;
  }

  /** The fold of each row. */
  protected abstract folds(data: SplitData, random: RandomState | null): Int32Array;

  protected *splits(data: SplitData): Iterable<Split> {
    const { nSplits, shuffle, randomState } = this.options;
    checkFoldCount(this.owner, nSplits, data.rows);
    yield* splitsOfFolds(this.folds(data, shuffle ? new RandomState(randomState) : null), nSplits);
  }

  protected override checkOptions(): void {
    const { shuffle, randomState } = this.options;
    if (!shuffle && randomState !== null) {
      throw new OptionError(`${this.owner}: randomState has no effect without shuffle, got ${randomState}. Set shuffle: true or leave it out.`);
    }
  }
}

/** @throws DataError when there are fewer rows than folds. */
export function checkFoldCount(owner: string, nSplits: number, rows: number): void {
  if (nSplits > rows) throw new DataError(`${owner}: nSplits must be at most the number of rows, got ${nSplits} splits of ${rows} rows.`);
}
