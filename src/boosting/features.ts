import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import { asMatrix, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import type { ColumnsSeen } from '../table/cells.ts';
import type { ColumnData } from '../table/column-data.ts';
import { labelCodes } from '../table/label-codes.ts';
import { Table, type TableLike } from '../table/table.ts';
import { RowsOf } from '../table/rows-of.ts';

/** What boosting takes as X: a Matrix or rows of numbers, a Table or what makes one, or some rows of either. */
export type FeaturesLike = MatrixLike | TableLike | RowsOf;

/** X, checked: a Matrix or a Table, of which all rows or a list of them count. */
export interface Features {
  readonly source: Matrix | Table;
  /** Numbers of the rows in `source` that count, in order; null for all. */
  readonly index: Int32Array | null;
  readonly rows: number;
  readonly cols: number;
  /** Column names; null for a Matrix. */
  readonly names: readonly string[] | null;
}

export interface FeaturesNeeds {
  /** Columns that fit saw; a Table's are taken by name, in any order. */
  seen?: ColumnsSeen;
  /** Fewest rows. Default 1. */
  minRows?: number;
}

/**
 * X as Features; nothing is copied but rows of numbers.
 * @throws ShapeError, DataError for too few rows, other columns than seen, or infinite values; NaN counts as missing
 */
export function readFeatures(owner: string, X: FeaturesLike, { seen, minRows = 1 }: FeaturesNeeds = {}): Features {
  const features = X instanceof RowsOf ? { ...readFeatures(owner, X.source, { seen, minRows: 0 }), index: X.index, rows: X.rows } : readAll(owner, X, seen);
  if (features.rows < minRows) {
    throw new ShapeError(`${owner}: X must have at least ${minRows} ${minRows === 1 ? 'row' : 'rows'}, got ${features.rows}.`);
  }
  return features;
}

function readAll(owner: string, X: MatrixLike | TableLike, seen: ColumnsSeen | undefined): Features {
  if (isMatrix(X) || isNumberRows(X)) {
    const source = asMatrix(owner, X, { allowNaN: true, minRows: 0 });
    if (seen !== undefined && source.cols !== seen.nFeaturesIn) {
      throw new ShapeError(`${owner}: X has ${source.cols} columns, but ${seen.nFeaturesIn} were seen in fit.`);
    }
    if (seen?.featureNamesIn) {
      throw new DataError(`${owner}: X must be a Table with the columns of fit (${showList(seen.featureNamesIn)}), got a Matrix.`);
    }
    return { source, index: null, rows: source.rows, cols: source.cols, names: null };
  }
  const source = Table.from(X as TableLike);
  if (source.names.length < 1) throw new ShapeError(`${owner}: X must have at least 1 column, got 0.`);
  const names = seen === undefined ? source.names : namesSeen(owner, source, seen);
  for (const name of names) checkFinite(owner, name, source.data(name));
  return { source, index: null, rows: source.rows, cols: names.length, names };
}

function isNumberRows(X: unknown): X is readonly ArrayLike<number>[] {
  return Array.isArray(X) && (X.length === 0 || Array.isArray(X[0]) || ArrayBuffer.isView(X[0]));
}

function namesSeen(owner: string, table: Table, { featureNamesIn, nFeaturesIn }: ColumnsSeen): readonly string[] {
  if (featureNamesIn === null) throw new DataError(`${owner}: X must be a Matrix of ${nFeaturesIn} columns as in fit, got a Table.`);
  if (table.names.length !== nFeaturesIn) {
    throw new ShapeError(`${owner}: X has ${table.names.length} columns, but ${nFeaturesIn} were seen in fit.`);
  }
  const lacking = featureNamesIn.find((name) => !table.has(name));
  if (lacking !== undefined) {
    const near = nearestName(lacking, table.names);
    throw new DataError(
      `${owner}: X must have column ${show(lacking)} as in fit, got ${showList(table.names)}.${near === undefined ? '' : ` Is it ${show(near)}?`}`,
    );
  }
  return featureNamesIn;
}

function checkFinite(owner: string, name: string, data: ColumnData): void {
  if (data.kind !== 'number') return;
  const { values } = data;
  let row = 0;
  while (row < values.length && Math.abs(values[row]) !== Infinity) row++;
  if (row < values.length) throw new DataError(`${owner}: X must hold finite numbers, row ${row} column ${show(name)} has ${values[row]}. Clip or drop it first.`);
}

/** The distinct values of one column, of the rows that count; missing values are none. */
export function distinctLabels({ source, index, rows, names }: Features, j: number): Set<Label> {
  const data = source instanceof Table ? source.data((names as readonly string[])[j]) : null;
  const coded = data && labelCodes(data);
  if (coded) {
    const isThere = new Uint8Array(coded.texts.length + 1);
    for (let i = 0; i < rows; i++) isThere[coded.codes[index === null ? i : index[i]] + 1] = 1;
    return new Set(coded.texts.filter((_, code) => isThere[code + 1] === 1));
  }
  const seen = new Set<Label>();
  const values = data && (data.values as ArrayLike<Label | null>);
  let last: Label | null = null;
  for (let i = 0; i < rows; i++) {
    const row = index === null ? i : index[i];
    const value = values === null ? (source as Matrix).at(row, j) : values[row];
    if (value === last || value === null || value !== value) continue;
    seen.add(value);
    last = value;
  }
  return seen;
}
