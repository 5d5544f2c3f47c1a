import { DataError } from '../core/errors.ts';
import { rowCount } from '../core/rows.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';

/**
 * Each row is the test set once: as many splits as rows. `iterate` makes them one at a time.
 * Counterpart: scikit-learn's LeaveOneOut.
 *
 * @example
 * for (const { train, test } of new LeaveOneOut().iterate(X)) { … }
 */
export class LeaveOneOut extends Splitter<Record<never, never>> {
  getNSplits(X: unknown): number {
    return rowCount(X);
  }

  protected *splits({ rows }: SplitData): Iterable<Split> {
    if (rows < 2) throw new DataError(`${this.owner}: X must have at least 2 rows, got ${rows}.`);
    for (let row = 0; row < rows; row++) {
      yield { train: Int32Array.from({ length: rows - 1 }, (_, i) => (i < row ? i : i + 1)), test: Int32Array.of(row) };
    }
  }
}
