import { RandomState } from '../core/random-state.ts';
import { integer, seed, type Rules } from '../core/rules.ts';
import { checkFoldCount } from './fold-splitter.ts';
import { splitsOfFolds } from './splits-of-folds.ts';
import { Splitter, type Split, type SplitData } from './splitter.ts';

export interface RepeatedOptions {
  /** Number of folds, at least 2. Default 5. */
  nSplits?: number;
  /** How many times the rows are dealt anew. Default 10. */
  nRepeats?: number;
  /** Seed of the first deal; the others follow in the same stream. null is seed 0. Default null. */
  randomState?: number | null;
}

/** A k-fold splitter that deals the rows several times, each time in another random order. */
export abstract class RepeatedSplitter extends Splitter<RepeatedOptions> {
  static override readonly rules: Rules<RepeatedOptions> = {
    nSplits: integer(5, { min: 2 }),
    nRepeats: integer(10, { min: 1 }),
    randomState: seed(),
  };

  getNSplits(): number {
    return this.options.nSplits * this.options.nRepeats;
  }

  /** The fold of each row in one deal. */
  protected abstract folds(data: SplitData, random: RandomState): Int32Array;

  protected *splits(data: SplitData): Iterable<Split> {
    const { nSplits, nRepeats, randomState } = this.options;
    checkFoldCount(this.owner, nSplits, data.rows);
    const random = new RandomState(randomState);
    for (let repeat = 0; repeat < nRepeats; repeat++) yield* splitsOfFolds(this.folds(data, random), nSplits);
  }
}
