import type { CsrArrays } from '../matrix-arrays.ts';

/** Twin of assembly/row-gram.ts: the same operations in the same order, so the same bits. */
export function rowGramTimes(columns: CsrArrays, from: number, to: number, sizes: Float64Array, width: number, v: Float64Array, sums: Float64Array, largest: Float64Array): void {
  const { indptr, indices, data } = columns;
  const own = new Float64Array(width);
  sums.fill(0);
  largest.fill(0);
  for (let j = from; j < to; j++) {
    own.fill(0);
    for (let p = indptr[j]; p < indptr[j + 1]; p++) {
      for (let c = 0; c < width; c++) own[c] += data[p] * v[indices[p] * width + c];
    }
    // Math.max lets NaN through.
    for (let c = 0; c < width; c++) largest[c] = Math.max(largest[c], Math.abs(own[c]) * sizes[j]);
    for (let p = indptr[j]; p < indptr[j + 1]; p++) {
      for (let c = 0; c < width; c++) sums[indices[p] * width + c] += data[p] * own[c];
    }
  }
}
