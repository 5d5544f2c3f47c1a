import { CompetitionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { areDays, formatDate, parseDate } from '../table/parse-date.ts';
import type { Table } from '../table/table.ts';
import { completeColumn } from './complete-column.ts';

/** Characters of a date to its minutes. */
const TO_MINUTES = '2024-05-31 12:30'.length;

/** When training rows were. */
export interface RowTimes {
  /** Column that says so; null where the file's order does. */
  column: string | null;
  /** By row: milliseconds since 1970-01-01 UTC of dates, numbers, or the row's number from 1. */
  values: Float64Array;
  /** The rows from the earliest to the latest; rows of equal time in the file's order. */
  order: Int32Array;
  /** The time that a value of the column says; NaN where it says none. */
  read(value: unknown): number;
  /** A time for people and for the record: `2024-05-31`, `2024-05-31 12:30`, or the number; days alone, or minutes, where all rows need no more. */
  write(time: number): string | number;
}

/**
 * Reads when rows were: dates or numbers of a column, or for null the rows' own order.
 * @throws CompetitionError for a row without a time, and for a value that is no time
 */
export function rowTimes(file: string, table: Table, column: string | null): RowTimes {
  const values = column === null ? Float64Array.from({ length: table.rows }, (_, i) => i + 1) : columnTimes(file, table, column);
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const isDate = column !== null && areDates(table, column);
  const dayOnly = isDate && areDays(values);
  const hasSeconds = values.some((time) => time % 60_000 !== 0);
  const dateOf = (time: number): string => (dayOnly || hasSeconds ? formatDate(time, dayOnly) : formatDate(time, false).slice(0, TO_MINUTES));
  return { column, values, order, read: isDate ? parseTime : parseCount, write: (time) => (isDate ? dateOf(time) : time) };
}

/** Ids, which are kept as text, may be dates too. */
function areDates(table: Table, column: string): boolean {
  const kind = table.kind(column);
  return kind === 'date' || (kind === 'text' && isDateText(table.column(column).at(0)));
}

const isDateText = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(parseDate(value));

function columnTimes(file: string, table: Table, name: string): Float64Array {
  const given = completeColumn(file, table, name, 'Every row needs its time.');
  const read = areDates(table, name) ? parseTime : parseCount;
  return Float64Array.from(given, (value, i) => {
    const time = read(value);
    if (!Number.isNaN(time)) return time;
    throw new CompetitionError(
      `${file}: column ${name} must hold times, all of them dates such as 2024-05-31 or 2024-05-31T12:30:00Z, or all of them numbers; row ${i + 1} has ${show(value)}. ` +
        'Write every row so, or sort the rows by time and give cv.timeOrder: true.',
    );
  });
}

const parseTime = (value: unknown): number => (typeof value === 'string' ? parseDate(value) : typeof value === 'number' ? value : Number.NaN);
const parseCount = (value: unknown): number => (typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN);
