import { DataError } from '../core/errors.ts';
import { type DocumentShare, documentCount } from './document-share.ts';
import { documentFrequencies } from './document-frequencies.ts';
import type { FeatureCounts } from './feature-counts.ts';

/** Which of the features seen become columns. */
export interface VocabularyBounds {
  minDf: DocumentShare;
  maxDf: DocumentShare;
  maxFeatures: number | null;
  /** Rank features for maxFeatures by documents rather than by occurrences. */
  binary: boolean;
}

/** What the rows of a slice teach. */
export interface LearnedVocabulary {
  /** The features that become columns, ascending; null for all. */
  chosen: Int32Array | null;
  /** Per column, the number of documents that have the term. */
  documentFrequency: () => Int32Array;
}

/**
 * Learns the vocabulary from the given rows alone: features that occur in them, within the bounds on the number of
 * documents; of these the maxFeatures most frequent, where equally frequent ones are taken in code-point order.
 * @throws DataError when the rows have no features, when the bounds cross, or when no feature is within them
 */
export function learnVocabulary(owner: string, X: FeatureCounts, rowIds: Int32Array | null, bounds: VocabularyBounds): LearnedVocabulary {
  const documents = rowIds ? rowIds.length : X.indptr.length - 1;
  const { maxFeatures, binary } = bounds;
  const features = X.terms.starts.length - 1;
  let counted: Int32Array | undefined;
  const frequencies = (): Int32Array => (counted ??= documentFrequencies(X, rowIds));
  if (rowIds === null ? features === 0 : !frequencies().some((df) => df > 0)) {
    throw new DataError(
      `${owner}: X must hold at least one term, the vocabulary is empty. Perhaps the documents contain only stop words or blanks, ` +
        'or only tokens that tokenPattern drops.',
    );
  }
  const least = documentCount(bounds.minDf, documents);
  const most = documentCount(bounds.maxDf, documents);
  if (most < least) {
    throw new DataError(
      `${owner}: maxDf must not mean fewer documents than minDf, got ${most} and ${least} of ${documents} documents.${shareHint(bounds)}`,
    );
  }
  // All documents together have every feature.
  if (rowIds === null && least <= 1 && most >= documents && (maxFeatures === null || maxFeatures >= features)) {
    return { chosen: null, documentFrequency: frequencies };
  }
  const kept = frequencies()
    .map((_, f) => f)
    .filter((f) => {
      const df = frequencies()[f];
      return df > 0 && df >= least && df <= most;
    });
  if (kept.length === 0) {
    throw new DataError(
      `${owner}: after pruning no terms remain: none is in at least ${least} and at most ${most} of ${documents} documents. ` +
        `Lower minDf or raise maxDf.${shareHint(bounds)}`,
    );
  }
  const chosen = maxFeatures === null || kept.length <= maxFeatures ? kept : mostFrequent(X, rowIds, kept, maxFeatures, binary, frequencies());
  return { chosen, documentFrequency: () => chosen.map((f) => frequencies()[f]) };
}

function shareHint({ maxDf }: VocabularyBounds): string {
  return maxDf === 1 ? ' maxDf: 1 is one document; all documents are { share: 1 }.' : '';
}

function mostFrequent(
  { indptr, indices, counts }: FeatureCounts,
  rowIds: Int32Array | null,
  kept: Int32Array,
  limit: number,
  binary: boolean,
  documentFrequency: Int32Array,
): Int32Array {
  let total: ArrayLike<number> = documentFrequency;
  if (!binary) {
    const sums = new Float64Array(documentFrequency.length);
    const rows = rowIds ? rowIds.length : indptr.length - 1;
    for (let i = 0; i < rows; i++) {
      const row = rowIds ? rowIds[i] : i;
      for (let p = indptr[row]; p < indptr[row + 1]; p++) sums[indices[p]] += counts[p];
    }
    total = sums;
  }
  return kept
    .slice()
    .sort((a, b) => total[b] - total[a] || a - b)
    .slice(0, limit)
    .sort();
}
