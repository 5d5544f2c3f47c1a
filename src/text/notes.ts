import { compareCodePoints } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { type CompleteAnalyzerOptions, finding, preparation, stopWordSet, unusedOptionNotes } from './analysis.ts';
import { DEFAULT_TOKEN_PATTERN } from './analyzer-options.ts';
import type { WordTally } from './word-tally.ts';

/** From this share of all words on, dropping them is worth a remark. */
const MUCH = 0.2;

/**
 * Remarks for `fitted.notes`: what the options quietly do to these texts. They depend on options and texts alone.
 * scikit-learn warns of the last three; of dropped words it says nothing.
 */
export function analysisNotes(owner: string, options: CompleteAnalyzerOptions, words: WordTally, given: readonly string[] | null): string[] {
  return [
    ...shortWordNotes(owner, options, words),
    ...unusedOptionNotes(owner, options, { tokenPattern: DEFAULT_TOKEN_PATTERN }),
    ...stopWordNotes(owner, options),
    ...upperCaseNotes(owner, options, given),
  ];
}

function shortWordNotes(owner: string, { tokenPattern }: CompleteAnalyzerOptions, { kept, dropped }: WordTally): string[] {
  if (dropped < MUCH * (dropped + kept) || dropped === 0) return [];
  const share = Math.round((100 * dropped) / (dropped + kept));
  return [
    `${owner}: tokenPattern ${show(tokenPattern)} drops ${share}% of the words because they are too short (${dropped} of ${dropped + kept}). ` +
      'Use /\\w+/u to keep words of one character.',
  ];
}

function stopWordNotes(owner: string, options: CompleteAnalyzerOptions): string[] {
  const stopWords = options.analyzer === 'word' ? stopWordSet(options.stopWords) : null;
  // A user's own functions are not called on words they were not made for.
  if (stopWords === null || options.tokenizer !== null || options.preprocessor !== null) return [];
  const preprocess = preparation(owner, options).prepare;
  const tokenize = finding(owner, options.tokenPattern);
  const missed = new Set<string>();
  for (const word of stopWords) for (const token of tokenize(preprocess(word))) if (!stopWords.has(token)) missed.add(token);
  if (missed.size === 0) return [];
  return [
    `${owner}: stopWords are compared with words after preparation and tokenPattern, which make of them words that the list lacks: ` +
      `${showList([...missed].sort(compareCodePoints))}. Add these.`,
  ];
}

function upperCaseNotes(owner: string, { lowercase }: CompleteAnalyzerOptions, given: readonly string[] | null): string[] {
  const upper = lowercase && given?.find((term) => /\p{Lu}/u.test(term));
  return upper ? [`${owner}: vocabulary has upper-case letters (${show(upper)}), which no text has after lowercase.`] : [];
}
