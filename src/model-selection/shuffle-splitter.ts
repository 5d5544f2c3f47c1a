import { RandomState } from '../core/random-state.ts';
import { integer, seed, type Rules } from '../core/rules.ts';
import { shuffleSizes, sizeRule, type Size, type Sizes } from './shuffle-sizes.ts';
import { Splitter, type Split, type SplitData } from './splitter.ts';

export interface ShuffleOptions {
  /** Number of independent splits. Default 10 (GroupShuffleSplit 5). */
  nSplits?: number;
  /** Rows to test on: a share in (0, 1) or a whole number. Default null: what trainSize leaves, or a tenth (GroupShuffleSplit a fifth). */
  testSize?: Size;
  /** Rows to train on: a share in (0, 1) or a whole number. Default null: what testSize leaves. */
  trainSize?: Size;
  /** Seed of the first split; the others follow in the same stream. null is seed 0. Default null. */
  randomState?: number | null;
}

/** Rules of splitters that draw test rows at random. */
export const shuffleRules = (nSplits: number): Rules<ShuffleOptions> => ({
  nSplits: integer(nSplits, { min: 1 }),
  testSize: sizeRule(),
  trainSize: sizeRule(),
  randomState: seed(),
});

/** A splitter that draws training and test rows anew for each split; the test sets of two splits may overlap. */
export abstract class ShuffleSplitter extends Splitter<ShuffleOptions> {
  getNSplits(): number {
    return this.options.nSplits;
  }

  /** Share of rows to test on when no size is given. */
  protected get defaultTestSize(): number {
    return 0.1;
  }

  /** The splits in turn, all from one stream of chance. */
  protected abstract draw(data: SplitData, random: RandomState): Iterable<Split>;

  protected splits(data: SplitData): Iterable<Split> {
    return this.draw(data, new RandomState(this.options.randomState));
  }

  protected sizes(rows: number): Sizes {
    return shuffleSizes(this.owner, rows, this.options.testSize, this.options.trainSize, this.defaultTestSize);
  }
}
