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
  const { data, cols } = matrix;
  const counts = new Int32Array(cols);
  if (matrix.kind === 'csr') {
    for (let p = 0; p < data.length; p++) if (data[p] !== data[p]) counts[matrix.indices[p]]++;
    return counts;
  }
  for (let start = 0; start < data.length; start += cols) {
    for (let j = 0; j < cols; j++) if (data[start + j] !== data[start + j]) counts[j]++;
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
  const { data, cols } = matrix;
  for (let start = 0, p = 0; start < data.length; start += cols) {
    for (let j = 0; j < columns.length; j++, p++) {
      const value = data[start + columns[j]];
      if (value !== value) mask.data[p] = 1;
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
