import { ShapeError } from '../core/errors.ts';
import { rowCount } from '../core/rows.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { isMatrix, type Matrix } from '../matrix/matrix.ts';

/**
 * X as far as a dummy looks at it: a Matrix as it is, anything else as one column of zeros, row for row.
 * @throws ShapeError when X is no sequence of rows, or has fewer than `minRows`
 */
export function countedRows(owner: string, X: unknown, minRows: number): Matrix {
  const rows = rowCount(X);
  if (rows < minRows) throw new ShapeError(`${owner}: X must have at least ${minRows} row, got ${rows}.`);
  return isMatrix(X) ? X : new DenseMatrix(rows, 1);
}
