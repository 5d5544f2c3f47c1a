import { DataError } from '../core/errors.ts';
import { encodeLabels, type Labels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { show, showList } from '../core/show.ts';
import { approximateMode } from './approximate-mode.ts';
import { countCodes } from './class-sizes.ts';
import type { Sizes } from './shuffle-sizes.ts';
import { ShuffleSplitter, shuffleRules } from './shuffle-splitter.ts';
import type { Split, SplitData } from './splitter.ts';

/**
 * Random splits of given sizes in which both sides hold every class in y's share, to within one row.
 * Counterpart: scikit-learn's StratifiedShuffleSplit.
 *
 * @example
 * new StratifiedShuffleSplit({ nSplits: 3, testSize: 0.25, randomState: 43 }).split(X, y);
 */
export class StratifiedShuffleSplit extends ShuffleSplitter {
  static override readonly rules = shuffleRules(10);

  protected draw(data: SplitData, random: RandomState): Iterable<Split> {
    return stratifiedRandomSplits(this.owner, this.needLabels(data), this.sizes(data.rows), this.options.nSplits, random);
  }
}

/** @throws DataError for a class of one row, or for sides with fewer rows than there are classes. */
export function* stratifiedRandomSplits(owner: string, y: Labels, sizes: Sizes, nSplits: number, random: RandomState): Generator<Split> {
  const { classes, codes } = encodeLabels(owner, y);
  const counts = countCodes(codes, classes.length);
  const single = classes.filter((_, k) => counts[k] < 2);
  if (single.length > 0) {
    throw new DataError(`${owner}: every class must have at least 2 rows to stratify by, these have 1: ${showList(single.map(show))}.`);
  }
  for (const side of ['train', 'test'] as const) {
    if (sizes[side] >= classes.length) continue;
    throw new DataError(`${owner}: ${side}Size must be at least the number of classes (${classes.length}) to stratify, got ${sizes[side]} rows.`);
  }
  const rowsOf = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(classes.length);
  for (let i = 0; i < codes.length; i++) rowsOf[codes[i]][filled[codes[i]]++] = i;

  for (let i = 0; i < nSplits; i++) {
    const trainCounts = approximateMode(counts, sizes.train, random);
    const testCounts = approximateMode(counts.map((count, k) => count - trainCounts[k]), sizes.test, random);
    const train = new Int32Array(sizes.train);
    const test = new Int32Array(sizes.test);
    let trained = 0;
    let tested = 0;
    for (let k = 0; k < classes.length; k++) {
      const order = random.permutation(counts[k]);
      for (let p = 0; p < trainCounts[k]; p++) train[trained++] = rowsOf[k][order[p]];
      for (let p = 0; p < testCounts[k]; p++) test[tested++] = rowsOf[k][order[trainCounts[k] + p]];
    }
    yield { train: random.shuffle(train), test: random.shuffle(test) };
  }
}
