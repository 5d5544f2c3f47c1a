import { allFinite } from '../core/all-finite.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { noneInfinite } from '../core/none-infinite.ts';
import { show } from '../core/show.ts';
import { kernelsFor } from '../kernels/kernel-memory.ts';
import { maxAbs } from '../kernels/vector-operations.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';

/** Samples × features, dense or sparse. Tell them apart by `kind`. */
export type Matrix = DenseMatrix | CsrMatrix;

/** What estimators accept as X: a Matrix, or rows of numbers. */
export type MatrixLike = Matrix | readonly ArrayLike<number>[];

/** Anything with rows and columns. */
export interface Sized {
  readonly rows: number;
  readonly cols: number;
}

/** What an estimator can work with. */
export interface MatrixNeeds {
  /** Accept NaN (and null in rows of numbers) as missing. Default false. */
  allowNaN?: boolean;
  /** Fewest rows. Default 1. */
  minRows?: number;
  /** Look at every value; without it the caller has to. Default true. */
  checkValues?: boolean;
}

export function isMatrix(X: unknown): X is Matrix {
  return X instanceof DenseMatrix || X instanceof CsrMatrix;
}

/**
 * X as a checked Matrix; a Matrix is returned as it is.
 * @throws ShapeError for ragged rows, no rows or no columns; DataError naming row and column of NaN or ±Infinity.
 */
export function asMatrix(owner: string, X: MatrixLike, { allowNaN = false, minRows = 1, checkValues = true }: MatrixNeeds = {}): Matrix {
  const matrix = isMatrix(X) ? X : rowsToMatrix(owner, X);
  if (matrix.rows < minRows) {
    throw new ShapeError(`${owner}: X must have at least ${minRows} ${minRows === 1 ? 'row' : 'rows'}, got ${matrix.rows}.`);
  }
  if (matrix.cols < 1) throw new ShapeError(`${owner}: X must have at least 1 column, got 0.`);
  if (checkValues) checkFinite(owner, matrix, allowNaN);
  return matrix;
}

function rowsToMatrix(owner: string, X: readonly ArrayLike<number>[]): DenseMatrix {
  const isRows = Array.isArray(X) && X.every((row: unknown): boolean => Array.isArray(row) || ArrayBuffer.isView(row));
  if (!isRows) {
    const got = show(X);
    const remedy = got === 'a Table' ? "a ColumnTransformer before it; where all columns are numbers, new ColumnTransformer([['numbers', 'passthrough', columns.numeric]])" : 'a vectorizer, an encoder or a ColumnTransformer before it';
    throw new ShapeError(`${owner}: X must be a Matrix or rows of numbers, got ${got}. Put ${remedy}.`);
  }
  for (let i = 0; i < X.length; i++) {
    for (let j = 0; j < X[i].length; j++) {
      const value: unknown = X[i][j];
      if (typeof value !== 'number' && value !== null && value !== undefined) {
        throw new DataError(`${owner}: X must hold numbers, row ${i} column ${j} has ${show(value)}. Encode it first.`);
      }
    }
  }
  const matrix = DenseMatrix.from(X);
  for (let i = 0; i < X.length; i++) {
    for (let j = 0; j < matrix.cols; j++) if (X[i][j] == null) matrix.data[i * matrix.cols + j] = Number.NaN;
  }
  return matrix;
}

/** @throws DataError naming row and column of NaN (unless allowed) or ±Infinity */
export function checkFinite(owner: string, X: Matrix, allowNaN = false): void {
  const { data } = X;
  // A kernel looks faster where data lie in its memory.
  const isFinite = kernelsFor(data) ? maxAbs(data) < Infinity : allFinite(data);
  if (isFinite || (allowNaN && noneInfinite(data))) return;
  for (let p = 0; p < data.length; p++) {
    const value = data[p];
    // x - x is 0 for every finite x and NaN otherwise.
    if (value - value === 0 || (allowNaN && value !== value)) continue;
    const [i, j] = X.kind === 'dense' ? [Math.floor(p / X.cols), p % X.cols] : [rowOfEntry(X, p), X.indices[p]];
    const remedy = Number.isNaN(value) ? 'Impute missing values first' : 'Clip or drop it first';
    throw new DataError(`${owner}: X must hold finite numbers, row ${i} column ${j} has ${value}. ${remedy}.`);
  }
}

function rowOfEntry(X: CsrMatrix, p: number): number {
  let i = 0;
  while (X.indptr[i + 1] <= p) i++;
  return i;
}

/** @throws ShapeError unless X has as many columns as fit saw. */
export function checkFeatures(owner: string, X: Sized, nFeaturesIn: number): void {
  if (X.cols !== nFeaturesIn) {
    throw new ShapeError(`${owner}: X has ${X.cols} columns, but ${nFeaturesIn} were seen in fit.`);
  }
}
