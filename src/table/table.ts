import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { RowSet } from '../core/rows.ts';
import { show, showList } from '../core/show.ts';
import { categoryData, checkRows, columnData, countMissing, isMissing, lengthOf, type ColumnData, type ColumnKind, type ColumnLike, type Value } from './column-data.ts';
import { Column } from './column.ts';
import { describeTable, type TableDescription } from './describe-table.ts';
import { foreignColumns, isForeignFrame, type ForeignFrame } from './foreign-frame.ts';
import { polarsColumns, isPolarsFrame, toPolars, type PolarsFrame } from './polars.ts';
import { takeData } from './take-data.ts';

/** One row as an object; null where a value is missing. */
export type Row = Record<string, Label | Date | null>;

/** What a Table can be made of: columns by name, rows as objects, a DataFrame of nodejs-polars or danfojs, a table of Arrow or arquero. */
export type TableLike = Table | PolarsFrame | ForeignFrame | Readonly<Record<string, ColumnLike>> | readonly Readonly<Record<string, Value>>[];

/**
 * Named columns of equal length, each of numbers, text, booleans, dates or categories. Never modified: every
 * verb returns another Table, and shares the columns it does not change.
 *
 * A value may be missing in any kind of column. A NaN that came as a number, and not as a gap, stays NaN where
 * the source can tell them apart (arrays, polars, Parquet; a CSV file or a typed array cannot); in a Matrix both
 * are NaN.
 *
 * Counterpart: a pandas DataFrame without an index.
 *
 * @example
 * const train = await readCsv('train.csv');
 * await pipeline.fit(train.strings('content'), train.column('label'));
 */
export class Table implements RowSet {
  readonly rows: number;
  readonly names: readonly string[];
  readonly #data: ReadonlyMap<string, ColumnData>;
  readonly #columns = new Map<string, Column>();

