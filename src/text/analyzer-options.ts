import { custom, choice, flag, type Rule, type Rules } from '../core/rules.ts';
import { groupCount } from './python-pattern.ts';

/** How a text becomes features: the options that all vectorizers share. */
export interface AnalyzerOptions {
  /**
   * What a feature is made of: words; characters of the whole text; characters of each word, padded with a space
   * on both sides (`'char_wb'`); or a function from the raw text to its features, which replaces all other
   * options here. Default 'word'.
   */
  analyzer?: 'word' | 'char' | 'char_wb' | ((text: string) => Iterable<string>);
  /** Smallest and largest number of tokens in one feature, both included. Words are joined by one space. Default [1, 1]. */
  ngramRange?: readonly [smallest: number, largest: number];
  /**
   * What a word is: every match is a token, or its group when the pattern has one; more than one group is an error.
   * `\w \d \s \b` and their negations mean what they mean in Python: letters and digits of every script.
   * Default `/\b\w\w+\b/u`: two or more letters, digits or underscores, so that single characters are dropped;
   * `/\w+/u` keeps them. Used by the word analyzer only, unless `tokenizer` is given.
   */
  tokenPattern?: RegExp;
  /** Lowercase the text first. Default true. */
  lowercase?: boolean;
  /**
   * After lowercasing: 'unicode' decomposes and drops combining marks, 'ascii' decomposes and drops whatever is not
   * ASCII, a function does what it likes. Default null: accents stay.
   */
  stripAccents?: 'ascii' | 'unicode' | ((text: string) => string) | null;
  /** Words to drop before n-grams are formed: a list, or 'english'. Word analyzer only. Default null: none. */
  stopWords?: 'english' | readonly string[] | ReadonlySet<string> | null;
  /** Takes the place of lowercasing and stripping accents. Default null. */
  preprocessor?: ((text: string) => string) | null;
  /** Takes the place of tokenPattern: from a preprocessed text to its words. Word analyzer only. Default null. */
  tokenizer?: ((text: string) => Iterable<string>) | null;
}

/** tokenPattern when none is given. */
export const DEFAULT_TOKEN_PATTERN = /\b\w\w+\b/u;

const isFunction = (v: unknown): boolean => typeof v === 'function';

const functionOrNull = <T>(expected: string): Rule<T | null> =>
  custom<T | null>(null, `${expected}, or null`, (v) => v === null || isFunction(v), 'none');

/** Whether a value is a list or a Set of strings. */
function isWordList(value: unknown): boolean {
  return (Array.isArray(value) || value instanceof Set) && [...value].every((word) => typeof word === 'string');
}

/** Rules of the options that all vectorizers share. */
export const analyzerRules: Rules<AnalyzerOptions> = {
  analyzer: custom(
    'word',
    "'word', 'char', 'char_wb' or a function",
    (v) => v === 'word' || v === 'char' || v === 'char_wb' || isFunction(v),
    'letters',
  ),
  ngramRange: custom(
    [1, 1],
    'two whole numbers [smallest, largest] with 1 ≤ smallest ≤ largest',
    (v) => Array.isArray(v) && v.length === 2 && v.every((n) => Number.isInteger(n) && n >= 1) && v[0] <= v[1],
    [2, 1],
  ),
  tokenPattern: custom(
    DEFAULT_TOKEN_PATTERN,
    'a RegExp with at most one capturing group and without the y flag',
    (v) => v instanceof RegExp && !v.sticky && groupCount(v) <= 1,
    /(a)(b)/u,
  ),
  lowercase: flag(true),
  stripAccents: custom(
    null,
    "'ascii', 'unicode', a function or null",
    (v) => choice(null, ['ascii', 'unicode', null]).accepts(v) || isFunction(v),
    'latin',
  ),
  stopWords: custom(null, "'english', a list of words or null", (v) => v === null || v === 'english' || isWordList(v), 'french'),
  preprocessor: functionOrNull('a function from text to text'),
  tokenizer: functionOrNull('a function from text to words'),
};
