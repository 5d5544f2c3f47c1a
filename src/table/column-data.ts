import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';

/** What a column holds. A missing value is NaN among numbers, null among the others. */
export type ColumnKind = 'number' | 'text' | 'boolean';

/** A column's values as a Table stores them. */
export type ColumnData =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'boolean'; readonly values: readonly (boolean | null)[] };

/** What a column can be made of: null, undefined and NaN are missing values. */
export type ColumnLike = ArrayLike<Label | null | undefined>;

const kinds: Readonly<Record<string, ColumnKind>> = { number: 'number', string: 'text', boolean: 'boolean' };

/**
 * Copies values of one type; a column without any value counts as numbers.
 * @throws DataError naming the row where another type begins.
 */
export function columnData(owner: string, name: string, values: ColumnLike): ColumnData {
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number') {
    throw new ShapeError(`${owner}: column ${show(name)} must be an array or a Column, got ${show(values)}.`);
  }
  if (ArrayBuffer.isView(values)) return { kind: 'number', values: Float64Array.from(values as ArrayLike<number>) };
  const n = values.length;
  let kind: ColumnKind | undefined;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    const found = kinds[typeof value];
    if (found === undefined) {
      throw new DataError(`${owner}: column ${show(name)} must hold numbers, text or booleans, row ${i} has ${show(value)}.`);
    }
    if (kind !== undefined && found !== kind && !Number.isNaN(value)) {
      throw new DataError(`${owner}: column ${show(name)} must hold values of one type, got ${kind} and ${found} (${show(value)} in row ${i}).`);
    }
    // NaN stands for a missing value in text as well, as it does in pandas.
    if (!Number.isNaN(value)) kind = found;
  }
  if (kind === undefined || kind === 'number') {
    const numbers = new Float64Array(n);
    for (let i = 0; i < n; i++) numbers[i] = (values[i] as number | null | undefined) ?? Number.NaN;
    return { kind: 'number', values: numbers };
  }
  const present = Array.from(values, (value) => (typeof value === 'number' ? null : (value ?? null)));
  return { kind, values: present } as ColumnData;
}

/** The given rows, in the given order. */
export function takeData(data: ColumnData, rows: ArrayLike<number>): ColumnData {
  if (data.kind === 'number') {
    const numbers = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) numbers[i] = data.values[rows[i]];
    return { kind: 'number', values: numbers };
  }
  const values: (string | boolean | null)[] = [];
  for (let i = 0; i < rows.length; i++) values.push(data.values[rows[i]]);
  return { kind: data.kind, values } as ColumnData;
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

/** How many values are missing. */
export function countMissing(data: ColumnData): number {
  let missing = 0;
  if (data.kind === 'number') for (const value of data.values) missing += Number.isNaN(value) ? 1 : 0;
  else for (const value of data.values) missing += value === null ? 1 : 0;
  return missing;
}
