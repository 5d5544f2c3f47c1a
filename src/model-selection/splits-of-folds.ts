import type { Split } from './splitter.ts';

/**
 * One split per fold 0 … nSplits − 1: its rows are the test rows, all others train, both ascending.
 * Rows with a negative fold are in every training set.
 */
export function* splitsOfFolds(folds: Int32Array, nSplits: number): Generator<Split> {
  const sizes = new Int32Array(nSplits);
  for (let i = 0; i < folds.length; i++) if (folds[i] >= 0) sizes[folds[i]]++;
  for (let fold = 0; fold < nSplits; fold++) {
    const test = new Int32Array(sizes[fold]);
    const train = new Int32Array(folds.length - sizes[fold]);
    let tested = 0;
    for (let i = 0; i < folds.length; i++) {
      if (folds[i] === fold) test[tested++] = i;
      else train[i - tested] = i;
    }
    yield { train, test };
  }
}
