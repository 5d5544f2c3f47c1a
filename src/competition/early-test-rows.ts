import type { Table } from '../table/table.ts';
import type { RowTimes } from './row-times.ts';

/**
 * What a user should know of test rows that are earlier than training rows are: folds in the order of time ask for the
 * future only, and so are harder than the task. Nothing where the test file has no such column.
 */
export function earlyTestRows({ column, values, order, read, write }: RowTimes, file: string, test: Table): string[] {
  if (column === null || !test.names.includes(column)) return [];
  const told = test.column(column);
  const times = Array.from({ length: test.rows }, (_, i) => read(told.at(i)));
  const last = values[order[order.length - 1]];
  const early = times.filter((time) => time < last);
  const first = early.reduce((least, time) => Math.min(least, time), last);
  if (early.length === 0) return [];
  return [
    `${file}: ${early.length.toLocaleString('en')} of ${test.rows.toLocaleString('en')} rows are earlier than the last training row (${write(last)}), the first of them ${write(first)}. ` +
      'Folds in the order of time ask for later rows only; where test rows lie among training rows, dealt folds (cv without timeOrder) ask what the leaderboard asks.',
  ];
}
