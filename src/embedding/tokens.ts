import { DataError } from '../core/errors.ts';
import { custom, flag, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';

/** One text or one list of tokens per row. */
export type TextsOrTokens = ArrayLike<string | readonly string[]>;

/** How texts become tokens; token lists are taken as they are. */
export interface TokenOptions {
  /** What a token is: every match. Default `/[\p{L}\p{N}_]{2,}/gu`, two or more letters, digits or underscores. */
  tokenPattern?: RegExp;
  /** Lowercase the text first. Default true. */
  lowercase?: boolean;
}

export const tokenRules: Rules<TokenOptions> = {
  tokenPattern: custom<RegExp>(/[\p{L}\p{N}_]{2,}/gu, 'a RegExp without the y flag', (v) => v instanceof RegExp && !v.sticky, 'words'),
  lowercase: flag(true),
};

/**
 * The tokens of each row.
 * @throws DataError for a single string, or a row that is neither a text nor a list of texts
 */
export function tokensOf(owner: string, X: TextsOrTokens, { tokenPattern, lowercase }: Required<TokenOptions>): (readonly string[])[] {
  if (typeof X === 'string') throw new DataError(`${owner}: X must be a list of texts, got one single string ${show(X)}. Write [text] for one document.`);
  if (typeof X !== 'object' || X === null || typeof X.length !== 'number') {
    throw new DataError(`${owner}: X must be a list of texts or of token lists, got ${show(X)}.`);
  }
  const pattern = new RegExp(tokenPattern.source, tokenPattern.flags.includes('g') ? tokenPattern.flags : `${tokenPattern.flags}g`);
  return Array.from(X, (row, i) => {
    if (typeof row === 'string') return (lowercase ? row.toLowerCase() : row).match(pattern) ?? [];
    const wrong = Array.isArray(row) ? row.find((token: unknown) => typeof token !== 'string') : row;
    if (wrong === undefined) return row;
    throw new DataError(`${owner}: X must hold texts or lists of tokens, row ${i} has ${show(wrong)}. Fill it with "" or drop the row.`);
  });
}
