import type { CsrArrays } from '../matrix-arrays.ts';

/** Twin of assembly/transposed-csr.ts; `starts` has zeros. */
export function transposeCsr({ rows, cols, indptr, indices, data }: CsrArrays, starts: Int32Array, places: Int32Array, values: Float64Array): void {
  for (let p = 0; p < indptr[rows]; p++) starts[indices[p] + 1]++;
  let before = 0;
  for (let j = 1; j <= cols; j++) {
    const count = starts[j];
    starts[j] = before;
    before += count;
  }
  for (let i = 0; i < rows; i++) {
    for (let p = indptr[i]; p < indptr[i + 1]; p++) {
      const at = starts[indices[p] + 1]++;
      places[at] = i;
      values[at] = data[p];
    }
  }
}
