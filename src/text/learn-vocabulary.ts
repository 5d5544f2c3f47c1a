import { DataError } from '../core/errors.ts';
import { withArena } from '../kernels/arena.ts';
import { numberFeatures } from '../kernels/document-counts.ts';
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
  /** Feature → column, ascending, −1 for those that do not become one; null where features are columns. */
  columns: Int32Array | null;
  /** Number of columns. */
  length: number;
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
  if (rowIds === null ? features === 0 : rowIds.every((row) => X.indptr[row] === X.indptr[row + 1])) {
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
    return { columns: null, length: features, documentFrequency: frequencies };
  }
  const within = numberWithin(frequencies(), Math.max(1, Math.ceil(least)), Math.floor(Math.min(most, documents)));
  if (within.length === 0) {
    throw new DataError(
      `${owner}: after pruning no terms remain: none is in at least ${least} and at most ${most} of ${documents} documents. ` +
        `Lower minDf or raise maxDf.${shareHint(bounds)}`,
    );
  }
  const { columns, length } =
    maxFeatures === null || within.length <= maxFeatures ? within : mostFrequent(X, rowIds, within, maxFeatures, binary ? frequencies() : null);
  return { columns, length, documentFrequency: () => frequencies().filter((_, f) => columns[f] >= 0) };
}

/** Features that some documents have, numbered. */
interface NumberedFeatures {
  /** Feature → its number, −1 for those left out. */
  columns: Int32Array;
  length: number;
}

function numberWithin(frequencies: Int32Array, least: number, most: number): NumberedFeatures {
  return withArena((arena) => {
    const columns = arena.int32(frequencies.length);
    const length = numberFeatures(arena.copyInt32(frequencies), least, most, columns);
    return { columns: columns.slice(), length };
  });
}

function shareHint({ maxDf }: VocabularyBounds): string {
  return maxDf === 1 ? ' maxDf: 1 is one document; all documents are { share: 1 }.' : '';
}

/** Of the numbered features the most frequent ones. @param documentFrequency what to go by; null for occurrences */
function mostFrequent(
  { indptr, indices, counts }: FeatureCounts,
  rowIds: Int32Array | null,
  { columns, length }: NumberedFeatures,
  limit: number,
  documentFrequency: Int32Array | null,
): NumberedFeatures {
  let total: ArrayLike<number>;
  if (documentFrequency) {
    total = documentFrequency;
  } else {
    const sums = new Float64Array(columns.length);
    const rows = rowIds ? rowIds.length : indptr.length - 1;
    for (let i = 0; i < rows; i++) {
      const row = rowIds ? rowIds[i] : i;
      for (let p = indptr[row]; p < indptr[row + 1]; p++) sums[indices[p]] += counts[p];
    }
    total = sums;
  }
  const taken = featuresByColumn(columns, length)
    .sort((a, b) => total[b] - total[a] || a - b)
    .subarray(0, limit)
    .sort();
  columns.fill(-1);
  for (let col = 0; col < taken.length; col++) columns[taken[col]] = col;
  return { columns, length: taken.length };
}

/** Column → its feature. */
function featuresByColumn(columns: Int32Array, length: number): Int32Array {
  const features = new Int32Array(length);
  for (let f = 0; f < columns.length; f++) if (columns[f] >= 0) features[columns[f]] = f;
  return features;
}
