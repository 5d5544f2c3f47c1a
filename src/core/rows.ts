import { ShapeError } from './errors.ts';
import { show } from './show.ts';

/** Anything that is a sequence of rows and can hand out some of them: a Matrix, a Table, a Column. */
export interface RowSet {
  readonly rows: number;
  take(rows: ArrayLike<number>): RowSet;
}

type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

function isRowSet(X: unknown): X is RowSet {
  return typeof X === 'object' && X !== null && 'rows' in X && typeof (X as RowSet).take === 'function';
}

/** A number of rows, for checkSameRows. */
export const rowsAlone = ({ rows }: { readonly rows: number }): RowSet => ({ rows, take: (list) => rowsAlone({ rows: list.length }) });

/** How many rows X has. @throws ShapeError when X is no sequence of rows. */
export function rowCount(X: unknown): number {
  if (isRowSet(X)) return X.rows;
  if (Array.isArray(X) || (ArrayBuffer.isView(X) && 'length' in X)) return (X as unknown as ArrayLike<unknown>).length;
  throw new ShapeError(`rows: X must be an array, a Matrix, a Table or a Column, got ${show(X)}.`);
}

/** The given rows of X, in the given order; the result is of X's own type. */
export function takeRows<T>(X: T, rows: ArrayLike<number>): T {
  if (isRowSet(X)) return X.take(rows) as T;
  if (Array.isArray(X)) {
    const taken = new Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = X[rows[i]];
    return taken as T;
  }
  if (ArrayBuffer.isView(X) && 'length' in X) {
    const source = X as unknown as TypedArray;
    const taken = new (source.constructor as new (n: number) => TypedArray)(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = source[rows[i]];
    return taken as T;
  }
  throw new ShapeError(`rows: X must be an array, a Matrix, a Table or a Column, got ${show(X)}.`);
}

/** @throws ShapeError unless all have the same number of rows. */
export function checkSameRows(owner: string, parts: Readonly<Record<string, unknown>>): void {
  const counts = Object.entries(parts).filter(([, part]) => part != null).map(([name, part]) => [name, rowCount(part)] as const);
  const first = counts[0];
  for (const [name, count] of counts) {
    if (count !== first[1]) {
      throw new ShapeError(`${owner}: ${first[0]} has ${first[1]} rows, but ${name} has ${count}. Give one ${name} per row.`);
    }
  }
}
