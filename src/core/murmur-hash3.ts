const encoder = new TextEncoder();

/**
 * MurmurHash3 (x86, 32 bit) of a text's UTF-8 bytes, as a signed integer.
 * Source: Austin Appleby, MurmurHash3 (public domain). Counterpart: sklearn.utils.murmurhash3_32.
 */
export function murmurHash3(text: string, seed = 0): number {
  const bytes = encoder.encode(text);
  const { length } = bytes;
  const whole = length & ~3;
  let h = seed | 0;
  for (let i = 0; i < whole; i += 4) {
    const k = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    h ^= scramble(k);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = length - 1; i >= whole; i--) tail = (tail << 8) | bytes[i];
  // A tail of nothing scrambles to 0 and changes nothing.
  h ^= scramble(tail);
  h ^= length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function scramble(k: number): number {
  const mixed = Math.imul(k, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
