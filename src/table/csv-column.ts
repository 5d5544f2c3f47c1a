import { ParseError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { ColumnData, ColumnKind } from './column-data.ts';
import type { CsvFields } from './csv-fields.ts';
import type { NaMatcher } from './na-words.ts';
import { parseNumber } from './parse-number.ts';

const BOOLEANS: Readonly<Record<string, boolean>> = { True: true, TRUE: true, true: true, False: false, FALSE: false, false: false };

/** A column of a CSV file that is about to be read. */
export interface CsvColumn {
  fields: CsvFields;
  /** Position in every record. */
  index: number;
  name: string;
  /** First record that holds values. */
  firstRecord: number;
  isMissing: NaMatcher;
}

/**
 * Reads a column as what its values are: numbers if every value writes one and none would lose
 * characters, booleans if every value is True, TRUE, true, False, FALSE or false, else text. A column
 * without any value counts as numbers.
 */
export function inferColumn(column: CsvColumn): ColumnData {
  const numbers = readNumbers(column, true);
  if (typeof numbers !== 'number') return numbers;
  const booleans = readBooleans(column);
  return typeof booleans !== 'number' ? booleans : readTexts(column);
}

/** Reads a column as the kind it is said to be. @throws ParseError naming the first line that is not of this kind. */
export function readColumn(column: CsvColumn, kind: ColumnKind): ColumnData {
  if (kind === 'text') return readTexts(column);
  const data = kind === 'number' ? readNumbers(column, false) : readBooleans(column);
  if (typeof data !== 'number') return data;
  const { fields, index, name } = column;
  throw new ParseError(
    `readCsv: ${fields.at(fields.bounds[2 * data])} column ${index + 1} (${name}) must be ${kind === 'number' ? 'a number' : 'true or false'}, ` +
      `got ${show(fields.text(data))}. Correct it, or read the column as text.`,
  );
}

/** The numbers, or the field that is none. */
function readNumbers({ fields, index, firstRecord, isMissing }: CsvColumn, keepIds: boolean): ColumnData | number {
  const { bytes, bounds, width, records } = fields;
  const values = new Float64Array(records - firstRecord);
  for (let row = 0, k = firstRecord * width + index; row < values.length; row++, k += width) {
    const start = bounds[2 * k];
    const end = bounds[2 * k + 1];
    if (isMissing(bytes, start, end)) values[row] = Number.NaN;
    else {
      const value = parseNumber(fields, start, end, keepIds);
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

function readTexts({ fields, index, firstRecord, isMissing }: CsvColumn): ColumnData {
  const { bytes, bounds, width, records } = fields;
  const values: (string | null)[] = [];
  for (let k = firstRecord * width + index; k < records * width; k += width) {
    values.push(isMissing(bytes, bounds[2 * k], bounds[2 * k + 1]) ? null : fields.text(k));
  }
  return { kind: 'text', values };
}
