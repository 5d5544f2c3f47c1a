import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';
import { Table } from '../table/table.ts';

/** A row by names: an object or a map. */
export type NamedValues = { readonly [name: string]: unknown } | ReadonlyMap<string, unknown>;

/** Rows by names; a Table's are its columns', a Matrix's x0, x1, …. */
export type RecordsLike = ArrayLike<NamedValues> | Table | Matrix;

/** Calls `visit` for each value of each row, and `end` after each row. @throws DataError for a row that has no names */
export function forEntries(owner: string, X: RecordsLike, visit: (name: string, value: unknown, row: number) => void, end: () => void): void {
  if (X instanceof Table) return forCells(X, visit, end);
  if (isMatrix(X)) return forElements(X, visit, end);
  for (let i = 0; i < X.length; i++) {
    const row: unknown = X[i];
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new DataError(`${owner}: every row must be an object or a map, row ${i} has ${show(row)}.`);
    }
    if (row instanceof Map) for (const [name, value] of row) visit(name as string, value, i);
    else for (const name of Object.keys(row)) visit(name, (row as Record<string, unknown>)[name], i);
    end();
  }
}

function forCells(X: Table, visit: (name: string, value: unknown, row: number) => void, end: () => void): void {
  const columns = X.names.map((name) => ({ name, column: X.column(name) }));
  for (let i = 0; i < X.rows; i++) {
    for (const { name, column } of columns) visit(name, column.at(i), i);
    end();
  }
}

function forElements(X: Matrix, visit: (name: string, value: unknown, row: number) => void, end: () => void): void {
  const names = Array.from({ length: X.cols }, (_, j) => `x${j}`);
  for (let i = 0; i < X.rows; i++) {
    names.forEach((name, j) => visit(name, X.at(i, j), i));
    end();
  }
}
