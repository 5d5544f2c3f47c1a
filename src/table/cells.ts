import { allFinite } from '../core/all-finite.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import { noneInfinite } from '../core/none-infinite.ts';
import { show, showList } from '../core/show.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';
import { Table, type TableLike } from './table.ts';
import { textCodes, type TextCodes } from './text-codes.ts';

/** A value of a column; null (Python's None) or NaN where it is missing. */
export type Cell = Label | null;

/** Rows of values, as literals are written. */
export type CellRows = readonly ArrayLike<Cell | undefined>[];

/** What is read column by column: a Table or what makes one, a dense Matrix, rows of values. */
export type CellsLike = TableLike | Matrix | CellRows;

/** Columns of values of any type, by position and, where they have names, by name. */
export interface Cells {
  readonly rows: number;
  /** Number of columns. */
  readonly width: number;
  /** One list of values per column; never undefined, never infinite. */
  readonly columns: readonly ArrayLike<Cell>[];
  /** Column names; null for a Matrix or rows of values. */
  readonly names: readonly string[] | null;
  /** Whether null and NaN are one missing value, as they are in a Table; in rows of values they are two. */
  readonly oneMissing: boolean;
  /** What X was, if it was a Table; its columns may stand in another order. */
  readonly table: Table | null;
  /** The texts of column j as numbers, where a Table knows them so: cheaper than its values. */
  readonly codes: (j: number) => TextCodes | undefined;
}

/** Which columns an estimator has seen in fit. */
export interface ColumnsSeen {
  /** Number of columns of X in fit. */
  nFeaturesIn: number;
  /** Their names, if X was a Table; else null. */
  featureNamesIn: readonly string[] | null;
}

export interface CellsNeeds {
  /** Columns that fit saw: a Table's are taken by name, in any order. Default: any columns. */
  seen?: ColumnsSeen;
  /** Fewest rows. Default 1. */
  minRows?: number;
}

/**
 * X as columns of values; the values of a Table are shared, not copied.
 * @throws ShapeError for other columns than seen, ragged rows or too few; DataError for a value that is no
 * text, number or boolean, and for ±Infinity, naming row and column
 */
export function readCells(owner: string, X: CellsLike, { seen, minRows = 1 }: CellsNeeds = {}): Cells {
  const cells = cellsOf(owner, X, seen);
  if (cells.rows < minRows) {
    throw new ShapeError(`${owner}: X must have at least ${minRows} ${minRows === 1 ? 'row' : 'rows'}, got ${cells.rows}.`);
  }
  const { width } = cells;
  // Rows of values tell their width only if there is one.
  if (seen !== undefined && width !== seen.nFeaturesIn && !(cells.rows === 0 && width === 0)) {
    throw new ShapeError(`${owner}: X has ${width} columns, but ${seen.nFeaturesIn} were seen in fit.`);
  }
  if (width < 1 && minRows > 0) throw new ShapeError(`${owner}: X must have at least 1 column, got 0.`);
  for (let j = 0; j < width; j++) checkFinite(owner, cells, j);
  if (width === 0 && seen !== undefined) return cellsOfColumns(cells.rows, Array.from({ length: seen.nFeaturesIn }, () => []));
  return cells;
}

/** Names for messages and outputs: those given, else those seen, else x0, x1, …. */
export function columnNames(owner: string, seen: ColumnsSeen, given?: readonly string[]): string[] {
  if (given !== undefined && given.length !== seen.nFeaturesIn) {
    throw new ShapeError(`${owner}: input names must be ${seen.nFeaturesIn} as columns in fit, got ${given.length}.`);
  }
  return [...(given ?? seen.featureNamesIn ?? Array.from({ length: seen.nFeaturesIn }, (_, j) => `x${j}`))];
}

/** How a message calls column j: its name, quoted, or its position. */
export const columnTitle = (names: readonly string[] | null, j: number): string => (names === null ? String(j) : show(names[j]));

/** Whether a value is missing. */
export const isMissing = (value: Cell | undefined): boolean => value === null || value === undefined || value !== value;

