import { isDate } from 'node:util/types';
import { DataError, ShapeError } from '../core/errors.ts';
import { compareCodePoints, type Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';

/** What a column holds. */
export type ColumnKind = 'number' | 'text' | 'boolean' | 'date' | 'category';

/** Numbers, NaN where one is missing. */
export interface NumberData {
  readonly kind: 'number';
  readonly values: Float64Array;
  /** 1 where the value is NaN without being missing; left out where there is no such value. */
  readonly nan?: Uint8Array;
}

export interface TextData {
  readonly kind: 'text';
  /** Number of rows, where `values` are made only when they are first asked for. */
  readonly length?: number;
  readonly values: readonly (string | null)[];
}

export interface BooleanData {
  readonly kind: 'boolean';
  /** As in TextData. */
  readonly length?: number;
  readonly values: readonly (boolean | null)[];
}

/** Moments in milliseconds since 1970-01-01 UTC, NaN where one is missing. */
export interface DateData {
  readonly kind: 'date';
  readonly values: Float64Array;
}

/** Text out of a fixed list of levels: `values[i]` is `levels[codes[i]]`, null where the code is −1. */
export interface CategoryData {
  readonly kind: 'category';
  readonly values: readonly (string | null)[];
  readonly codes: Int32Array;
  /** In their order, if they have one; else by code point. */
  readonly levels: readonly string[];
}

/** A column's values as a Table stores them. */
export type ColumnData = NumberData | TextData | BooleanData | DateData | CategoryData;

/** A value of a row or an array; null and undefined are missing. */
export type Value = Label | Date | null | undefined;

/** What a column can be made of: an array of one type, a typed array, a Column. */
export type ColumnLike = ArrayLike<Value> | { readonly data: ColumnData; readonly length: number };

/**
 * Copies values of one type; a column without any value counts as numbers. null and undefined are missing.
 * NaN is a number apart from those; in a typed array, which can hold no null, and among text or dates it is missing.
 * @throws DataError naming the row where another type begins.
 */
export function columnData(owner: string, name: string, values: ColumnLike): ColumnData {
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number') {
    throw new ShapeError(`${owner}: column ${show(name)} must be an array or a Column, got ${show(values)}.`);
  }
  if (isStored(values)) return values.data;
  if (ArrayBuffer.isView(values)) return { kind: 'number', values: Float64Array.from(values as unknown as ArrayLike<number>) };
  const given = values as ArrayLike<Value>;
  switch (commonKind(owner, name, given)) {
    case 'text':
      return { kind: 'text', values: Array.from(given, (value) => (typeof value === 'string' ? value : null)) };
    case 'boolean':
      return { kind: 'boolean', values: Array.from(given, (value) => (typeof value === 'boolean' ? value : null)) };
    case 'date':
      return { kind: 'date', values: Float64Array.from(given, (value) => (isDate(value) ? value.getTime() : Number.NaN)) };
    default:
      return numbersOf(given as ArrayLike<number | null | undefined>);
  }
}

function isStored(values: ColumnLike): values is { readonly data: ColumnData; readonly length: number } {
  const data = (values as { data?: ColumnData }).data;
  return typeof data === 'object' && data !== null && 'kind' in data && 'values' in data;
}

const kinds: Readonly<Record<string, ColumnKind>> = { number: 'number', string: 'text', boolean: 'boolean' };

/** The one kind of all values; undefined where every one is missing. */
function commonKind(owner: string, name: string, values: ArrayLike<Value>): ColumnKind | undefined {
  let kind: ColumnKind | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    const found = kinds[typeof value] ?? (isDate(value) ? 'date' : undefined);
    if (found === undefined) {
      throw new DataError(`${owner}: column ${show(name)} must hold numbers, text, booleans or dates, row ${i} has ${show(value)}.`);
    }
    if (found === kind || Number.isNaN(value)) continue;
    if (kind !== undefined) {
      throw new DataError(`${owner}: column ${show(name)} must hold values of one type, got ${kind} and ${found} (${show(value)} in row ${i}).`);
    }
    kind = found;
  }
  return kind;
}

function numbersOf(values: ArrayLike<number | null | undefined>): NumberData {
  const numbers = new Float64Array(values.length);
  let nan: Uint8Array | undefined;
  for (let i = 0; i < numbers.length; i++) {
    const value = values[i] ?? null;
    numbers[i] = value ?? Number.NaN;
    if (value !== value) (nan ??= new Uint8Array(numbers.length))[i] = 1;
  }
  return nan === undefined ? { kind: 'number', values: numbers } : { kind: 'number', values: numbers, nan };
}

/**
 * Text as codes into levels.
 * @param levels the levels in their order; by default those that occur, by code point
 * @throws DataError for a text that is no level, naming its row.
 */
export function categoryData(owner: string, name: string, values: ArrayLike<string | null>, levels?: readonly string[]): CategoryData {
  const distinct = levels ?? [...new Set(Array.from(values))].filter((value): value is string => value !== null).sort(compareCodePoints);
  const codeOf = new Map(distinct.map((level, code) => [level, code]));
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    const code = value === null ? -1 : codeOf.get(value);
    if (code === undefined) {
      throw new DataError(`${owner}: column ${show(name)} must hold one of ${showList(distinct)}, row ${i} has ${show(value)}. Add the level, or correct the value.`);
    }
    codes[i] = code;
  }
  return categoriesOf(codes, distinct);
}

/** A category column of codes (−1 where missing) and levels. */
export function categoriesOf(codes: Int32Array, levels: readonly string[]): CategoryData {
  return { kind: 'category', codes, levels, values: Array.from(codes, (code) => (code < 0 ? null : levels[code])) };
}

/** @throws ShapeError for a row number that the table or column lacks. */
export function checkRows(owner: string, rows: ArrayLike<number>, count: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!(Number.isInteger(row) && row >= 0 && row < count)) {
      throw new ShapeError(`${owner}: rows must be whole numbers in [0, ${count - 1}], got ${show(row)}.`);
    }
  }
}

/** How many rows a column has. */
export function lengthOf(data: ColumnData): number {
  return ('length' in data ? data.length : undefined) ?? data.values.length;
}

/** Whether row i has no value; a NaN that is not missing has one. */
export function isMissing(data: ColumnData, i: number): boolean {
  const value = data.values[i];
  if (data.kind === 'number') return value !== value && data.nan?.[i] !== 1;
  return value === null || value !== value;
}

/** How many values are missing. */
export function countMissing(data: ColumnData): number {
  let missing = 0;
  for (let i = 0; i < data.values.length; i++) if (isMissing(data, i)) missing++;
  return missing;
}
