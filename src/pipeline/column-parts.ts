import { DataError, ShapeError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';
import { countMissing, isMissing, type ColumnData, type ColumnKind, type Value } from '../table/column-data.ts';
import { firstWord } from '../table/first-word.ts';
import { Table, type TableLike } from '../table/table.ts';

/** What a column must hold to be the one that fit saw: text and categories are one. */
const KIND_WORDS: Readonly<Record<ColumnKind, string>> = { number: 'numbers', boolean: 'booleans', date: 'dates', text: 'text', category: 'text' };

/**
 * The chosen columns in the form that a stage takes (see Takes in core/estimator.ts).
 * @throws DataError naming a column that has no such form.
 */
export function columnsFor(owner: string, table: Table, names: readonly string[], takes: Takes): Matrix | Table | string[] {
  if (takes === 'texts') {
    if (names.length !== 1) throw new DataError(`${owner}: a vectorizer takes one text column, got ${showList(names)}. Give each column a part of its own.`);
    return table.strings(names[0], { fill: '' });
  }
  const chosen = table.select(names);
  if (takes === 'table') return chosen;
  const isNumbers = names.every((name) => isNumeric(chosen.data(name)));
  return takes === 'any' && !isNumbers ? chosen : numbersMatrix(owner, chosen);
}

const isNumeric = (data: ColumnData): boolean => data.kind === 'number' || data.kind === 'boolean';

/** Columns of numbers and booleans as a Matrix, NaN where a value is missing. @throws DataError naming a column of another kind. */
function numbersMatrix(owner: string, table: Table): DenseMatrix {
  const { rows, names } = table;
  const matrix = new DenseMatrix(rows, names.length);
  const { data } = matrix;
  names.forEach((name, j) => {
    const column = table.data(name);
    if (!isNumeric(column) && countMissing(column) < rows) throw notNumbers(owner, name, column);
    const values = column.kind === 'number' ? column.values : table.numbers(name);
    for (let i = 0, at = j; i < rows; i++, at += names.length) data[at] = values[i];
  });
  return matrix;
}

function notNumbers(owner: string, name: string, data: ColumnData): DataError {
  if (data.kind === 'date') {
    const row = data.values.findIndex((value) => !Number.isNaN(value));
    return new DataError(`${owner}: column ${show(name)} must hold numbers, row ${row} has ${new Date(data.values[row]).toISOString()}. Use DateFeatures.`);
  }
  const { row, isStray } = firstWord(data.values);
  const found = show(data.values[row]);
  const remedy = isStray ? 'Correct it, or name it in naWords when you read the file' : 'Use an encoder, or choose other columns';
  return new DataError(`${owner}: column ${show(name)} must hold numbers, row ${row} has ${found}. ${remedy}.`);
}

/** What a part returned, as a Matrix. @throws DataError, ShapeError for what is none. */
export function partMatrix(owner: string, result: unknown, rows: number): Matrix {
  const matrix = result instanceof Table ? numbersMatrix(owner, result) : result;
  if (!isMatrix(matrix)) throw new DataError(`${owner}: it must return a Matrix or a Table of numbers, got ${show(result)}.`);
  if (matrix.rows !== rows) throw new ShapeError(`${owner}: it must return as many rows as it gets, ${rows}, got ${matrix.rows}.`);
  return matrix;
}

/**
 * The columns of fit, found by name, each of the kind it had: a column without any value is of every kind.
 * @throws DataError naming a column that is missing, or holds something else, with the first such row.
 */
export function columnsOfFit(owner: string, table: Table, kinds: Readonly<Record<string, ColumnKind | 'empty'>>): Table {
  const missing = Object.keys(kinds).filter((name) => !table.has(name));
  if (missing.length > 0) {
    const others = table.names.filter((name) => !Object.hasOwn(kinds, name));
    throw new DataError(
      `${owner}: X must have the columns of fit, ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${showList(missing)}. ` +
        (others.length > 0 ? `Columns that fit did not use are ${showList(others)}.` : 'Give the same columns as in fit, in any order.'),
    );
  }
  return new Table(
    Object.entries(kinds).map(([name, kind]) => [name, ofKind(owner, name, table.data(name), kind)]),
    table.rows,
  );
}

function ofKind(owner: string, name: string, data: ColumnData, kind: ColumnKind | 'empty'): ColumnData {
  if (data.kind === kind) return data;
  const isEmpty = countMissing(data) === data.values.length;
  if (kind === 'empty') {
    if (isEmpty || data.kind === 'number') return data;
    throw new DataError(`${owner}: column ${show(name)} held no value in fit, but holds ${KIND_WORDS[data.kind]} now. Leave it out, or read it with a type.`);
  }
  if (isEmpty) return withoutValues(kind, data.values.length);
  if (KIND_WORDS[kind] === KIND_WORDS[data.kind]) return { kind: 'text', values: data.values as readonly (string | null)[] };
  const row = data.values.findIndex((_, i) => !isMissing(data, i));
  throw new DataError(
    `${owner}: column ${show(name)} must hold ${KIND_WORDS[kind]} as in fit, but holds ${KIND_WORDS[data.kind]} (${show(data.values[row])} in row ${row}). ` +
      'Read both tables with the same types.',
  );
}

function withoutValues(kind: ColumnKind, rows: number): ColumnData {
  if (kind === 'number' || kind === 'date') return { kind, values: new Float64Array(rows).fill(Number.NaN) };
  const gaps = new Array<null>(rows).fill(null);
  return kind === 'boolean' ? { kind, values: gaps } : { kind: 'text', values: gaps };
}

/**
 * X as a Table; a Matrix and rows of values count as one of columns x0, x1, ….
 * @throws ShapeError for rows of unequal length, and for more or fewer columns without names than fit saw.
 */
export function asTable(owner: string, X: TableLike | Matrix | readonly ArrayLike<Value>[], seen?: readonly string[]): Table {
  const table = isMatrix(X) ? matrixTable(X.toDense()) : isRows(X) ? rowsTable(owner, X) : Table.from(X);
  const isNamed = !isMatrix(X) && !isRows(X);
  if (!isNamed && seen !== undefined && table.names.length !== seen.length) {
    throw new ShapeError(`${owner}: X has ${table.names.length} columns, but ${seen.length} were seen in fit.`);
  }
  return table;
}

function isRows(X: TableLike | readonly ArrayLike<Value>[]): X is readonly ArrayLike<Value>[] {
  return Array.isArray(X) && X.length > 0 && (Array.isArray(X[0]) || ArrayBuffer.isView(X[0]));
}

function matrixTable(X: DenseMatrix): Table {
  return new Table(Array.from({ length: X.cols }, (_, j) => [`x${j}`, { kind: 'number', values: X.col(j) }]), X.rows);
}

function rowsTable(owner: string, rows: readonly ArrayLike<Value>[]): Table {
  const width = rows[0].length;
  const ragged = rows.findIndex((row) => row?.length !== width);
  if (ragged >= 0) throw new ShapeError(`${owner}: every row must have ${width} values as row 0 has, row ${ragged} has ${show(rows[ragged])}.`);
  return Table.from(Object.fromEntries(Array.from({ length: width }, (_, j) => [`x${j}`, rows.map((row) => row[j])])));
}

/** What fit remembers of the columns it used. Numbers without any value count as empty, since nobody knows what they would be. */
export function kindsOf(table: Table, names: readonly string[]): Record<string, ColumnKind | 'empty'> {
  const ordered = table.names.filter((name) => names.includes(name));
  const isEmpty = (data: ColumnData): boolean => data.kind === 'number' && countMissing(data) === table.rows;
  return Object.fromEntries(ordered.map((name) => [name, isEmpty(table.data(name)) ? 'empty' : table.kind(name)]));
}
