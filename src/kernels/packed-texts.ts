import { decodeAll, encode } from './utf8.ts';

/**
 * Texts as plain data that threads can share: text t is bytes[starts[t]] … bytes[starts[t + 1] − 1] in UTF-8. The
 * order of the bytes is the order of code points. `bytes` may be longer than the texts.
 */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** One more than there are texts. */
  readonly starts: Int32Array;
}

/** Kernels read and write eight bytes at a time, and so beyond the last text. */
export const SLACK = 8;

export function packTexts(texts: readonly string[]): PackedTexts {
  const starts = new Int32Array(texts.length + 1);
  let units = 0;
  for (const text of texts) units += text.length;
  let bytes = new Uint8Array(Math.ceil(units * 1.25) + 64);
  texts.forEach((text, t) => {
    if (bytes.length < starts[t] + text.length * 3 + SLACK) {
      const longer = new Uint8Array(2 * bytes.length + text.length * 3 + SLACK);
      longer.set(bytes);
      bytes = longer;
    }
    starts[t + 1] = starts[t] + encode(text, bytes.subarray(starts[t]));
  });
  return { bytes, starts };
}

export function unpackTexts({ bytes, starts }: PackedTexts): string[] {
  return decodeAll(bytes, starts, starts.length - 1);
}

/** Below 0 where text t comes before text u of other texts, by code point; 0 where both are the same. */
export function comparePacked(a: PackedTexts, t: number, b: PackedTexts, u: number): number {
  const end = a.starts[t + 1];
  const otherEnd = b.starts[u + 1];
  let p = a.starts[t];
  let q = b.starts[u];
  for (; p < end && q < otherEnd; p++, q++) {
    const difference = a.bytes[p] - b.bytes[q];
    if (difference !== 0) return difference;
  }
  return end - p - (otherEnd - q);
}
