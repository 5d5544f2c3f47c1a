import type { RandomState } from './random-state.ts';

/** The fold of each row, k folds of nearly equal size; without a generator the folds are blocks. */
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

/**
 * The fold of each row, classes in nearly equal shares. How many rows of a class each fold gets is read off a
 * round robin over the rows sorted by class, with classes in order of first appearance.
 *
 * @param codes class of each row
 * @param sizes rows of each class
 */
export function stratifiedFolds(codes: Int32Array, sizes: Int32Array, nSplits: number, random: RandomState | null): Int32Array {
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
