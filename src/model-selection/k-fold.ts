import type { RandomState } from '../core/random-state.ts';
import { FoldSplitter } from './fold-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds of nearly equal size, in the order of the rows or shuffled: the first (rows mod k) folds get one
 * row more.
 *
 * Counterpart: scikit-learn's KFold.
 *
 * @example
 * new KFold({ nSplits: 3 }).split(X); // [{ train, test }, …]
 */
export class KFold extends FoldSplitter {
  protected folds({ rows }: SplitData, random: RandomState | null): Int32Array {
    return kFolds(rows, this.options.nSplits, random);
  }
}

/** The fold of each row; without a generator the folds are blocks. */
export function kFolds(rows: number, nSplits: number, random: RandomState | null): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  random?.shuffle(order);
  const folds = new Int32Array(rows);
  let at = 0;
  for (let fold = 0; fold < nSplits; fold++) {
    const size = Math.floor(rows / nSplits) + (fold < rows % nSplits ? 1 : 0);
    for (const end = at + size; at < end; at++) folds[order[at]] = fold;
  }
  return folds;
}
