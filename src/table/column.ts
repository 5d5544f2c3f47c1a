import { ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { RowSet } from '../core/rows.ts';
import { checkRows, columnData, countMissing, takeData, type ColumnData, type ColumnKind, type ColumnLike } from './column-data.ts';

/**
 * One named column: numbers, text or booleans.
 *
 * It stands wherever labels do: `column[i]` and `length` work as on an array, at an array's speed, so
 * that `fit(X, column)`, metrics and splitters take it as it is, and `take` keeps it a Column.
 * A missing value reads as null through `[i]` and `at`; in `values` it is NaN among numbers, null
 * among text and booleans. NaN and missing are one thing, as in pandas.
 *
 * Counterpart: a pandas Series without an index.
 *
 * @example
 * const y = (await readCsv('train.csv')).column('label');
 * const [train, test] = trainTestSplit(y, { testSize: 0.25, randomState: 43, stratify: y });
 */
export class Column<T extends Label = Label> implements ArrayLike<T>, RowSet {
  /** The value of a row; null at run time where it is missing. */
  readonly [row: number]: T;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly length: number;
  /** A Float64Array for numbers, else an array. Not to be modified. */
  readonly values: ColumnData['values'];

  /** Use `Column.from`, or `table.column(name)`. The values are not copied. */
  constructor(name: string, data: ColumnData) {
    this.name = name;
    this.kind = data.kind;
    this.values = data.values;
    this.length = data.values.length;
    // Own elements, not a Proxy: reading them is as fast as reading an array.
    const elements = this as unknown as (Label | null)[];
    for (let i = 0; i < this.length; i++) {
      const value = data.values[i];
      elements[i] = value !== value ? null : value;
    }
  }

  /** Copies values of one type. @throws DataError naming the row where another type begins. */
  static from<T extends Label>(name: string, values: ArrayLike<T | null | undefined>): Column<T> {
    return new Column<T>(name, columnData('Column', name, values as ColumnLike));
  }

  get rows(): number {
    return this.length;
  }

  /** How many values are missing. */
  get missing(): number {
    return countMissing(this.data);
  }

  /** The value of a row, null where it is missing. @throws ShapeError outside the column. */
  at(row: number): T | null {
    if (!(Number.isInteger(row) && row >= 0 && row < this.length)) {
      throw new ShapeError(`Column: row ${row} lies outside "${this.name}" of ${this.length} rows.`);
    }
    return this[row];
  }

  /** The given rows, in the given order. */
  take(rows: ArrayLike<number>): Column<T> {
    checkRows('Column', rows, this.length);
    return new Column<T>(this.name, takeData(this.data, rows));
  }

  toArray(): (T | null)[] {
    return Array.from<T | null>(this);
  }

  *[Symbol.iterator](): Iterator<T | null> {
    for (let i = 0; i < this.length; i++) yield this[i];
  }

  /** Kind and values, as a Table stores them. */
  get data(): ColumnData {
    return { kind: this.kind, values: this.values } as ColumnData;
  }
}
