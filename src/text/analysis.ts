import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { AnalyzerOptions } from './analyzer-options.ts';
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts';
import type { Int32List } from './int32-list.ts';
import { asRunPattern, PYTHON_SPACES, pythonPattern } from './python-pattern.ts';
import { RunScanner } from './run-scanner.ts';
import { stripAccentsAscii, stripAccentsUnicode } from './strip-accents.ts';
import type { TokenTable } from './token-table.ts';

export type CompleteAnalyzerOptions = Readonly<Required<AnalyzerOptions>>;

/** Words of Python's `str.split()`: runs of what is no white space. */
const WORDS_BETWEEN_SPACES = new RunScanner(asRunPattern('char_wb', /\S+/u)!);

/** The text as the tokenizer gets it: preprocessor, or lowercasing and then stripping accents. */
export function preprocessing(owner: string, options: CompleteAnalyzerOptions): (text: string) => string {
  const { preprocessor, lowercase, stripAccents } = options;
  if (preprocessor !== null) return (text) => asText(owner, 'preprocessor', preprocessor(text));
  const strip = accentStripper(owner, stripAccents);
  if (lowercase) return strip ? (text) => strip(text.toLowerCase()) : (text) => text.toLowerCase();
  return strip ?? ((text) => text);
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

/** Appends the tokens of one raw text to `ids`. @returns how many runs were too short to be tokens */
export type Tokenize = (text: string, table: TokenTable, ids: Int32List) => number;

/**
 * Text → token numbers. A token is a word for 'word', what stands between white space for 'char_wb', one code
 * point for 'char', and a whole feature for an analyzer function. No n-grams yet.
 */
export function tokenizing(owner: string, options: CompleteAnalyzerOptions): Tokenize {
  const { analyzer } = options;
  if (typeof analyzer === 'function') {
    return (text, table, ids) => internAll(owner, 'analyzer', analyzer(text), table, ids);
  }
  const preprocess = preprocessing(owner, options);
  if (analyzer === 'char') return (text, table, ids) => internCharacters(preprocess(text), table, ids);
  if (analyzer === 'char_wb') return (text, table, ids) => WORDS_BETWEEN_SPACES.scan(preprocess(text), table, ids);
  const { tokenizer, tokenPattern } = options;
  if (tokenizer !== null) {
    return (text, table, ids) => internAll(owner, 'tokenizer', tokenizer(preprocess(text)), table, ids);
  }
  const runs = asRunPattern(owner, tokenPattern);
  if (runs) {
    const scanner = new RunScanner(runs);
    return (text, table, ids) => scanner.scan(preprocess(text), table, ids);
  }
  const find = finding(owner, tokenPattern);
  return (text, table, ids) => internAll(owner, 'tokenPattern', find(preprocess(text)), table, ids);
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

function internAll(owner: string, option: string, tokens: Iterable<string>, table: TokenTable, ids: Int32List): number {
  if (typeof tokens === 'string' || typeof (tokens as Partial<Iterable<string>> | null)?.[Symbol.iterator] !== 'function') {
    throw new DataError(`${owner}: ${option} must return a list of tokens, got ${show(tokens)}.`);
  }
  for (const token of tokens) {
    if (typeof token !== 'string') throw new DataError(`${owner}: ${option} must return texts as tokens, got ${show(token)} among them.`);
    ids.push(table.internString(token));
  }
  return 0;
}

function internCharacters(raw: string, table: TokenTable, ids: Int32List): number {
  const text = joinSpaces(raw);
  for (let i = 0; i < text.length; ) {
    const width = (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    ids.push(table.internCodePoint(text, i, width));
    i += width;
  }
  return 0;
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
