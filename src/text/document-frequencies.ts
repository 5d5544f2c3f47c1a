import { withArena } from '../kernels/arena.ts';
import { addDocumentFrequencies } from '../kernels/document-counts.ts';
import type { FeatureCounts } from './feature-counts.ts';

/** Per feature, the number of documents that have it. @param rowIds documents to look at; null for all */
export function documentFrequencies({ terms, indptr, indices }: FeatureCounts, rowIds: Int32Array | null): Int32Array {
  return withArena((arena) => {
    const frequencies = arena.int32(terms.starts.length - 1);
    const X = { indptr: arena.heldInt32(indptr), indices: arena.heldInt32(indices), counts: null };
    addDocumentFrequencies(X, rowIds && arena.copyInt32(rowIds), frequencies);
    return frequencies.slice();
  });
}
