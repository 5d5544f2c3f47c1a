import type { Labels } from '../core/labels.ts';
import type { RandomState } from '../core/random-state.ts';
import { classSizeWarnings, stratifiable } from './class-sizes.ts';
import { FoldSplitter } from './fold-splitter.ts';
import type { SplitData } from './splitter.ts';

/**
 * k folds that each hold every class in nearly the same share as y. y: labels (text, whole numbers or
 * booleans), one per row. Per class, the rows go to folds in blocks in the order of the rows; with `shuffle`
 * their folds are shuffled.
 *
 * A class with fewer rows than folds is missing from some folds: see `warnings(y)` and `checkClassSizes`.
 * All classes that small is an error.
 *
 * Counterpart: scikit-learn's StratifiedKFold.
 *
 * @example
 * new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 43 }).split(X, y);
 */
export class StratifiedKFold extends FoldSplitter {
  override warnings(y?: Labels, groups?: Labels): string[] {
    return [...super.warnings(y, groups), ...(y === undefined ? [] : classSizeWarnings(this.owner, y, this.options.nSplits))];
  }

  protected folds(data: SplitData, random: RandomState | null): Int32Array {
    return stratifiedFolds(this.owner, this.needLabels(data), this.options.nSplits, random);
  }
}

/**
 * The fold of each row. How many rows of a class each fold gets is read off a round robin over the rows sorted
 * by class, with classes in order of first appearance.
 */
export function stratifiedFolds(owner: string, y: Labels, nSplits: number, random: RandomState | null): Int32Array {
  const { codes, sizes } = stratifiable(owner, y, nSplits);
  const rowsOf = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(sizes.length);
  const appearance: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (filled[code] === 0) appearance.push(code);
    rowsOf[code][filled[code]++] = i;
  }
  const folds = new Int32Array(codes.length);
  let before = 0;
  for (const code of appearance) {
    const rows = rowsOf[code];
    // Sorted positions before … before + size − 1 fall to folds in turn; the class's rows take them fold by fold.
    const counts = new Int32Array(nSplits);
    for (let p = before; p < before + rows.length; p++) counts[p % nSplits]++;
    before += rows.length;
    const foldOf = new Int32Array(rows.length);
    for (let fold = 0, at = 0; fold < nSplits; at += counts[fold++]) foldOf.fill(fold, at, at + counts[fold]);
    random?.shuffle(foldOf);
    for (let i = 0; i < rows.length; i++) folds[rows[i]] = foldOf[i];
  }
  return folds;
}
