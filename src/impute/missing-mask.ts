import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { isMissing, type Cells } from '../table/cells.ts';
import type { AnyColumns } from './any-columns.ts';

/** Positions of the columns with at least one missing value, ascending. */
export function columnsWithMissing(X: AnyColumns): Int32Array {
  const counts = countMissing(X);
  return Int32Array.from(counts.keys()).filter((j) => counts[j] > 0);
}

/** How many values are missing, one per column. */
function countMissing({ matrix, cells }: AnyColumns): Int32Array {
  if (cells !== undefined) {
    return Int32Array.from(cells.columns, (values) => {
      let count = 0;
      for (let i = 0; i < cells.rows; i++) if (isMissing(values[i])) count++;
      return count;
    });
  }
  const counts = new Int32Array(matrix.cols);
  for (let p = 0; p < matrix.data.length; p++) {
    if (matrix.data[p] !== matrix.data[p]) counts[matrix.kind === 'csr' ? matrix.indices[p] : p % matrix.cols]++;
  }
  return counts;
}

/** 1 where a value is missing, else 0, for the given columns; sparse for a sparse matrix. */
export function missingMask({ matrix, cells }: AnyColumns, columns: Int32Array): Matrix {
  if (cells !== undefined) return maskOfCells(cells, columns);
  if (matrix.kind === 'csr') {
    const chosen = matrix.takeCols(columns);
    const indptr = new Int32Array(chosen.rows + 1);
    const indices: number[] = [];
    for (let i = 0; i < chosen.rows; i++) {
      for (let p = chosen.indptr[i]; p < chosen.indptr[i + 1]; p++) if (chosen.data[p] !== chosen.data[p]) indices.push(chosen.indices[p]);
      indptr[i + 1] = indices.length;
    }
    return new CsrMatrix(chosen.rows, chosen.cols, indptr, Int32Array.from(indices), new Float64Array(indices.length).fill(1));
  }
  const mask = new DenseMatrix(matrix.rows, columns.length);
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < columns.length; j++) {
      const value = matrix.data[i * matrix.cols + columns[j]];
      if (value !== value) mask.data[i * columns.length + j] = 1;
    }
  }
  return mask;
}

function maskOfCells(cells: Cells, columns: Int32Array): DenseMatrix {
  const mask = new DenseMatrix(cells.rows, columns.length);
  columns.forEach((column, j) => {
    const values = cells.columns[column];
    for (let i = 0; i < cells.rows; i++) if (isMissing(values[i])) mask.data[i * columns.length + j] = 1;
  });
  return mask;
}
