import { isMissing, type Cell } from './cells.ts';

const isNumeral = (value: unknown): boolean => typeof value !== 'string' || (value.trim() !== '' && !Number.isNaN(Number(value)));

/**
 * What keeps a column from being numbers: the row of its first text that writes none, or of its first text where all do
 * (`007`); and whether it is a stray among numbers rather than one text of many.
 */
export function firstWord(values: ArrayLike<unknown>): { row: number; isStray: boolean } {
  const texts = Array.from(values, (value, row) => ({ value, row })).filter(({ value }) => typeof value === 'string');
  const words = texts.filter(({ value }) => !isNumeral(value));
  const present = Array.prototype.filter.call(values, (value) => !isMissing(value as Cell)).length;
  return { row: (words[0] ?? texts[0])?.row ?? -1, isStray: words.length > 0 && words.length < present / 2 };
}
