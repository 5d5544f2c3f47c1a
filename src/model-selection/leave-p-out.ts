import { combinations, countCombinations } from '../core/combinations.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { rowCount } from '../core/rows.ts';
import { custom, type Rules } from '../core/rules.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';

export interface LeavePOutOptions {
  /** Rows to leave out, at least 1. Required. */
  p: number;
}

/**
 * Each set of p rows is the test set once, in lexicographic order: rows! / (p! (rows − p)!) splits, so use
 * `iterate`. Unlike KFold's, the test sets overlap for p > 1.
 * Counterpart: scikit-learn's LeavePOut.
 *
 * @example
 * new LeavePOut({ p: 2 }).split([10, 20, 30]); // tests [0, 1], [0, 2], [1, 2]
 */
export class LeavePOut extends Splitter<LeavePOutOptions> {
  static override readonly rules: Rules<LeavePOutOptions> = {
    p: custom(0, 'a whole number of at least 1', (v) => Number.isSafeInteger(v) && (v as number) >= 1, 0),
  };

  getNSplits(X: unknown): number {
    return countCombinations(rowCount(X), this.options.p);
  }

  protected override checkOptions(): void {
    if (this.options.p === 0) throw new OptionError(`${this.owner}: p must be given. It is a whole number of at least 1.`);
  }

  protected *splits({ rows }: SplitData): Iterable<Split> {
    const { p } = this.options;
    if (p >= rows) throw new DataError(`${this.owner}: p must be less than the number of rows (${rows}), got ${p}.`);
    for (const test of combinations(rows, p)) {
      const train = new Int32Array(rows - p);
      for (let row = 0, skipped = 0; row < rows; row++) {
        if (row === test[skipped]) skipped++;
        else train[row - skipped] = row;
      }
      yield { train, test: test.slice() };
    }
  }
}
