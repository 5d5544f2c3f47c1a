import { OptionError } from '../core/errors.ts';

/** Python's `\s`: unlike JavaScript's it has U+001C–U+001F and U+0085, and lacks U+FEFF. */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** The complement of SPACE, for use inside a bracket class, where a class cannot be negated. */
const NOT_SPACE =
  '\\0-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}';

/** Python's `\w`: letters and numbers of every script, and the underscore. Combining marks are not in it. */
const WORD = '_\\p{L}\\p{N}';

/** The complement of WORD by general category; the connector punctuation other than `_` is listed. */
const NOT_WORD =
  '\\p{M}\\p{Z}\\p{C}\\p{S}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f';

/** What each escape becomes outside a bracket class. */
const OUTSIDE: Readonly<Record<string, string>> = {
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  b: `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
  B: `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`,
};

/** What each escape becomes inside a bracket class; `\b` stays the backspace that it is there. */
const INSIDE: Readonly<Record<string, string>> = {
  w: WORD,
  W: NOT_WORD,
  s: SPACE,
  S: NOT_SPACE,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
};

/** Escapes that the u flag allows; a backslash before any other sign is superfluous, and an error there. */
const ESCAPABLE = /[\p{L}\p{N}^$\\.*+?()[\]{}|/-]/u;

/** White space as Python sees it, as `str.split()` and `\s` do. */
export const PYTHON_SPACE = new RegExp(`[${SPACE}]`, 'u');

/** Two or more white-space characters in a row, as Python sees them. */
export const PYTHON_SPACES = new RegExp(`[${SPACE}]{2,}`, 'gu');

/**
 * The source of a pattern with `\w \W \s \S \d \D \b \B` given their Unicode meaning in Python.
 * JavaScript's own are ASCII, also with the u flag. What the i flag makes equal stays JavaScript's: it tells ı from i.
 */
function pythonSource(source: string): string {
  let result = '';
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (c === '\\') {
      const next = source[++i];
      const meaning = (inClass ? INSIDE : OUTSIDE)[next];
      if (meaning !== undefined) result += meaning;
      else if (!ESCAPABLE.test(next) && !/[\ud800-\udfff]/.test(next)) result += next;
      else if (next === '-' && !inClass) result += '-';
      else result += c + next;
      continue;
    }
    if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    result += c;
  }
  return result;
}

/** How many capturing groups a pattern has. */
export function groupCount(pattern: RegExp): number {
  const flags = pattern.flags.replace(/[gy]/g, '');
  return (new RegExp(`${pattern.source}|`, flags).exec('') as RegExpExecArray).length - 1;
}

/** A copy of the pattern that finds what Python's `re` finds for it; always global and by code point. */
export function pythonPattern(owner: string, pattern: RegExp): RegExp {
  return compile(owner, pattern, pythonSource(pattern.source), 'g');
}

function compile(owner: string, pattern: RegExp, source: string, extraFlag: string): RegExp {
  const flags = pattern.flags.replace(/[gydu]/g, '') + (pattern.flags.includes('v') ? '' : 'u') + extraFlag;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new OptionError(
      `${owner}: tokenPattern must be valid with the u flag, got ${String(pattern)} (${(error as Error).message}). Write it with the u flag.`,
    );
  }
}

/** A pattern that finds maximal runs of one class of characters. */
export interface RunPattern {
  /** Matches one character of the class. */
  member: RegExp;
  /** Shorter runs, counted in code points, are passed over. */
  minLength: number;
}

const ATOM = /^(?:\\[wdS]|\[(?:[^\]\\[]|\\[^])+\])/;

/**
 * The pattern as runs of one class, such as `\w+`, `\b\w\w+\b`, `[a-z']{3,}`, or null when it is
 * anything else. Runs can be found without a regular expression engine.
 */
export function asRunPattern(owner: string, pattern: RegExp): RunPattern | null {
  let rest = pattern.source;
  const group = /^\((?:\?:)?([^()]*)\)$/.exec(rest);
  if (group) rest = group[1];
  const boundaries = /^\\b|\\b$/.test(rest);
  rest = rest.replace(/^\\b/, '').replace(/\\b$/, '');
  const atom = ATOM.exec(rest)?.[0];
  // A word boundary around another class would cut runs of it short.
  if (atom === undefined || pattern.flags.includes('v') || (boundaries && atom !== '\\w')) return null;
  let minLength = 0;
  while (rest.startsWith(atom)) {
    rest = rest.slice(atom.length);
    minLength++;
  }
  const counted = /^\{(\d+),\}$/.exec(rest);
  if (counted) minLength += Number(counted[1]) - 1;
  else if (rest === '*') minLength--;
  else if (rest !== '+') return null;
  return minLength < 1 ? null : { member: compile(owner, pattern, pythonSource(atom), ''), minLength };
}
