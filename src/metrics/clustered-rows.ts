import { DataError } from '../core/errors.ts';
import { encodeLabels, type Labels } from '../core/labels.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkRows } from './check-rows.ts';

/** Rows with the number of each one's cluster. */
export interface ClusteredRows {
  X: Matrix;
  codes: Int32Array;
  /** Rows of each cluster. */
  sizes: Float64Array;
}

/** @throws DataError unless there are 2 clusters at least, and fewer than rows */
export function clusteredRows(owner: string, given: MatrixLike, labels: Labels): ClusteredRows {
  const X = asMatrix(owner, given);
  checkRows(owner, { X, labels });
  const { classes, codes } = encodeLabels(owner, labels);
  if (classes.length < 2 || classes.length >= X.rows) {
    throw new DataError(`${owner}: labels must name 2 to ${X.rows - 1} clusters of ${X.rows} rows, got ${classes.length}.`);
  }
  const sizes = new Float64Array(classes.length);
  for (const code of codes) sizes[code]++;
  return { X, codes, sizes };
}
