import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { CountedTexts } from './count-texts.ts';
import { RowSorter } from './row-sorter.ts';

/**
 * The counts of the rows that are meant, in the given columns.
 * @param columns feature of X → column, −1 for one to leave out; null for all features as they are
 * @param binary 1 for every entry in place of its count
 */
export function countMatrix(
  { features: X, rowIds, rows, isLent }: CountedTexts,
  columns: Int32Array | null,
  cols: number,
  binary: boolean,
): CsrMatrix {
  if (columns === null) {
    if (rowIds === null) {
      const [indptr, indices] = isLent ? [X.indptr.slice(), X.indices.slice()] : [X.indptr, X.indices];
      return new CsrMatrix(rows, cols, indptr, indices, values(X.counts, binary));
    }
    columns = Int32Array.from({ length: cols }, (_, f) => f);
  }
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

function isAscending(columns: Int32Array): boolean {
  let last = -1;
  for (let f = 0; f < columns.length; f++) {
    if (columns[f] < 0) continue;
    if (columns[f] < last) return false;
    last = columns[f];
  }
  return true;
}
