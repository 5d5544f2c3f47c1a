import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { RowSet } from '../core/rows.ts';
import { show, showList } from '../core/show.ts';
import { checkRows, columnData, countMissing, takeData, type ColumnData, type ColumnKind, type ColumnLike } from './column-data.ts';
import { Column } from './column.ts';

/** One row as an object; null where a value is missing. */
export type Row = Record<string, Label | null>;

/** What a Table can be made of: columns by name, or rows as objects. */
export type TableLike = Table | Readonly<Record<string, ColumnLike>> | readonly Readonly<Record<string, Label | null | undefined>>[];

/**
 * Named columns of equal length, each of numbers, text or booleans. Never modified: every verb returns
 * another Table, and shares the columns it does not change.
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
    this.rows = rows ?? this.#data.get(this.names[0])?.values.length ?? 0;
    for (const [name, { values }] of this.#data) {
      if (values.length !== this.rows) {
        throw new ShapeError(`Table: column ${show(name)} has ${values.length} values, but ${show(this.names[0])} has ${this.rows}.`);
      }
    }
  }

  /**
   * Copies columns by name, or rows given as objects (columns in order of first appearance; what an object
   * lacks is missing). @throws DataError for a column of mixed types, ShapeError for unequal lengths.
   */
  static from(source: TableLike): Table {
    if (source instanceof Table) return source;
    const columns = Array.isArray(source) ? rowsToColumns(source) : Object.entries(source as Record<string, ColumnLike>);
    return new Table(columns.map(([name, values]) => [name, columnData('Table', name, values)]), Array.isArray(source) ? source.length : undefined);
  }

  has(name: string): boolean {
    return this.#data.has(name);
  }

  /** Whether a column holds numbers, text or booleans. */
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
    if (data.kind !== 'text' && countMissing(data) < this.rows) {
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

  /** A column of numbers (copied; NaN where missing) or of booleans (as 0 and 1). @throws DataError for text. */
  numbers(name: string): Float64Array {
    const data = this.data(name);
    if (data.kind === 'text') {
      const row = data.values.findIndex((value) => value !== null);
      throw new DataError(`Table: column ${show(name)} must hold numbers, but row ${row} has ${show(data.values[row])}. Encode it first.`);
    }
    if (data.kind === 'number') return data.values.slice();
    return Float64Array.from(data.values, (value) => (value === null ? Number.NaN : Number(value)));
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

  /** The given rows, in the given order. @throws ShapeError for a row number the table lacks. */
  take(rows: ArrayLike<number>): Table {
    checkRows('Table', rows, this.rows);
    return new Table([...this.#data].map(([name, data]) => [name, takeData(data, rows)]), rows.length);
  }

  /** The first rows. */
  head(count = 5): Table {
    return this.take(Array.from({ length: Math.min(count, this.rows) }, (_, i) => i));
  }

  /** Row i as an object. @throws ShapeError outside the table. */
  row(i: number): Row {
    checkRows('Table', [i], this.rows);
    return Object.fromEntries([...this.#data].map(([name, { values }]) => [name, values[i] !== values[i] ? null : values[i]]));
  }

  /** All rows as objects. */
  toObjects(): Row[] {
    return Array.from({ length: this.rows }, (_, i) => this.row(i));
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

function rowsToColumns(rows: readonly Readonly<Record<string, Label | null | undefined>>[]): [string, ColumnLike][] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => [name, rows.map((row) => row[name])]);
}
