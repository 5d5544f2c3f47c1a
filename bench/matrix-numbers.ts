import type { CsrMatrix } from 'refit';
import { digest } from './digest.ts';

/** What two sparse matrices must agree on: the shape and every column index exactly, the values by their sum and squares. */
export function matrixNumbers(X: CsrMatrix): Record<string, unknown> {
  let sum = 0;
  let squares = 0;
  for (const value of X.data) {
    sum += value;
    squares += value * value;
  }
  return { rows: X.rows, cols: X.cols, entries: X.nnz, columnsHash: digest(X.indices), sum, squares };
}
