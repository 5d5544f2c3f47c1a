import type { PackedTexts } from '../kernels/packed-texts.ts';
import { sharedInt32, sharedTexts } from './lasting.ts';

/**
 * How often every feature occurs in every document, in compressed sparse rows with ascending columns. Plain data;
 * every feature occurs in some document.
 */
export interface FeatureCounts {
  /** All features of the documents by column, ascending by code point. */
  readonly terms: PackedTexts;
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly counts: Int32Array;
}

/** Counts that outlive the arena they were made in, in memory that threads share. */
export function lastingCounts({ terms, indptr, indices, counts }: FeatureCounts): FeatureCounts {
  return { terms: sharedTexts(terms), indptr: sharedInt32(indptr), indices: sharedInt32(indices), counts: sharedInt32(counts) };
}
