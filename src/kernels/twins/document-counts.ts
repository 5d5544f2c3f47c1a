import type { CountArrays, TakenCounts } from '../count-arrays.ts';

export function addDocumentFrequencies({ indptr, indices }: CountArrays, rowIds: Int32Array | null, frequencies: Int32Array): void {
  const rows = rowIds?.length ?? indptr.length - 1;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) frequencies[indices[p]]++;
  }
}

export function numberFeatures(frequencies: Int32Array, least: number, most: number, columns: Int32Array): number {
  let kept = 0;
  for (let f = 0; f < frequencies.length; f++) columns[f] = frequencies[f] >= least && frequencies[f] <= most ? kept++ : -1;
  return kept;
}

export function takeCounts(
  { indptr, indices, counts }: CountArrays,
  rowIds: Int32Array | null,
  columns: Int32Array,
  out: TakenCounts,
): number {
  let at = 0;
  for (let i = 0; i + 1 < out.indptr.length; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      const column = columns[indices[p]];
      if (column < 0) continue;
      out.indices[at] = column;
      out.data[at++] = counts ? counts[p] : 1;
    }
    out.indptr[i + 1] = at;
  }
  return at;
}
