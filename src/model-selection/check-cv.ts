import { DataError, OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { KFold } from './k-fold.ts';
import type { CrossValidator, Split } from './splitter.ts';
import { StratifiedKFold } from './stratified-k-fold.ts';

/** A number of folds, a splitter, or splits that were made before. */
export type Cv = number | CrossValidator | readonly Split[];

/**
 * The splitter that `cv` stands for: a number n means n unshuffled folds, stratified for a classifier whose
 * y holds classes.
 * Counterpart: scikit-learn's check_cv.
 */
export function checkCv(owner: string, cv: Cv, y: Labels, classifier: boolean): CrossValidator {
  if (typeof cv === 'number') return classifier && holdsClasses(y) ? new StratifiedKFold({ nSplits: cv }) : new KFold({ nSplits: cv });
  if (Array.isArray(cv)) return new GivenSplits(owner, cv as readonly Split[]);
  if (typeof (cv as Partial<CrossValidator> | null)?.split !== 'function') {
    throw new OptionError(`${owner}: cv must be a number of folds, a splitter or a list of { train, test }, got ${show(cv)}.`);
  }
  return cv as CrossValidator;
}

/** The splits of a splitter, one at a time where it can. */
export function iterateSplits(cv: CrossValidator, X: unknown, y: Labels, groups: Labels | undefined): Iterable<Split> {
  const { iterate } = cv as { iterate?: CrossValidator['split'] };
  return iterate ? iterate.call(cv, X, y, groups) : cv.split(X, y, groups);
}

function holdsClasses(y: Labels): boolean {
  for (let i = 0; i < y.length; i++) if (typeof y[i] === 'number' && !Number.isInteger(y[i])) return false;
  return true;
}

class GivenSplits implements CrossValidator {
  readonly owner: string;
  readonly given: readonly Split[];

  constructor(owner: string, given: readonly Split[]) {
    this.owner = owner;
    this.given = given;
  }

  getNSplits(): number {
    return this.given.length;
  }

  split(_X: unknown, y?: Labels): Iterable<Split> {
    const rows = y?.length ?? Infinity;
    return this.given.map(({ train, test }, i) => ({
      train: checkPositions(`${this.owner}: cv[${i}].train`, train, rows),
      test: checkPositions(`${this.owner}: cv[${i}].test`, test, rows),
    }));
  }
}

function checkPositions(owner: string, positions: ArrayLike<number>, rows: number): Int32Array {
  if (!(positions?.length > 0)) throw new DataError(`${owner} must hold at least one row, got ${show(positions)}.`);
  return Int32Array.from(positions, (row) => {
    if (Number.isInteger(row) && row >= 0 && row < rows) return row;
    throw new DataError(`${owner} must hold rows from 0 to ${rows - 1}, got ${show(row)}.`);
  });
}
