import type { CsrArrays } from '../matrix-arrays.ts';

/** Twin of assembly/sparse-rows.ts: the same operations in the same order, so the same bits. */
export function addSparseRows(columns: Int32Array, values: Float64Array, { indptr, indices, data }: CsrArrays, out: Float64Array): void {
  for (let e = 0; e < columns.length; e++) {
    const factor = values[e];
    const row = columns[e];
    for (let p = indptr[row], end = indptr[row + 1]; p < end; p++) out[indices[p]] += factor * data[p];
  }
}
