import { DataError } from './errors.ts';
import { custom, type Rule } from './rules.ts';
import { show } from './show.ts';

/** Positions of rows to learn from and of rows to be judged on. */
export interface Fold {
  train: ArrayLike<number>;
  test: ArrayLike<number>;
}

/** A number of folds, or folds made before, as every splitter's `split` returns them. */
export type Folds = number | readonly Fold[];

const isFold = (fold: Partial<Fold> | null): boolean => (fold?.train?.length ?? 0) > 0 && (fold?.test?.length ?? 0) > 0;

/** The `cv` option of models that cross-validate themselves. */
export const foldsRule = <T extends Folds | null>(defaultValue: T): Rule<T> =>
  custom<T>(
    defaultValue,
    `a whole number of at least 2, or an array of { train, test } with rows in both${defaultValue === null ? ', or null' : ''}`,
    (v) =>
      (v === null && defaultValue === null) ||
      (Number.isInteger(v) && (v as number) >= 2) ||
      (Array.isArray(v) && v.length > 0 && v.every(isFold)),
    1,
  );

/**
 * The folds that a `cv` option stands for: a number k means k unshuffled blocks of nearly equal size, as
 * KFold cuts them. Families cannot import splitters, which stand above them; pass `new KFold(…).split(X)` for
 * any other way of cutting.
 *
 * @throws DataError for more folds than rows or positions that are no rows
 */
export function foldsOf(owner: string, cv: Folds, rows: number): Fold[] {
  if (typeof cv !== 'number') {
    for (const [k, fold] of cv.entries()) {
      for (const part of ['train', 'test'] as const) {
        const wrong = Array.from(fold[part]).find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
        if (wrong !== undefined) throw new DataError(`${owner}: cv[${k}].${part} must hold rows from 0 to ${rows - 1}, got ${show(wrong)}.`);
      }
    }
    return [...cv];
  }
  if (cv > rows) throw new DataError(`${owner}: cv must be at most the number of rows, got ${cv} folds of ${rows} rows.`);
  const folds: Fold[] = [];
  for (let fold = 0, from = 0; fold < cv; fold++) {
    const start = from;
    const size = Math.floor(rows / cv) + (fold < rows % cv ? 1 : 0);
    const test = Int32Array.from({ length: size }, (_, i) => start + i);
    const train = Int32Array.from({ length: rows - size }, (_, i) => (i < start ? i : i + size));
    folds.push({ train, test });
    from += size;
  }
  return folds;
}
