import { CsrMatrix } from '../matrix/csr-matrix.ts';

/** The columns of a sparse matrix that few rows have. */
export interface RareColumns {
  /** 1 at columns that more rows have than the limit. */
  isCommon: Uint8Array;
  /** The others that any row has, columns × rows: a transpose. */
  byColumn: CsrMatrix;
  /** Row of byColumn for each column, −1 for common and for empty ones. */
  place: Int32Array;
}

/** @param limit most rows that may have a rare column */
export function rareColumns({ rows, cols, indptr, indices, data }: CsrMatrix, limit: number): RareColumns {
  const counts = new Int32Array(cols);
  for (let p = 0; p < indices.length; p++) counts[indices[p]]++;
  const isCommon = new Uint8Array(cols);
  const place = new Int32Array(cols).fill(-1);
  const starts = new Int32Array(cols + 1);
  let rare = 0;
  for (let c = 0; c < cols; c++) {
    if (counts[c] > limit) isCommon[c] = 1;
    else if (counts[c] > 0) {
      starts[rare + 1] = starts[rare] + counts[c];
      place[c] = rare++;
    }
  }
  const offsets = starts.slice(0, rare + 1);
  const rowOf = new Int32Array(offsets[rare]);
  const values = new Float64Array(offsets[rare]);
  for (let i = 0; i < rows; i++) {
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const at = place[indices[p]];
      if (at < 0) continue;
      rowOf[starts[at]] = i;
      values[starts[at]++] = data[p];
    }
  }
  return { isCommon, byColumn: new CsrMatrix(rare, rows, offsets, rowOf, values), place };
}

/** The entries of X at columns that have a place, at that place. */
export function takeColumns({ rows, indptr, indices, data }: CsrMatrix, place: Int32Array, places: number): CsrMatrix {
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(indices.length);
  const values = new Float64Array(indices.length);
  let kept = 0;
  for (let i = 0; i < rows; i++) {
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const at = place[indices[p]];
      if (at < 0) continue;
      columns[kept] = at;
      values[kept++] = data[p];
    }
    offsets[i + 1] = kept;
  }
  return new CsrMatrix(rows, places, offsets, columns.subarray(0, kept), values.subarray(0, kept));
}
