import type { Matrix } from '../matrix/matrix.ts';

/** Reads columns one by one, implicit zeros included (after the stored values, in no order that matters). */
export function columnValues(X: Matrix): (j: number) => Float64Array {
  if (X.kind === 'dense') return (j) => X.col(j);
  const byColumn = X.transpose();
  return (j) => {
    const values = new Float64Array(X.rows);
    values.set(byColumn.data.subarray(byColumn.indptr[j], byColumn.indptr[j + 1]));
    return values;
  };
}
