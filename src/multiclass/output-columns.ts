import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';

/** Several targets per row: a matrix of numbers, or rows of labels. */
export type OutputRows = Matrix | readonly ArrayLike<Label>[];

/** Y column by column. @throws DataError without Y; ShapeError for a flat or ragged one, or other rows than X has */
export function outputColumns(owner: string, Y: OutputRows, rows: number): Label[][] {
  if (Y == null) throw new DataError(`${owner}: Y must be given, got ${show(Y)}. Pass one row of targets per row of X.`);
  if (rows === 0) throw new ShapeError(`${owner}: X must have at least 1 row, got 0.`);
  const list: readonly ArrayLike<Label>[] = isMatrix(Y) ? Y.toArray() : Y;
  if (list.length !== rows) throw new ShapeError(`${owner}: X has ${rows} rows, but Y has ${list.length}. Give one row of targets per row of X.`);
  const width = (list[0] as ArrayLike<Label> | null)?.length ?? 0;
  for (let i = 0; i < rows; i++) {
    const row = list[i];
    const isRow = Array.isArray(row) || ArrayBuffer.isView(row);
    if (!isRow || row.length === 0) throw new ShapeError(`${owner}: Y must hold a list of targets per row, row ${i} has ${show(row)}. Use the estimator itself for one target.`);
    if (row.length !== width) throw new ShapeError(`${owner}: every row of Y must have ${width} targets as row 0 has, row ${i} has ${row.length}.`);
  }
  return Array.from({ length: width }, (_, j) => list.map((row) => row[j]));
}

/** Y column by column, as numbers; false and true count as 0 and 1. @throws DataError for text and what is not finite */
export function numberColumns(owner: string, Y: OutputRows, rows: number): Float64Array[] {
  return outputColumns(owner, Y, rows).map((column, j) =>
    Float64Array.from(column, (value, i) => {
      const number = typeof value === 'boolean' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      throw new DataError(`${owner}: Y must hold finite numbers, row ${i} column ${j} has ${show(value)}.`);
    }),
  );
}
