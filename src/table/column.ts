import { ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { RowSet } from '../core/rows.ts';
import { checkRows, columnData, countMissing, isMissing, type ColumnData, type ColumnKind, type Value } from './column-data.ts';
import { takeData } from './take-data.ts';

/**
 * One named column: numbers, text, booleans, dates or categories.
 *
 * It stands wherever labels do: `column[i]` and `length` work as on an array, at an array's speed, so
 * that `fit(X, column)`, metrics and splitters take it as it is, and `take` keeps it a Column.
 * A missing value reads as null through `[i]` and `at`; in `values` it is NaN among numbers and dates, null
 * among the others. A NaN that is not missing reads as NaN. A date reads as milliseconds since 1970-01-01 UTC.
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
  /** Kind and values, as a Table stores them. */
  readonly data: ColumnData;

  /** Use `Column.from`, or `table.column(name)`. The values are not copied. */
  constructor(name: string, data: ColumnData) {
    this.name = name;
    this.kind = data.kind;
    this.data = data;
    this.length = data.values.length;
    // Own elements, not a Proxy: reading them is as fast as reading an array.
    const elements = this as unknown as (Label | null)[];
    const { values } = data;
    for (let i = 0; i < this.length; i++) {
      const value = values[i];
      elements[i] = value !== value && isMissing(data, i) ? null : value;
    }
  }

  /** Copies values of one type. @throws DataError naming the row where another type begins. */
  static from<T extends Label>(name: string, values: ArrayLike<T | null | undefined>): Column<T>;
  static from(name: string, values: ArrayLike<Date | null | undefined>): Column<number>;
  static from(name: string, values: ArrayLike<Value>): Column {
    return new Column(name, columnData('Column', name, values));
  }

  /** A Float64Array for numbers and dates, else an array. Not to be modified. */
  get values(): ColumnData['values'] {
    return this.data.values;
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
    return new Column<T>(this.name, takeData(this.data, Int32Array.from(rows)));
  }

  toArray(): (T | null)[] {
    return Array.from<T | null>(this);
  }

  *[Symbol.iterator](): Iterator<T | null> {
    for (let i = 0; i < this.length; i++) yield this[i];
  }
}