  /** Use `Table.from` or `readCsv`. `rows` counts for a table without columns. @throws ShapeError for unequal lengths. */
  constructor(data: Iterable<readonly [name: string, data: ColumnData]>, rows?: number) {
    this.#data = new Map(data);
    this.names = [...this.#data.keys()];
    const first = this.#data.get(this.names[0]);
    this.rows = rows ?? (first === undefined ? 0 : lengthOf(first));
    for (const [name, column] of this.#data) {
      if (lengthOf(column) !== this.rows) {
        throw new ShapeError(`Table: column ${show(name)} has ${lengthOf(column)} values, but ${show(this.names[0])} has ${this.rows}.`);
      }
    }
  }

  /**
   * Copies columns by name, rows given as objects (columns in order of first appearance; what an object
   * lacks is missing), a DataFrame of polars or danfojs, a table of Arrow or arquero.
   * @throws DataError for a column of mixed types, ShapeError for unequal lengths or what is no table.
   */
  static from(source: TableLike): Table {
    if (source instanceof Table) return source;
    if (typeof source !== 'object' || source === null || ArrayBuffer.isView(source)) {
      throw new ShapeError(`Table: a table must be given as columns by name, as rows, or as a DataFrame, got ${show(source)}.`);
    }
    if (isPolarsFrame(source)) return new Table(polarsColumns(source));
    if (isForeignFrame(source)) return new Table(foreignColumns(source));
    const columns = Array.isArray(source) ? rowsToColumns(source) : Object.entries(source as Record<string, ColumnLike>);
    return new Table(columns.map(([name, values]) => [name, columnData('Table', name, values)]), Array.isArray(source) ? source.length : undefined);
  }

  has(name: string): boolean {
    return this.#data.has(name);
  }

  /** What a column holds. */
  kind(name: string): ColumnKind {
    return this.data(name).kind;
  }

  /** A column, to be used as labels or read value by value. @throws DataError for an unknown name. */
  column(name: string): Column {
    let column = this.#columns.get(name);
    if (column === undefined) this.#columns.set(name, (column = new Column(name, this.data(name))));
    return column;
  }

  /**
   * A text column as strings. A missing value is replaced by `fill` if it is given.
   * @throws DataError for a column that is not text, and for a missing value, naming its row.
   */
  strings(name: string, { fill }: { fill?: string } = {}): string[] {
    const data = this.data(name);
    // A column without any value counts as numbers, but can be filled with text.
    if (data.kind !== 'text' && data.kind !== 'category' && countMissing(data) < this.rows) {
      throw new DataError(`Table: column ${show(name)} must hold text, but it holds ${data.kind}s. Read it with { types: { ${show(name)}: 'text' } }.`);
    }
    const strings: string[] = [];
    for (let i = 0; i < this.rows; i++) {
      const value = data.values[i];
      if (typeof value === 'string') strings.push(value);
      else if (fill !== undefined) strings.push(fill);
      else {
        throw new DataError(
          `Table: column ${show(name)} must have a text in every row, row ${i} has none (${countMissing(data)} missing). Give { fill: '' }, or drop these rows.`,
        );
      }
    }
    return strings;
  }

  /**
   * A column of numbers or dates (copied; NaN where missing; dates in milliseconds since 1970-01-01 UTC) or of
   * booleans (as 0 and 1). @throws DataError for text, naming the first row that has some.
   */
  numbers(name: string): Float64Array {
    const data = this.data(name);
    if (data.kind === 'number' || data.kind === 'date') return data.values.slice();
    if (data.kind === 'boolean') return Float64Array.from(data.values, (value) => (value === null ? Number.NaN : Number(value)));
    const row = data.values.findIndex((value) => value !== null);
    if (row < 0) return new Float64Array(this.rows).fill(Number.NaN);
    throw new DataError(`Table: column ${show(name)} must hold numbers, but row ${row} has ${show(data.values[row])}. Encode it first.`);
  }

  /** Only these columns, in this order. */
  select(names: readonly string[]): Table {
    return new Table(names.map((name) => [name, this.data(name)]), this.rows);
  }

  /** All columns but these. */
  drop(names: string | readonly string[]): Table {
    const dropped = new Set(typeof names === 'string' ? [names] : names);
    for (const name of dropped) this.data(name);
    return this.select(this.names.filter((name) => !dropped.has(name)));
  }

  /** With these columns added at the end, or replaced where they stand. */
  with(columns: Readonly<Record<string, ColumnLike>>): Table {
    const added = Object.entries(columns).map(([name, values]) => [name, columnData('Table', name, values)] as const);
    return new Table([...this.#data, ...added], this.names.length > 0 ? this.rows : undefined);
  }

  /**
   * With text columns turned to categories: text out of a fixed list of levels, stored as codes.
   * @param levels by column: the levels in their order, or null for those that occur, by code point
   * @throws DataError for a column that is not text, and for a text that is no level, naming its row.
   */
  withCategories(levels: Readonly<Record<string, readonly string[] | null>>): Table {
    return new Table(
      [...this.#data, ...Object.entries(levels).map(([name, list]) => [name, categoryData('Table', name, this.#texts(name), list ?? undefined)] as const)],
      this.rows,
    );
  }

  /** With columns called by other names, where they stand. @throws DataError for an unknown name or one that is taken. */
  rename(names: Readonly<Record<string, string>>): Table {
    for (const name of Object.keys(names)) this.data(name);
    const renamed = this.names.map((name) => (Object.hasOwn(names, name) ? names[name] : name));
    const twice = renamed.find((name, i) => renamed.indexOf(name) !== i);
    if (twice !== undefined) throw new DataError(`Table: two columns would be called ${show(twice)}. Give every column a name of its own.`);
    return new Table(this.names.map((name, i) => [renamed[i], this.data(name)]), this.rows);
  }

  /** The given rows, in the given order. @throws ShapeError for a row number the table lacks. */
  take(rows: ArrayLike<number>): Table {
    checkRows('Table', rows, this.rows);
    const taken = Int32Array.from(rows);
    return new Table([...this.#data].map(([name, data]) => [name, takeData(data, taken)]), taken.length);
  }

  /** The first rows. */
  head(count = 5): Table {
    return this.take(Array.from({ length: Math.min(count, this.rows) }, (_, i) => i));
  }

  /** Row i as an object. @throws ShapeError outside the table. */
  row(i: number): Row {
    checkRows('Table', [i], this.rows);
    return Object.fromEntries([...this.#data].map(([name, data]) => [name, valueOf(data, i)]));
  }

  /** All rows as objects. */
  toObjects(): Row[] {
    return Array.from({ length: this.rows }, (_, i) => this.row(i));
  }

  /**
   * What a person wants to see first: for every column its kind, missing values, distinct values, spread or most
   * frequent value, and examples. Prints as a text table; the same is there as data.
   */
  describe(): TableDescription {
    return describeTable(this.rows, this.#data);
  }

  /** The same as a DataFrame of nodejs-polars. @throws RefitError when nodejs-polars is not installed. */
  toPolars(): Promise<PolarsFrame> {
    return toPolars(this.#data);
  }

  #texts(name: string): readonly (string | null)[] {
    const data = this.data(name);
    if (data.kind === 'text' || data.kind === 'category') return data.values;
    if (countMissing(data) === this.rows) return new Array<null>(this.rows).fill(null);
    throw new DataError(`Table: column ${show(name)} must hold text to become categories, but it holds ${data.kind}s. Read it as text.`);
  }

  /** A column's kind and values as they are stored, not copied. @throws DataError for an unknown name, with the nearest one. */
  data(name: string): ColumnData {
    const data = this.#data.get(name);
    if (data !== undefined) return data;
    const near = nearestName(String(name), this.names);
    throw new DataError(
      `Table: there is no column ${show(name)}.${near === undefined ? '' : ` Did you mean ${show(near)}?`} Columns are ${showList(this.names)}.`,
    );
  }
}

/** A value as a row shows it: null where missing, a Date for a date. */
function valueOf(data: ColumnData, i: number): Label | Date | null {
  if (isMissing(data, i)) return null;
  const value = data.values[i] as Label;
  return data.kind === 'date' ? new Date(value as number) : value;
}

function rowsToColumns(rows: readonly Readonly<Record<string, Value>>[]): [string, ColumnLike][] {
  const wrong = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (wrong >= 0) throw new ShapeError(`Table: every row must be an object of values by column name, row ${wrong} is ${show(rows[wrong])}.`);
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => [name, rows.map((row) => row[name])]);
}
