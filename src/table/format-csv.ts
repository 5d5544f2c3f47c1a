import type { ColumnData } from './column-data.ts';
import { areDays, formatDate } from './parse-date.ts';
import type { Table } from './table.ts';

/** How a CSV file is written. */
export interface CsvFormat {
  /** What stands between fields: a single ASCII character. Default ','. */
  delimiter?: string;
}

/**
 * A double as Python writes it: the shortest digits that read back as the same double, a point or an
 * exponent always, the exponent from 1e16 and below 1e-4, with two digits at least.
 *
 * @example
 * formatNumber(1e-7); // '1e-07'
 * formatNumber(1); // '1.0'
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/**
 * A column's values as CSV fields, unquoted; a missing one is ''.
 *
 * Numbers that are all whole stay whole (`1`); as soon as one is not, all are written as doubles (`1.0`).
 * Booleans are True and False. Dates are `2024-05-31`, or `2024-05-31 12:30:00` in UTC if the column has times.
 * NaN is written as a missing value is, since a CSV file cannot tell them apart.
 */
export function columnFields(data: ColumnData): string[] {
  switch (data.kind) {
    case 'number': {
      const areWhole = data.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
      return Array.from(data.values, areWhole ? (value) => (Number.isNaN(value) ? '' : String(value)) : formatNumber);
    }
    case 'date': {
      const dayOnly = areDays(data.values);
      return Array.from(data.values, (value) => (Number.isNaN(value) ? '' : formatDate(value, dayOnly)));
    }
    case 'boolean':
      return data.values.map((value) => (value === null ? '' : value ? 'True' : 'False'));
    case 'text':
    case 'category':
      return data.values.map((value) => value ?? '');
  }
}

/** A table as CSV text: header first, fields quoted only where they must be, every line ended by a line feed. */
export function formatCsv(table: Table, { delimiter = ',' }: CsvFormat = {}): string {
  const special = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/, '\\$&')}]`);
  const quoted = (field: string): string => (special.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const columns = table.names.map((name) => {
    const fields = columnFields(table.data(name));
    return table.kind(name) === 'text' || table.kind(name) === 'category' ? fields.map(quoted) : fields;
  });
  // Readers skip a line that looks blank.
  const visible = (line: string): string => (columns.length === 1 && /^[ \t]*$/.test(line) ? `"${line}"` : line);
  const lines = [visible(table.names.map(quoted).join(delimiter))];
  for (let i = 0; i < table.rows; i++) {
    let line = columns[0][i];
    for (let j = 1; j < columns.length; j++) line += delimiter + columns[j][i];
    lines.push(visible(line));
  }
  return `${lines.join('\n')}\n`;
}
