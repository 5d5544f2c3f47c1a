import { DataError } from '../core/errors.ts';
import { integer, optional, type Rules } from '../core/rules.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';

export interface TimeSeriesSplitOptions {
  /** Number of splits, at least 2. Default 5. */
  nSplits?: number;
  /** Most rows to train on, the latest ones. Default null: all that came before. */
  maxTrainSize?: number | null;
  /** Rows of each test set. Default null: ⌊rows / (nSplits + 1)⌋. */
  testSize?: number | null;
  /** Rows left out between training and test rows. Default 0. */
  gap?: number;
}

/**
 * Splits of rows in the order of time: each trains on what came before its test rows, never after.
 * Counterpart: scikit-learn's TimeSeriesSplit.
 *
 * @example
 * new TimeSeriesSplit({ nSplits: 3, gap: 1 }).split(X);
 */
export class TimeSeriesSplit extends Splitter<TimeSeriesSplitOptions> {
  static override readonly rules: Rules<TimeSeriesSplitOptions> = {
    nSplits: integer(5, { min: 2 }),
    maxTrainSize: optional(integer(1, { min: 1 })),
    testSize: optional(integer(1, { min: 1 })),
    gap: integer(0, { min: 0 }),
  };

  getNSplits(): number {
    return this.options.nSplits;
  }

  protected *splits({ rows }: SplitData): Iterable<Split> {
    const { nSplits, maxTrainSize, gap } = this.options;
    if (nSplits + 1 > rows) {
      throw new DataError(`${this.owner}: nSplits must be less than the number of rows, got ${nSplits} splits of ${rows} rows.`);
    }
    const testSize = this.options.testSize ?? Math.floor(rows / (nSplits + 1));
    if (rows - gap - testSize * nSplits <= 0) {
      throw new DataError(
        `${this.owner}: the first training set must not be empty, ${rows} rows are too few for ${nSplits} splits of ${testSize} test rows and a gap of ${gap}.`,
      );
    }
    for (let split = 0; split < nSplits; split++) {
      const start = rows - (nSplits - split) * testSize;
      const end = start - gap;
      yield { train: range(maxTrainSize === null ? 0 : Math.max(0, end - maxTrainSize), end), test: range(start, start + testSize) };
    }
  }
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
