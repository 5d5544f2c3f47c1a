import type { TimeFolds } from './time-folds.ts';

/**
 * Which rows folds in the order of time have scored: "Folds in the order of date: 1000 of 1200 rows were scored, from 2013-05-01 to
 * 2014-12-31; the 200 before them have no out-of-fold prediction."
 * @param count writes a number of rows
 */
export function timeFoldsSentence({ column, scored }: TimeFolds, trainRows: number, count: (rows: number) => string = String): string {
  const span = column === null ? `from row ${count(scored.from as number)} to row ${count(scored.to as number)}` : `from ${scored.from} to ${scored.to}`;
  return `Folds in the order of ${column ?? 'the rows'}: ${count(scored.rows)} of ${count(trainRows)} rows were scored, ${span}; the ${count(trainRows - scored.rows)} before them have no out-of-fold prediction.`;
}
