import { OptionError, ShapeError } from '../core/errors.ts';
import { custom, type Rules } from '../core/rules.ts';
import { type Split, type SplitData, Splitter } from './splitter.ts';
import { splitsOfFolds } from './splits-of-folds.ts';

export interface PredefinedSplitOptions {
  /** The fold of each row, a whole number; −1 for a row that is never tested. Required. */
  testFold: ArrayLike<number>;
}

const isFoldList = (v: unknown): boolean =>
  (Array.isArray(v) || ArrayBuffer.isView(v)) && Array.from(v as ArrayLike<unknown>).every((fold) => Number.isInteger(fold) && (fold as number) >= -1);

/**
 * Folds that were decided elsewhere, such as a competition's own validation set; folds ascending.
 * Counterpart: scikit-learn's PredefinedSplit.
 *
 * @example
 * new PredefinedSplit({ testFold: [0, 0, 1, 1, -1] }).split(X);
 */
export class PredefinedSplit extends Splitter<PredefinedSplitOptions> {
  static override readonly rules: Rules<PredefinedSplitOptions> = {
    testFold: custom<ArrayLike<number>>([], 'a list of whole numbers of at least -1, one per row', isFoldList, [0.5]),
  };

  getNSplits(): number {
    return foldNumbers(this.options.testFold).length;
  }

  protected override checkOptions(): void {
    if (foldNumbers(this.options.testFold).length === 0) {
      throw new OptionError(`${this.owner}: testFold must put at least one row into a fold, got none. Give each row a fold from 0 on.`);
    }
  }

  protected *splits({ rows }: SplitData): Iterable<Split> {
    const { testFold } = this.options;
    if (testFold.length !== rows) throw new ShapeError(`${this.owner}: testFold must have one fold per row (${rows}), got ${testFold.length}.`);
    const numbers = foldNumbers(testFold);
    const positions = new Map(numbers.map((fold, i) => [fold, i]));
    yield* splitsOfFolds(Int32Array.from(testFold, (fold) => positions.get(fold) ?? -1), numbers.length);
  }
}

function foldNumbers(testFold: ArrayLike<number>): number[] {
  return [...new Set(Array.from(testFold))].filter((fold) => fold >= 0).sort((a, b) => a - b);
}
