/** Fields that stand for a missing value by default, quoted or not: the list of pandas 3. */
export const defaultNaWords: readonly string[] = [
  '', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>', 'N/A', 'NA', 'NULL', 'NaN',
  'None', 'n/a', 'nan', 'null',
];

/** Whether the bytes from `start` to `end` are one of the words. */
export type NaMatcher = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Compiles a list of words to a test that seldom has to make a string: it first looks whether any word
 * has the field's first byte and its length.
 */
export function naMatcher(words: readonly string[]): NaMatcher {
  const known = new Set(words);
  const blank = known.has('');
  const lengthsByFirstByte = new Int32Array(256);
  for (const word of words) {
    const bytes = Buffer.from(word);
    if (bytes.length > 0) lengthsByFirstByte[bytes[0]] |= lengthBit(bytes.length);
  }
  return (bytes, start, end) => {
    if (start === end) return blank;
    if ((lengthsByFirstByte[bytes[start]] & lengthBit(end - start)) === 0) return false;
    return known.has(bytes.toString('utf8', start, end));
  };
}

/** One bit per length; lengths of 31 and more share one. */
const lengthBit = (length: number): number => 1 << Math.min(length, 31);
