import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { Preparation } from '../kernels/marked-texts.ts';
import type { AnalyzerOptions } from './analyzer-options.ts';
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts';
import { PYTHON_SPACES, pythonPattern } from './python-pattern.ts';
import { stripAccentsAscii, stripAccentsUnicode } from './strip-accents.ts';

export type CompleteAnalyzerOptions = Readonly<Required<AnalyzerOptions>>;

/** From a raw text to what the tokenizer gets: preprocessor, or lowercasing and then stripping accents. */
export function preparation(owner: string, options: CompleteAnalyzerOptions): Preparation {
  const { preprocessor, lowercase, stripAccents } = options;
  if (preprocessor !== null) return { prepare: (text) => asText(owner, 'preprocessor', preprocessor(text)), onAscii: null };
  const strip = accentStripper(owner, stripAccents);
  const onAscii = typeof stripAccents === 'function' ? null : lowercase ? 'lower' : 'keep';
  if (lowercase) return { prepare: strip ? (text) => strip(text.toLowerCase()) : (text) => text.toLowerCase(), onAscii };
  return { prepare: strip ?? ((text) => text), onAscii };
}

function accentStripper(owner: string, stripAccents: CompleteAnalyzerOptions['stripAccents']): ((text: string) => string) | null {
  if (stripAccents === null) return null;
  if (stripAccents === 'ascii') return stripAccentsAscii;
  if (stripAccents === 'unicode') return stripAccentsUnicode;
  return (text) => asText(owner, 'stripAccents', stripAccents(text));
}

function asText(owner: string, option: string, result: unknown): string {
  if (typeof result === 'string') return result;
  throw new DataError(`${owner}: ${option} must return a text, got ${show(result)}.`);
}

/** The stop words in force: null when there are none or when the analyzer does not use them. */
export function stopWordSet(stopWords: AnalyzerOptions['stopWords']): ReadonlySet<string> | null {
  if (stopWords == null) return null;
  return stopWords === 'english' ? ENGLISH_STOP_WORDS : new Set(stopWords);
}

/** What Python's `re.findall` returns: matches, or the group's text where the pattern has one ('' if it took no part). */
export function finding(owner: string, tokenPattern: RegExp): (text: string) => string[] {
  const pattern = pythonPattern(owner, tokenPattern);
  const hasGroup = new RegExp(`${pattern.source}|`, pattern.flags.replace('g', '')).exec('')!.length > 1;
  if (!hasGroup) return (text) => text.match(pattern) ?? [];
  return (text) => Array.from(text.matchAll(pattern), (match) => match[1] ?? '');
}

/** Python's `char` analyzer makes one space of every run of white space, but leaves a single tab or newline. */
export function joinSpaces(text: string): string {
  return text.replace(PYTHON_SPACES, ' ');
}

/**
 * The options that decide the tokens of a text, as values to be compared one by one. n-grams and stop words are
 * applied to tokens later, so that vectorizers that differ only in those can share one analysis.
 */
export function analysisSignature(options: CompleteAnalyzerOptions): readonly unknown[] {
  const { analyzer, preprocessor, lowercase, stripAccents, tokenizer, tokenPattern } = options;
  if (typeof analyzer === 'function') return [analyzer];
  const preprocessed = preprocessor === null ? [lowercase, stripAccents] : [preprocessor, null];
  if (analyzer !== 'word') return [analyzer, ...preprocessed];
  return [analyzer, ...preprocessed, tokenizer ?? String(tokenPattern)];
}

/** Options that a user set but that have no effect beside the others, one sentence each. */
export function unusedOptionNotes(owner: string, options: CompleteAnalyzerOptions, defaults: { tokenPattern: RegExp }): string[] {
  const { analyzer, tokenizer, tokenPattern, stopWords, preprocessor, ngramRange } = options;
  const patternGiven = String(tokenPattern) !== String(defaults.tokenPattern);
  const notes: string[] = [];
  const unused = (name: string, because: string): void => {
    notes.push(`${owner}: ${name} has no effect, since ${because}.`);
  };
  if (typeof analyzer === 'function') {
    if (preprocessor !== null) unused('preprocessor', 'analyzer is a function');
    if (ngramRange[0] !== 1 || ngramRange[1] !== 1) unused('ngramRange', 'analyzer is a function');
  }
  if (analyzer !== 'word') {
    const because = typeof analyzer === 'function' ? 'analyzer is a function' : `analyzer is '${analyzer}'`;
    if (stopWords !== null) unused('stopWords', because);
    if (patternGiven) unused('tokenPattern', because);
    if (tokenizer !== null) unused('tokenizer', because);
  } else if (tokenizer !== null && patternGiven) {
    unused('tokenPattern', 'tokenizer takes its place');
  }
  return notes;
}
