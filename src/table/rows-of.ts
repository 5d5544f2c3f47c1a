import type { RowSet } from '../core/rows.ts';
import { isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { Table, type TableLike } from './table.ts';

/**
 * Some rows of a Matrix or a Table, by number: nothing is copied. What boosting works on within folds.
 *
 * @example
 * const half = new RowsOf(X, Int32Array.of(0, 2, 4)); // model.fit(half, y) reads these rows of X
 */
export class RowsOf implements RowSet {
  readonly source: Matrix | Table;
  /** Numbers of the rows; null for all. */
  readonly index: Int32Array | null;

  constructor(source: Matrix | Table, index: Int32Array | null = null) {
    this.source = source;
    this.index = index;
  }

  /** All rows of a Matrix or of what makes a Table; X itself where it is anything else. */
  static all(X: MatrixLike | TableLike | RowsOf): RowsOf | MatrixLike {
    if (X instanceof RowsOf || (Array.isArray(X) && (X.length === 0 || typeof X[0] !== 'object' || 'length' in X[0]))) return X as RowsOf | MatrixLike;
    return new RowsOf(isMatrix(X) ? X : Table.from(X as TableLike));
  }

  get rows(): number {
    return this.index?.length ?? this.source.rows;
  }

  /** The given ones of these rows. */
  take(rows: ArrayLike<number>): RowsOf {
    const { index } = this;
    const taken = Int32Array.from(rows);
    if (index !== null) for (let i = 0; i < taken.length; i++) taken[i] = index[taken[i]];
    return new RowsOf(this.source, taken);
  }
}
