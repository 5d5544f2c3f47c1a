import { checkLength } from './check-length.ts';
import type { CountArrays, TakenCounts } from './count-arrays.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/document-counts.ts';

/**
 * frequencies[f] += the number of the given rows that have an entry of feature f. In WebAssembly where all arrays come
 * from one arena, in plain TypeScript otherwise, as the others here.
 * @param rowIds rows to look at; null for all
 */
export function addDocumentFrequencies(X: CountArrays, rowIds: Int32Array | null, frequencies: Int32Array): void {
  const { indptr, indices } = X;
  const kernels = kernelsFor(indptr, indices, frequencies) && kernelsFor(rowIds ?? indptr);
  if (!kernels) return twins.addDocumentFrequencies(X, rowIds, frequencies);
  kernels.addDocumentFrequencies(
    rowIds?.length ?? indptr.length - 1,
    rowIds?.byteOffset ?? 0,
    indptr.byteOffset,
    indices.byteOffset,
    frequencies.byteOffset,
  );
}

/**
 * columns[f] = how many features before f occur in `least` to `most` documents, if f does; −1 otherwise.
 * @returns how many do
 */
export function numberFeatures(frequencies: Int32Array, least: number, most: number, columns: Int32Array): number {
  checkLength('numberFeatures', 'columns', columns, frequencies.length);
  const kernels = kernelsFor(frequencies, columns);
  if (!kernels) return twins.numberFeatures(frequencies, least, most, columns);
  return kernels.numberFeatures(frequencies.length, frequencies.byteOffset, least, most, columns.byteOffset);
}

/**
 * The entries of the given rows whose feature has a column, in their order.
 * @param rowIds rows to take; null for all
 * @param columns feature → column, −1 for none; ascending wherever rows are to ascend
 * @returns the number of entries written
 */
export function takeCounts(X: CountArrays, rowIds: Int32Array | null, columns: Int32Array, out: TakenCounts): number {
  const rows = rowIds?.length ?? X.indptr.length - 1;
  checkLength('takeCounts', 'indptr', out.indptr, rows + 1);
  checkLength('takeCounts', 'data', out.data, out.indices.length);
  const { indptr, indices, counts } = X;
  const kernels = kernelsFor(indptr, indices, counts ?? indices) && kernelsFor(rowIds ?? indptr, columns) && kernelsFor(out.indptr, out.indices, out.data);
  if (!kernels) return twins.takeCounts(X, rowIds, columns, out);
  return kernels.takeCounts(
    rows,
    rowIds?.byteOffset ?? 0,
    indptr.byteOffset,
    indices.byteOffset,
    counts?.byteOffset ?? 0,
    columns.byteOffset,
    out.indptr.byteOffset,
    out.indices.byteOffset,
    out.data.byteOffset,
  );
}
