import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { categoryData, columnData, type ColumnData, type Value } from './column-data.ts';

/** What is needed of a DataFrame of danfojs or danfojs-node. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  column(name: string): { readonly values: unknown };
}

/** What is needed of a table of arquero, or of any object that names its columns and hands them out as arrays. */
export interface ArqueroTable {
  columnNames(): string[];
  numRows(): number;
  array(name: string): ArrayLike<unknown>;
}

/** What is needed of a table of Apache Arrow. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: { readonly typeId: number } }[] };
  getChild(name: string): { readonly length: number; readonly nullCount: number; get(i: number): unknown; toArray(): unknown } | null;
}

/** A table of another library that is read as it is. */
export type ForeignFrame = DanfoFrame | ArqueroTable | ArrowTable;

/** Numbers of Arrow's types. */
const ARROW = { dictionary: -1, date: 8, timestamp: 10 } as const;
/** Arrow's types whose values are no numbers, texts, booleans or moments. */
const NESTED: ReadonlySet<number> = new Set([4, 12, 13, 14, 15, 16, 17, 19]);

const isDanfo = (value: object): value is DanfoFrame => {
  const { columns, dtypes, column } = value as Partial<DanfoFrame>;
  return Array.isArray(columns) && Array.isArray(dtypes) && typeof column === 'function';
};

const isArquero = (value: object): value is ArqueroTable => {
  const { columnNames, numRows, array } = value as Partial<ArqueroTable>;
  return typeof columnNames === 'function' && typeof numRows === 'function' && typeof array === 'function';
};

const isArrow = (value: object): value is ArrowTable => {
  const { schema, getChild, numRows } = value as Partial<ArrowTable>;
  return typeof getChild === 'function' && typeof numRows === 'number' && Array.isArray(schema?.fields);
};

export function isForeignFrame(value: object): value is ForeignFrame {
  return isDanfo(value) || isArquero(value) || isArrow(value);
}

/** The columns of another library's table. @throws DataError naming a column that has no kind here. */
export function foreignColumns(frame: ForeignFrame): [name: string, data: ColumnData][] {
  if (isDanfo(frame)) return frame.columns.map((name, j) => [name, danfoColumn(name, frame.column(name).values as ArrayLike<unknown>, frame.dtypes[j])]);
  if (isArquero(frame)) return frame.columnNames().map((name) => [name, plainColumn(name, frame.array(name))]);
  return frame.schema.fields.map(({ name, type }) => [name, arrowColumn(frame, name, type.typeId)]);
}

/** danfo has NaN for a number that is missing, as a typed array has. */
function danfoColumn(name: string, values: ArrayLike<unknown>, dtype: string): ColumnData {
  return plainColumn(name, dtype === 'float32' || dtype === 'int32' ? Float64Array.from(values as ArrayLike<number>) : values);
}

function arrowColumn(frame: ArrowTable, name: string, typeId: number): ColumnData {
  const vector = frame.getChild(name);
  if (vector === null || NESTED.has(typeId)) {
    throw new DataError(`Table: column ${show(name)} must hold numbers, text, booleans or dates, got an Arrow type without such values. Leave it out.`);
  }
  if (vector.nullCount === 0 && ![ARROW.dictionary, ARROW.date, ARROW.timestamp].includes(typeId as -1)) {
    const values = vector.toArray();
    if (ArrayBuffer.isView(values)) return plainColumn(name, values as unknown as ArrayLike<unknown>);
  }
  const values = Array.from({ length: vector.length }, (_, i) => vector.get(i));
  if (typeId === ARROW.dictionary && values.every((value) => value === null || typeof value === 'string')) {
    return categoryData('Table', name, values as (string | null)[]);
  }
  const isMoment = typeId === ARROW.date || typeId === ARROW.timestamp;
  return plainColumn(name, isMoment ? values.map((value) => (value === null ? null : new Date(Number(value)))) : values);
}

function plainColumn(name: string, values: ArrayLike<unknown>): ColumnData {
  const isBig = Array.isArray(values) ? values.some((value) => typeof value === 'bigint') : typeof values[0] === 'bigint';
  return columnData('Table', name, (isBig ? Array.from(values, (value, i) => wholeNumber(name, value, i)) : values) as ArrayLike<Value>);
}

/** A 64-bit whole number as a double. @throws DataError where it is none to the last digit. */
function wholeNumber(name: string, value: unknown, row: number): unknown {
  if (typeof value !== 'bigint') return value;
  if (Number.isSafeInteger(Number(value))) return Number(value);
  throw new DataError(`Table: column ${show(name)} must hold whole numbers within ±(2⁵³ − 1), row ${row} has ${value}. Read it as text.`);
}
