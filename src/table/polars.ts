import { DataError, RefitError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { categoryData, columnData, isMissing, type ColumnData } from './column-data.ts';

/** What is needed of a Series of nodejs-polars. */
export interface PolarsSeries {
  readonly name: string;
  readonly length: number;
  readonly dtype: unknown;
  nullCount(): number;
  toArray(): unknown[];
  toTypedArray(): unknown;
  cast(type: unknown): PolarsSeries;
}

/** What is needed of a DataFrame of nodejs-polars, so that any version that keeps it will do. */
export interface PolarsFrame {
  getColumns(): PolarsSeries[];
  toRecords(): unknown[];
}

/** The functions of nodejs-polars that are called here. */
interface Polars {
  DataFrame(columns: PolarsSeries[]): PolarsFrame;
  Series(name: string, values: unknown, type?: unknown): PolarsSeries;
  readParquet(path: string, options?: object): PolarsFrame;
  readonly Float64: unknown;
  readonly String: unknown;
  readonly Bool: unknown;
  readonly Categorical: unknown;
  readonly Datetime: (unit: string) => unknown;
}

export function isPolarsFrame(value: object): value is PolarsFrame {
  const { getColumns, toRecords } = value as Partial<PolarsFrame>;
  return typeof getColumns === 'function' && typeof toRecords === 'function';
}

/**
 * nodejs-polars, loaded when it is first needed.
 * @throws RefitError saying what to install when it is missing.
 */
export async function loadPolars(owner: string): Promise<Polars> {
  try {
    const module = (await import('nodejs-polars')) as unknown as { default: Polars };
    return module.default;
  } catch (error) {
    throw new RefitError(`${owner}: nodejs-polars must be installed, it could not be loaded (${(error as Error).message.split('\n')[0]}). Run npm install nodejs-polars@0.24.1.`, {
      cause: error,
    });
  }
}

/**
 * The columns of a DataFrame. null is missing and NaN stays NaN; Date and Datetime become dates, Categorical and
 * Enum categories.
 * @throws DataError naming the column for lists, structs and whatever else has no kind here, and for whole numbers
 *   beyond ±(2⁵³ − 1).
 */
export function polarsColumns(frame: PolarsFrame): [name: string, data: ColumnData][] {
  return frame.getColumns().map((series) => [series.name, seriesData(series)]);
}

function seriesData(series: PolarsSeries): ColumnData {
  const { name } = series;
  const type = String(series.dtype).replace(/^DataType\((.*)\)$/s, '$1');
  const present = series.nullCount() === 0;
  if (/^(Float|U?Int)(8|16|32)$|^Float64$/.test(type) && present) {
    const values = Float64Array.from(series.toTypedArray() as ArrayLike<number>);
    if (!values.some(Number.isNaN)) return { kind: 'number', values };
  }
  const values = series.toArray();
  // These come rounded to doubles.
  if (/^U?Int64$/.test(type) && values.some((value) => value !== null && !Number.isSafeInteger(value))) {
    throw new DataError(`Table: column ${show(name)} has whole numbers beyond ±(2⁵³ − 1), which no double holds. Cast it to String or Float64 in polars.`);
  }
  if (/^(Categorical|Enum)/.test(type)) return categoryData('Table', name, values as (string | null)[]);
  if (/^(Float|U?Int|Str|Utf8|Bool|Null|Date(?!time)|Datetime)/.test(type)) return ofKind(type, columnData('Table', name, values as never));
  throw new DataError(`Table: column ${show(name)} must hold numbers, text, booleans, dates or categories, it is ${type} in polars. Cast or drop it there.`);
}

/** A column without any value would count as numbers; polars knows better. */
function ofKind(type: string, data: ColumnData): ColumnData {
  if (data.kind !== 'number' || /^(Float|U?Int|Null)/.test(type)) return data;
  if (type.startsWith('Date')) return { kind: 'date', values: data.values };
  const gaps = new Array<null>(data.values.length).fill(null);
  return type.startsWith('Bool') ? { kind: 'boolean', values: gaps } : { kind: 'text', values: gaps };
}

/** Columns as a DataFrame: Float64, String, Bool, Datetime in milliseconds, and Categorical. */
export async function toPolars(columns: Iterable<readonly [name: string, data: ColumnData]>): Promise<PolarsFrame> {
  const pl = await loadPolars('Table');
  return pl.DataFrame(Array.from(columns, ([name, data]) => seriesOf(pl, name, data)));
}

function seriesOf(pl: Polars, name: string, data: ColumnData): PolarsSeries {
  switch (data.kind) {
    case 'number':
      if (!data.values.some(Number.isNaN)) return pl.Series(name, data.values, pl.Float64);
      return pl.Series(name, Array.from(data.values, (value, i) => (isMissing(data, i) ? null : value)), pl.Float64);
    case 'date':
      return pl.Series(name, Array.from(data.values, (value) => (value !== value ? null : new Date(value))), pl.Datetime('ms'));
    case 'boolean':
      return pl.Series(name, data.values, pl.Bool);
    case 'text':
      return pl.Series(name, data.values, pl.String);
    case 'category':
      return pl.Series(name, data.values, pl.String).cast(pl.Categorical);
  }
}
