import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { columnTitle, isMissing, readCells, type Cell, type Cells, type CellsLike, type ColumnsSeen } from '../table/cells.ts';

/** What stands for a missing value besides null: NaN, or a value of the columns. */
export type MissingValues = number | string | null;

/** Numbers as a Matrix (NaN where missing), or columns of which at least one holds text (null or NaN where missing). */
export type AnyColumns = { matrix: Matrix; cells?: undefined; names: readonly string[] | null } | { matrix?: undefined; cells: Cells; names: readonly string[] | null };

/**
 * X with its missing values as NaN (null in text): a Matrix where all columns are numbers or booleans (0 and 1), else columns.
 * @throws DataError for NaN where another value stands for missing
 */
export function readAny(owner: string, X: CellsLike | MatrixLike, missing: MissingValues, needs: { seen?: ColumnsSeen; minRows?: number } = {}): AnyColumns {
  if (isMatrix(X) && X.kind === 'csr') return { matrix: markMissing(owner, asMatrix(owner, X, { allowNaN: true, ...needs }), missing), names: null };
  if (isMatrix(X)) {
    const matrix = asMatrix(owner, X, { allowNaN: true, ...needs });
    return { matrix: markMissing(owner, matrix, missing), names: null };
  }
  const cells = readCells(owner, X as CellsLike, needs);
  if (!cells.columns.every((values) => holdsNumbers(values, missing))) {
    const columns = Number.isNaN(missing) ? cells.columns : cells.columns.map((values, j) => withMissing(owner, values, missing, columnTitle(cells.names, j)));
    return { cells: { ...cells, columns, codes: () => undefined }, names: cells.names };
  }
  const { width } = cells;
  const matrix = new DenseMatrix(cells.rows, width);
  cells.columns.forEach((values, j) => {
    for (let i = 0; i < cells.rows; i++) {
      const value = values[i];
      matrix.data[i * width + j] = value === null || typeof value === 'string' ? Number.NaN : Number(value);
    }
  });
  return { matrix: typeof missing === 'string' ? matrix : markMissing(owner, matrix, missing), names: cells.names };
}

/** Whether a column holds numbers or booleans only, missing values apart. */
function holdsNumbers(values: ArrayLike<Cell>, missing: MissingValues): boolean {
  if (values instanceof Float64Array) return true;
  for (let i = 0; i < values.length; i++) if (typeof values[i] === 'string' && values[i] !== missing) return false;
  return true;
}

function markMissing(owner: string, X: Matrix, missing: MissingValues): Matrix {
  if (missing === null || missing !== missing) return X;
  if (X.kind === 'csr' && missing === 0) throw new DataError(`${owner}: missingValues: 0 would fill a sparse matrix. Use X.toDense().`);
  const data = X.data.map((value, p) => {
    if (value === value) return value === missing ? Number.NaN : value;
    const where = X.kind === 'csr' ? `entry ${p}` : `row ${Math.floor(p / X.cols)} column ${p % X.cols}`;
    throw new DataError(`${owner}: X must hold finite numbers as missingValues is ${show(missing)}, ${where} has NaN.`);
  });
  return X.kind === 'csr' ? X.withData(data) : new DenseMatrix(X.rows, X.cols, data);
}

function withMissing(owner: string, values: ArrayLike<Cell>, missing: MissingValues, title: string): Cell[] {
  return Array.from(values, (value, i) => {
    if (value === missing) return null;
    if (missing !== null && isMissing(value)) {
      throw new DataError(`${owner}: X must have a value in every row as missingValues is ${show(missing)}, row ${i} column ${title} has ${show(value)}.`);
    }
    return value;
  });
}

/** Number of columns. */
export const widthOf = ({ matrix, cells }: AnyColumns): number => (matrix === undefined ? cells.width : matrix.cols);

/** @throws ShapeError unless X has as many columns as fit saw. */
export function checkWidth(owner: string, X: AnyColumns, { nFeaturesIn }: ColumnsSeen): void {
  if (X.matrix !== undefined) checkFeatures(owner, X.matrix, nFeaturesIn);
}
