import type { PackedTexts } from '../kernels/packed-texts.ts';

/** A set of documents as numbers: plain data, shared by all slices of it and by threads, and never changed. */
export interface Corpus {
  /** The options that made the tokens; see analysisSignature. */
  readonly signature: readonly unknown[];
  /** Distinct tokens; a token's number is its position. */
  readonly terms: PackedTexts;
  /** Token numbers of all documents, one after the other. */
  readonly ids: Int32Array;
  /** Document i's tokens are at ids[offsets[i]] … ids[offsets[i + 1] − 1]. */
  readonly offsets: Int32Array;
  /** Per document, how many runs tokenPattern passed over because they were too short. */
  readonly tooShort: Int32Array;
}
