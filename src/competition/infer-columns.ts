import { CompetitionError } from '../core/errors.ts';
import { show, showList } from '../core/show.ts';
import type { Table } from '../table/table.ts';
import type { Conclusion } from './conclusion.ts';

/** What the columns of a table are good for. */
export interface ColumnRoles {
  numbers: string[];
  /** Words of one kind each: categories. */
  words: string[];
  /** A few words that describe: names, titles. */
  phrases: string[];
  /** Sentences. */
  texts: string[];
  dates: string[];
}

/** Words a value, on average, from which on a text is a phrase, and from which on it is a text. */
const PHRASE = 2.5;
const TEXT = 8;
/** Share of numbers from which on the other values of a column of words look like gaps or slips. */
const MOSTLY = 0.9;

/** @throws CompetitionError where no column is good for anything */
export function inferColumns(table: Table): { roles: ColumnRoles; conclusions: Conclusion[] } {
  const roles: ColumnRoles = { numbers: [], words: [], phrases: [], texts: [], dates: [] };
  const leftOut: Record<string, string[]> = {};
  const mixed: Conclusion[] = [];
  const leave = (why: string, name: string): void => void (leftOut[why] = [...(leftOut[why] ?? []), name]);
  for (const name of table.names) {
    const values = table.column(name).toArray().filter((value) => value !== null && !Number.isNaN(value));
    const distinct = new Set(values).size;
    const kind = table.kind(name);
    if (values.length === 0) leave('no value in any row', name);
    else if (distinct === 1 && values.length === table.rows) leave('the same value in every row', name);
    else if (kind === 'number' || kind === 'boolean') roles.numbers.push(name);
    else if (kind === 'date') roles.dates.push(name);
    else {
      const words = wordsOf(values as string[]);
      const others = (values as string[]).filter((value) => !isNumber(value));
      if (others.length > 0 && others.length <= (1 - MOSTLY) * values.length) {
        mixed.push({ about: 'look at', value: name, why: `${values.length - others.length} of ${values.length} values are numbers, but not ${showList([...new Set(others)].map((value) => show(value)), 3)}, so that all are taken for words; empty what stands for a gap` });
      }
      if (areSentences(values as string[])) roles.texts.push(name);
      else if (words >= PHRASE && distinct > values.length / 4) roles.phrases.push(name);
      else if (distinct === table.rows) leave('another word in every row, which says nothing of other rows', name);
      else roles.words.push(name);
    }
  }
  const why: Record<keyof ColumnRoles, string> = {
    numbers: 'gaps filled with the median, scaled',
    words: 'one of some words: a column for each, rare ones joined',
    phrases: 'a few words that describe: counted',
    texts: 'sentences: their words and pairs, weighted by how rare they are',
    dates: 'taken apart into year, month, weekday and so on',
  };
  const used = (Object.keys(roles) as (keyof ColumnRoles)[]).filter((role) => roles[role].length > 0);
  if (used.length === 0) throw new CompetitionError(`refit new: at least one column must be of use, got ${showList(table.names, 10)}: ${Object.keys(leftOut).join('; ')}.`);
  return {
    roles,
    conclusions: [
      ...used.map((role) => ({ about: role, value: showList(roles[role], 6), why: why[role] })),
      ...mixed,
      ...Object.entries(leftOut).map(([reason, names]) => ({ about: 'left out', value: showList(names, 6), why: reason })),
    ],
  };
}

const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));

/** Whether texts are sentences, rather than words of one kind or a few that describe. */
export const areSentences = (values: readonly string[]): boolean => wordsOf(values) >= TEXT;

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
/** A word; where a script has no blanks between words, two letters count as one. */
const WORD = new RegExp(`[${UNSPACED}]{1,2}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');

/** Words a value, on average over the first thousand. */
function wordsOf(values: readonly string[]): number {
  const some = values.slice(0, 1000);
  return some.reduce((sum, value) => sum + (value.match(WORD)?.length ?? 0), 0) / some.length;
}

/** Whether texts are written without blanks between words, for the most part: Chinese, Japanese, Thai. */
export function areUnspaced(values: readonly string[]): boolean {
  const text = values.slice(0, 1000).join('');
  const letters = (pattern: string): number => text.match(new RegExp(pattern, 'gu'))?.length ?? 0;
  return letters(`[${UNSPACED}]`) > letters('\\p{L}') / 2;
}
