import { withArena } from '../kernels/arena.ts';
import type { CompleteAnalyzerOptions } from './analysis.ts';
import { AnalyzedTexts, type TextsLike } from './analyzed-texts.ts';
import { countFeatures } from './count-features.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { featureRecipe } from './feature-recipe.ts';
import { readCorpus } from './read-corpus.ts';
import { type WordTally, wordTally } from './word-tally.ts';

/** Counted features of documents, of which some may be meant. */
export interface CountedTexts {
  features: FeatureCounts;
  /** Which documents are meant; null for all, in order. */
  rowIds: Int32Array | null;
  /** Number of documents meant. */
  rows: number;
  words: WordTally;
  /** Whether the arrays of `features` lie in an arena, so that what is to last must be copied. */
  isLent: boolean;
}

/**
 * Counts the features of X for `work`: of texts in one go, keeping nothing; of texts analyzed before, once for all
 * slices of them.
 */
export function withCountedTexts<Result>(
  owner: string,
  X: TextsLike,
  options: CompleteAnalyzerOptions,
  work: (counted: CountedTexts) => Result,
): Result {
  if (X instanceof AnalyzedTexts) {
    const { corpus, rowIds, rows } = X;
    return work({ features: X.featureCounts(owner, options), rowIds, rows, words: wordTally(corpus, rowIds), isLent: false });
  }
  return withArena((arena) => {
    const corpus = readCorpus(owner, X, options, arena);
    const features = countFeatures(arena, corpus, featureRecipe(options));
    return work({ features, rowIds: null, rows: X.length, words: wordTally(corpus, null), isLent: true });
  });
}
