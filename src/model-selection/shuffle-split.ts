import type { RandomState } from '../core/random-state.ts';
import type { Sizes } from './shuffle-sizes.ts';
import { ShuffleSplitter, shuffleRules } from './shuffle-splitter.ts';
import type { Split, SplitData } from './splitter.ts';

/**
 * Random splits of given sizes, independent of each other. Rows come in the order in which they were drawn.
 * Counterpart: scikit-learn's ShuffleSplit.
 *
 * @example
 * new ShuffleSplit({ nSplits: 3, testSize: 0.25, randomState: 43 }).split(X);
 */
export class ShuffleSplit extends ShuffleSplitter {
  static override readonly rules = shuffleRules(10);

  protected *draw({ rows }: SplitData, random: RandomState): Iterable<Split> {
    const sizes = this.sizes(rows);
    for (let i = 0; i < this.options.nSplits; i++) yield randomSplit(rows, sizes, random);
  }
}

/** The head of a permutation tests, what follows trains. */
export function randomSplit(rows: number, { train, test }: Sizes, random: RandomState): Split {
  const order = random.permutation(rows);
  return { train: order.slice(test, test + train), test: order.slice(0, test) };
}
