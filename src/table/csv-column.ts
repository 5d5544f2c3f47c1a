import { ParseError } from '../core/errors.ts';
import { show, showList } from '../core/show.ts';
import { categoryData, type ColumnData, type ColumnKind, type TextData } from './column-data.ts';
import type { CsvFields } from './csv-fields.ts';
import type { NaMatcher } from './na-words.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

const BOOLEANS: Readonly<Record<string, boolean>> = { True: true, TRUE: true, true: true, False: false, FALSE: false, false: false };

/** `2024-05-31T12:30:15.123456789 +02:00`, and some room for what is around it. */
const LONGEST_DATE = 40;

/** A column of a CSV file that is about to be read. */
export interface CsvColumn {
  fields: CsvFields;
  /** Position in every record. */
  index: number;
  name: string;
  /** First record that holds values. */
  firstRecord: number;
  isMissing: NaMatcher;
  /** The byte that stands before decimals. */
  point: number;
}

/** What a column is said to hold; a list of levels stands for a category of these, in this order. */
export type CsvKind = ColumnKind | readonly string[];

/**
 * Reads a column as what its values are: numbers if every value writes one and none would lose
 * characters, booleans if every value is True, TRUE, true, False, FALSE or false, dates if every value is
 * one in the form of ISO 8601, else text. A column without any value counts as numbers.
 */
export function inferColumn(column: CsvColumn): ColumnData {
  const numbers = readNumbers(column, true);
  if (typeof numbers !== 'number') return numbers;
  const booleans = readBooleans(column);
  if (typeof booleans !== 'number') return booleans;
  const dates = readDates(column);
  return typeof dates !== 'number' ? dates : readTexts(column);
}

const expected = { number: 'a number', boolean: 'true or false', date: 'a date such as 2024-05-31 or 2024-05-31T12:30:00Z' } as const;

/** Reads a column as the kind it is said to be. @throws ParseError naming the first line that is not of this kind. */
export function readColumn(column: CsvColumn, kind: CsvKind): ColumnData {
  if (typeof kind !== 'string') return readLevels(column, kind);
  switch (kind) {
    case 'text':
      return readTexts(column);
    case 'category':
      return categoryData('readCsv', column.name, readTexts(column).values);
    default: {
      const data = kind === 'number' ? readNumbers(column, false) : kind === 'boolean' ? readBooleans(column) : readDates(column);
      if (typeof data !== 'number') return data;
      throw wrongValue(column, data, expected[kind], 'Correct it, or read the column as text');
    }
  }
}

function readLevels(column: CsvColumn, levels: readonly string[]): ColumnData {
  const { values } = readTexts(column);
  const known = new Set(levels);
  const row = values.findIndex((value) => value !== null && !known.has(value));
  if (row < 0) return categoryData('readCsv', column.name, values, levels);
  const field = (column.firstRecord + row) * column.fields.width + column.index;
  throw wrongValue(column, field, `one of ${showList(levels)}`, 'Correct it, or add the level');
}

function wrongValue({ fields, index, name }: CsvColumn, field: number, wanted: string, nextStep: string): ParseError {
  const line = fields.at(fields.bounds[2 * field]);
  return new ParseError(`readCsv: ${line} column ${index + 1} (${name}) must be ${wanted}, got ${show(fields.text(field))}. ${nextStep}.`);
}

/** The numbers, or the field that is none. */
function readNumbers({ fields, index, firstRecord, isMissing, point }: CsvColumn, keepIds: boolean): ColumnData | number {
  const { bytes, bounds, width, records } = fields;
  const values = new Float64Array(records - firstRecord);
  for (let row = 0, k = firstRecord * width + index; row < values.length; row++, k += width) {
    const start = bounds[2 * k];
    const end = bounds[2 * k + 1];
    if (isMissing(bytes, start, end)) values[row] = Number.NaN;
    else {
      const value = parseNumber(fields, start, end, keepIds, point);
      if (value !== value) return k;
      values[row] = value;
    }
  }
  return { kind: 'number', values };
}

/** The booleans, or the field that is none. */
function readBooleans({ fields, index, firstRecord, isMissing }: CsvColumn): ColumnData | number {
  const { bytes, bounds, width, records } = fields;
  const values: (boolean | null)[] = [];
  for (let k = firstRecord * width + index; k < records * width; k += width) {
    const start = bounds[2 * k];
    const end = bounds[2 * k + 1];
    if (isMissing(bytes, start, end)) values.push(null);
    else {
      const value = end - start > 5 ? undefined : BOOLEANS[fields.text(k)];
      if (value === undefined) return k;
      values.push(value);
    }
  }
  return { kind: 'boolean', values };
}

/** The dates, or the field that is none. */
function readDates({ fields, index, firstRecord, isMissing }: CsvColumn): ColumnData | number {
  const { bytes, bounds, width, records } = fields;
  const values = new Float64Array(records - firstRecord);
  for (let row = 0, k = firstRecord * width + index; row < values.length; row++, k += width) {
    const start = bounds[2 * k];
    const end = bounds[2 * k + 1];
    if (isMissing(bytes, start, end)) values[row] = Number.NaN;
    else {
      const value = end - start > LONGEST_DATE ? Number.NaN : parseDate(fields.text(k));
      if (value !== value) return k;
      values[row] = value;
    }
  }
  return { kind: 'date', values };
}

function readTexts({ fields, index, firstRecord, isMissing }: CsvColumn): TextData {
  const { bytes, bounds, width, records } = fields;
  const values: (string | null)[] = [];
  for (let k = firstRecord * width + index; k < records * width; k += width) {
    values.push(isMissing(bytes, bounds[2 * k], bounds[2 * k + 1]) ? null : fields.text(k));
  }
  return { kind: 'text', values };
}
