import type { Arena } from '../kernels/arena.ts';
import type { TokenLists } from '../kernels/gram-counts.ts';
import { type PackedTexts, packTexts } from '../kernels/packed-texts.ts';

const SPACE = 0x20;

/**
 * The code points of each word with a space on both sides, numbered in order of appearance; the space is 0.
 * @returns the words as letter numbers, in the arena, and the letters by number
 */
export function lettersOfWords(arena: Arena, { bytes, starts }: PackedTexts): { words: TokenLists; letters: PackedTexts } {
  const count = starts.length - 1;
  const offsets = arena.int32(count + 1);
  const ids = arena.int32(starts[count] + 2 * count);
  // Code point → number + 1; most are ASCII.
  const ascii = new Int32Array(0x80);
  const others = new Map<number, number>();
  const letters = [' '];
  ascii[SPACE] = 1;
  let at = 0;
  for (let w = 0, p = 0; w < count; w++) {
    ids[at++] = 0;
    const end = starts[w + 1];
    while (p < end) {
      const a = bytes[p];
      if (a < 0x80) {
        p++;
        if (ascii[a] === 0) ascii[a] = letters.push(String.fromCharCode(a));
        ids[at++] = ascii[a] - 1;
        continue;
      }
      const width = a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
      let c = a & (0xff >> (width + 1));
      for (let k = 1; k < width; k++) c = (c << 6) | (bytes[p + k] & 63);
      p += width;
      let number = others.get(c);
      if (number === undefined) others.set(c, (number = letters.push(String.fromCodePoint(c))));
      ids[at++] = number - 1;
    }
    ids[at++] = 0;
    offsets[w + 1] = at;
  }
  return { words: { offsets, ids: ids.subarray(0, at) }, letters: packTexts(letters) };
}