function cellsOf(owner: string, X: CellsLike, seen: ColumnsSeen | undefined): Cells {
  if (isMatrix(X)) {
    if (X.kind === 'csr') throw new DataError(`${owner}: X must be dense, got a sparse matrix. Use X.toDense().`);
    const { data } = X.transpose();
    return cellsOfColumns(X.rows, Array.from({ length: X.cols }, (_, j) => data.subarray(j * X.rows, (j + 1) * X.rows)));
  }
  if (isCellRows(X)) return cellsOfColumns(X.length, transposed(owner, X));
  if (typeof X !== 'object' || X === null || ArrayBuffer.isView(X) || (Array.isArray(X) && X.some((row) => typeof row !== 'object'))) {
    throw new ShapeError(`${owner}: X must be a Table, a Matrix or rows of values, got ${show(X)}. For one column write [[value], …].`);
  }
  const table = Table.from(X as TableLike);
  const names = seen?.featureNamesIn ? namesSeen(owner, table, seen.featureNamesIn) : table.names;
  return new TableCells(table, names);
}

/** Columns without names. */
function cellsOfColumns(rows: number, columns: readonly ArrayLike<Cell>[]): Cells {
  return { rows, width: columns.length, columns, names: null, oneMissing: false, table: null, codes: () => undefined };
}

/** Columns of a Table, whose values are looked at when they are first asked for. */
class TableCells implements Cells {
  readonly rows: number;
  readonly width: number;
  readonly names: readonly string[];
  readonly oneMissing = true;
  readonly table: Table;
  #columns: readonly ArrayLike<Cell>[] | undefined;

  constructor(table: Table, names: readonly string[]) {
    this.rows = table.rows;
    this.width = names.length;
    this.names = names;
    this.table = table;
  }

  get columns(): readonly ArrayLike<Cell>[] {
    this.#columns ??= this.names.map((name) => this.table.data(name).values as ArrayLike<Cell>);
    return this.#columns;
  }

  readonly codes = (j: number): TextCodes | undefined => textCodes(this.table.data(this.names[j]));
}

function isCellRows(X: unknown): X is CellRows {
  return Array.isArray(X) && (X.length === 0 || Array.isArray(X[0]) || ArrayBuffer.isView(X[0]));
}

/** The names of fit, checked to be those of the table. */
function namesSeen(owner: string, table: Table, seen: readonly string[]): readonly string[] {
  if (table.names.length !== seen.length) {
    throw new ShapeError(`${owner}: X has ${table.names.length} columns, but ${seen.length} were seen in fit.`);
  }
  for (const name of seen) {
    if (table.has(name)) continue;
    const near = nearestName(name, table.names);
    throw new DataError(
      `${owner}: X must have column ${show(name)} as in fit, got ${showList(table.names)}.${near === undefined ? '' : ` Is it ${show(near)}?`}`,
    );
  }
  return seen;
}

function transposed(owner: string, rows: CellRows): Cell[][] {
  const width = rows.length > 0 ? rows[0].length : 0;
  const columns: Cell[][] = Array.from({ length: width }, () => []);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row?.length !== width) {
      throw new ShapeError(`${owner}: every row must have ${width} values as row 0 has, row ${i} has ${row?.length ?? show(row)}.`);
    }
    for (let j = 0; j < width; j++) {
      const value = row[j] ?? null;
      if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw new DataError(`${owner}: X must hold text, numbers or booleans, row ${i} column ${j} has ${show(value)}.`);
      }
      columns[j][i] = value;
    }
  }
  return columns;
}

function checkFinite(owner: string, cells: Cells, j: number): void {
  const { names, table } = cells;
  const data = table?.data(names![j]);
  // Neither texts nor booleans are infinite, and looking at them would have them made.
  if (data !== undefined && data.kind !== 'number' && data.kind !== 'date') return;
  const values: ArrayLike<Cell> = data?.values ?? cells.columns[j];
  if (values instanceof Float64Array && (allFinite(values) || noneInfinite(values))) return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === Infinity || value === -Infinity) {
      throw new DataError(`${owner}: X must hold finite numbers, row ${i} column ${columnTitle(names, j)} has ${value}. Clip or drop it first.`);
    }
  }
}
