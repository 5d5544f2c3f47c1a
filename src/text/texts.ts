import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';

/** One text per row: an array of strings, or anything else with length and index. */
export type Texts = ArrayLike<string>;

/**
 * @throws DataError unless X is a list of strings; a row that is no string is named.
 */
export function checkTexts(owner: string, X: unknown): asserts X is Texts {
  if (typeof X === 'string') {
    throw new DataError(`${owner}: X must be a list of texts, got one single string ${show(X)}. Write [text] for one document.`);
  }
  if (typeof X !== 'object' || X === null || typeof (X as { length?: unknown }).length !== 'number') {
    throw new DataError(`${owner}: X must be a list of texts, got ${show(X)}. Pass one text column, such as table.strings('content').`);
  }
  const rows = X as ArrayLike<unknown>;
  for (let i = 0; i < rows.length; i++) {
    if (typeof rows[i] !== 'string') {
      throw new DataError(`${owner}: X must hold texts, row ${i} has ${show(rows[i])}. Fill it with "" or drop the row.`);
    }
  }
}
