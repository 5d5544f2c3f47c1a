import { type CompleteAnalyzerOptions, stopWordSet } from './analysis.ts';

/** From tokens to features: what is dropped, and how many tokens make a feature. */
export interface FeatureRecipe {
  /** Equal for equal recipes. */
  readonly key: string;
  readonly unit: 'word' | 'char' | 'char_wb';
  readonly smallest: number;
  readonly largest: number;
  readonly stopWords: ReadonlySet<string> | null;
}

export function featureRecipe({ analyzer, ngramRange, stopWords }: CompleteAnalyzerOptions): FeatureRecipe {
  // A function's tokens are features already.
  if (typeof analyzer === 'function') return { key: 'features', unit: 'word', smallest: 1, largest: 1, stopWords: null };
  const [smallest, largest] = ngramRange;
  const stops = analyzer === 'word' ? stopWordSet(stopWords) : null;
  const key = JSON.stringify([smallest, largest, stops && [...stops].sort()]);
  return { key, unit: analyzer, smallest, largest, stopWords: stops };
}
