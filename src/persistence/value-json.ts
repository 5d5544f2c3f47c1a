/** JSON as it is parsed. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The key that marks an object of the file which stands for something else than a record. */
export const KIND = '$';

/** Deepest nesting of JSON in a model file. */
export const MAX_DEPTH = 400;

/** Lists of at least so many numbers, or texts, go into a tensor. */
export const LONG_LIST = 16;

/** Numbers that JSON has no word for. */
export const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);
