import { RowDropper } from '../base/row-dropper.ts';
import type { Takes } from '../core/estimator.ts';
import { ShapeError } from '../core/errors.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { rowCount } from '../core/rows.ts';
import { isMatrix } from '../matrix/matrix.ts';
import { isMissing } from '../table/cells.ts';
import { Table } from '../table/table.ts';

/** Whether a training row is kept: an object of its values for a Table, an array of them otherwise; y is its target. */
export type KeepRow = (row: any, y: any, index: number) => boolean;

export interface RowFilterOptions {
  /** Asked for each training row; null keeps all. Default null. */
  keep?: KeepRow | null;
  /** Whether rows with a missing value are dropped. Default 'keep'. */
  missing?: 'keep' | 'drop';
}

/**
 * Drops training rows by a condition; rows to be predicted all stay.
 *
 * X: a Table, a Matrix or a list. A function cannot be saved as data: pipelines that are to be saved keep to `missing`.
 * `fitted`: keptRows, notes. scikit-learn has no counterpart; it is a sampler as imbalanced-learn has them.
 *
 * @example
 * new Pipeline([['drop', new RowFilter({ keep: (row, price) => row.GrLivArea < 4000 || price > 300_000 })], ['model', model]]);
 */
export class RowFilter extends RowDropper<RowFilterOptions, object, any> {
  static override readonly rules: Rules<RowFilterOptions> = {
    keep: custom<KeepRow | null>(null, 'a function (row, y, index) → true or false, or null', (v) => v === null || typeof v === 'function'),
    missing: choice('keep', ['keep', 'drop']),
  };

  static override readonly takes: Takes = 'any';

  protected learn(X: any): object {
    if (rowCount(X) === 0) throw new ShapeError(`${this.owner}: X must have at least 1 row, got 0.`);
    return {};
  }

  protected keeps(X: any, y: ArrayLike<any> | undefined): (row: number) => boolean {
    const { keep, missing } = this.options;
    const valuesOf = rowReader(X);
    return (i) => {
      const row = valuesOf(i);
      if (missing === 'drop' && valuesIn(row).some(isMissing)) return false;
      return keep === null || keep(row, y?.[i], i);
    };
  }
}

function rowReader(X: any): (i: number) => any {
  if (X instanceof Table) return (i) => X.row(i);
  if (isMatrix(X)) {
    const dense = X.toDense();
    return (i) => dense.row(i);
  }
  return (i) => X[i];
}

function valuesIn(row: any): any[] {
  if (ArrayBuffer.isView(row) || Array.isArray(row)) return Array.from(row as ArrayLike<unknown>);
  return typeof row === 'object' && row !== null ? Object.values(row as object) : [row];
}
