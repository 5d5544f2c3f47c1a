import { DataError, OptionError } from '../core/errors.ts';
import { custom, type Rule } from '../core/rules.ts';

/** A share of the rows in (0, 1), a whole number of rows from 1 on, or null. */
export type Size = number | null;

/** How many rows go to each side. */
export interface Sizes {
  train: number;
  test: number;
}

/** The rule of `testSize` and `trainSize`. */
export const sizeRule = (): Rule<Size> =>
  custom<Size>(
    null,
    'a share in (0, 1), a whole number of rows of at least 1, or null',
    (v) => v === null || (typeof v === 'number' && v > 0 && (v < 1 || Number.isSafeInteger(v))),
    1.5,
  );

/**
 * The numbers of rows: test ⌈share · rows⌉, train ⌊share · rows⌋; a side that is left out gets the rest, and
 * both left out give `defaultTest` to test.
 *
 * JavaScript cannot tell 1 from 1.0: 1 is one row. scikit-learn refuses the share 1.0.
 * @throws OptionError, DataError when a side would be empty or the two are more than all rows
 */
export function shuffleSizes(owner: string, rows: number, testSize: Size, trainSize: Size, defaultTest: number): Sizes {
  const testWanted = testSize === null && trainSize === null ? defaultTest : testSize;
  for (const [name, size] of [['testSize', testWanted], ['trainSize', trainSize]] as const) {
    if (size !== null && size >= 1 && size >= rows) {
      throw new DataError(`${owner}: ${name} must be fewer rows than there are (${rows}), got ${size}.`);
    }
  }
  if (testWanted !== null && testWanted < 1 && trainSize !== null && trainSize < 1 && testWanted + trainSize > 1) {
    throw new OptionError(`${owner}: testSize and trainSize must be at most 1 together, got ${testWanted} and ${trainSize}.`);
  }
  let test = testWanted === null ? 0 : testWanted < 1 ? Math.ceil(testWanted * rows) : testWanted;
  const train = trainSize === null ? rows - test : trainSize < 1 ? Math.floor(trainSize * rows) : trainSize;
  if (testWanted === null) test = rows - train;
  if (train + test > rows) {
    throw new DataError(`${owner}: trainSize and testSize must be at most ${rows} rows together, got ${train} and ${test}.`);
  }
  if (train === 0) {
    throw new DataError(`${owner}: the training set must not be empty, ${rows} rows give ${test} to test. Change testSize or trainSize.`);
  }
  return { train, test };
}
