import { isAscii } from 'node:buffer';
import type { CsvTexts } from './csv-share.ts';
import { naMatcher } from './na-words.ts';

/** Rows that one part of a column holds: which part, its first text there, and how many. */
export interface TextRun {
  part: number;
  from: number;
  count: number;
}

/** Longest string that V8 makes. */
const LONGEST_STRING = 2 ** 29 - 24;

/** The texts of a column as strings, null for NA words. Pieces of one string are cheaper than decoding each text, where a byte is a character. */
export function cutTexts(parts: readonly CsvTexts[], runs: readonly TextRun[], naWords: readonly string[]): (string | null)[] {
  const isMissing = naMatcher(naWords);
  const buffers = parts.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const wholes = buffers.map((bytes) => (bytes.length < LONGEST_STRING && isAscii(bytes) ? bytes.toString('latin1') : undefined));
  const values: (string | null)[] = [];
  for (const { part, from, count } of runs) {
    const { ends } = parts[part];
    const [bytes, whole] = [buffers[part], wholes[part]];
    let start = from === 0 ? 0 : ends[from - 1];
    for (let i = from; i < from + count; i++) {
      const end = ends[i];
      if (isMissing(bytes, start, end)) values.push(null);
      else values.push(whole === undefined ? bytes.toString('utf8', start, end) : whole.slice(start, end));
      start = end;
    }
  }
  return values;
}
