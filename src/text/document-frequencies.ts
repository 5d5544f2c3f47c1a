import type { FeatureCounts } from './feature-counts.ts';

/** Per feature, the number of documents that have it. @param rowIds documents to look at; null for all */
export function documentFrequencies({ terms, indptr, indices }: FeatureCounts, rowIds: Int32Array | null): Int32Array {
  const frequencies = new Int32Array(terms.starts.length - 1);
  if (rowIds === null) {
    for (let p = 0; p < indices.length; p++) frequencies[indices[p]]++;
    return frequencies;
  }
  for (const row of rowIds) for (let p = indptr[row]; p < indptr[row + 1]; p++) frequencies[indices[p]]++;
  return frequencies;
}
