import type { Split } from '../model-selection/splitter.ts';
import type { RowTimes } from './row-times.ts';

/** Some rows that follow each other in time. */
export interface TimeSpan {
  rows: number;
  /** Of the earliest and of the latest row: a date (`2024-05-31`), a number, or without a column of time the row's number from 1. */
  from: string | number;
  to: string | number;
}

/** Folds in the order of time, as a run's record keeps them. */
export interface TimeFolds {
  /** Column of time; null where the file's order is that of time. */
  column: string | null;
  /** Training rows that are in a test fold; the others, which are the earliest, are only learned from. */
  scored: TimeSpan;
  folds: { train: TimeSpan; test: TimeSpan }[];
}

/** @param splits rows from the earliest to the latest */
export function timeFolds({ column, values, write }: RowTimes, splits: readonly Split[]): TimeFolds {
  const spanOf = (rows: Int32Array): TimeSpan => ({ rows: rows.length, from: write(values[rows[0]]), to: write(values[rows[rows.length - 1]]) });
  return {
    column,
    // Test folds follow each other without gap or overlap.
    scored: spanOf(Int32Array.from(splits.flatMap(({ test }) => [...test]))),
    folds: splits.map(({ train, test }) => ({ train: spanOf(train), test: spanOf(test) })),
  };
}

/** What a user should know of folds whose training and test rows meet at one time; with the gap that keeps them apart. */
export function timeWarnings({ column, values, order }: RowTimes, splits: readonly Split[]): string[] {
  const meeting = splits.filter(({ train, test }) => values[train[train.length - 1]] === values[test[0]]).length;
  if (meeting === 0) return [];
  const gap = longestRun(Float64Array.from(order, (row) => values[row])) - 1;
  return [
    `In ${meeting} of ${splits.length} folds the last row that is learned from and the first that is tested have the same ${column}, which may give answers away. With cv.gap: ${gap} no fold is tested at a time that it has learned from.`,
  ];
}

/** How many equal values stand in a row at most. */
function longestRun(values: Float64Array): number {
  let longest = 0;
  let start = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[start]) start = i;
    longest = Math.max(longest, i - start + 1);
  }
  return longest;
}
