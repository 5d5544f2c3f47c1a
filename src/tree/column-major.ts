import type { Matrix } from '../matrix/matrix.ts';

/** The entries of X in single precision, column after column. */
export interface ColumnMajor {
  /** cols + 1 offsets. */
  indptr: Int32Array;
  /** The row of each entry; undefined where every column has all rows, in order. */
  indices: Int32Array | undefined;
  data: Float32Array;
}

const TILE = 32;

export function columnMajor(X: Matrix): ColumnMajor {
  if (X.kind === 'csr') {
    const { indptr, indices, data } = X.transpose();
    return { indptr, indices, data: new Float32Array(data) };
  }
  const { rows, cols, data } = X;
  const turned = new Float32Array(rows * cols);
  // In tiles, so that what is written stays in the cache until its lines are full.
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE);
    for (let j = 0; j < cols; j++) for (let i = top; i < bottom; i++) turned[j * rows + i] = data[i * cols + j];
  }
  return { indptr: Int32Array.from({ length: cols + 1 }, (_, j) => j * rows), indices: undefined, data: turned };
}
