import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { RowSorter } from './row-sorter.ts';

/**
 * The counts of the given rows in the given columns.
 * @param rowIds rows of X, in order; null for all
 * @param columns feature of X → column, −1 for one to leave out
 * @param binary 1 for every entry in place of its count
 */
export function countMatrix(X: FeatureCounts, rowIds: Int32Array | null, columns: Int32Array, cols: number, binary: boolean): CsrMatrix {
  if (rowIds === null && isIdentity(columns, cols)) {
    return new CsrMatrix(X.indptr.length - 1, cols, X.indptr, X.indices, values(X.counts, binary));
  }
  const rows = rowIds ? rowIds.length : X.indptr.length - 1;
  const indptr = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    let known = 0;
    for (let p = X.indptr[row]; p < X.indptr[row + 1]; p++) if (columns[X.indices[p]] >= 0) known++;
    indptr[i + 1] = indptr[i] + known;
  }
  const indices = new Int32Array(indptr[rows]);
  const data = new Float64Array(indptr[rows]);
  const sorter = isAscending(columns) ? null : new RowSorter(cols);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = X.indptr[row]; p < X.indptr[row + 1]; p++) {
      const col = columns[X.indices[p]];
      if (col < 0) continue;
      const count = binary ? 1 : X.counts[p];
      if (sorter) {
        sorter.add(col, count);
      } else {
        indices[at] = col;
        data[at++] = count;
      }
    }
    if (sorter) at = sorter.drain(indices, data, at);
  }
  return new CsrMatrix(rows, cols, indptr, indices, data);
}

function values(counts: Int32Array, binary: boolean): Float64Array {
  return binary ? new Float64Array(counts.length).fill(1) : new Float64Array(counts);
}

function isIdentity(columns: Int32Array, cols: number): boolean {
  return columns.length === cols && columns.every((col, f) => col === f);
}

function isAscending(columns: Int32Array): boolean {
  let last = -1;
  for (let f = 0; f < columns.length; f++) {
    if (columns[f] < 0) continue;
    if (columns[f] < last) return false;
    last = columns[f];
  }
  return true;
}
