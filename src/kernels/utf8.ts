const encoder = new TextEncoder();

/** Writes a text if it is ASCII throughout; `bytes` must have room for one byte per UTF-16 unit. @returns whether it was */
export function encodeAscii(text: string, bytes: Uint8Array): boolean {
  const { read, written } = encoder.encodeInto(text, bytes);
  return read === text.length && written === text.length;
}

/**
 * Writes a text as UTF-8 and returns its length in bytes; `bytes` must have room for three per UTF-16 unit.
 * Half a surrogate pair is written as the three bytes of its number, so that every text can be read back as it was.
 */
export function encode(text: string, bytes: Uint8Array): number {
  if (isWellFormed(text)) return encoder.encodeInto(text, bytes).written;
  let at = 0;
  for (const character of text) {
    const c = character.codePointAt(0) as number;
    if (c < 0xd800 || c > 0xdfff) {
      at += encoder.encodeInto(character, bytes.subarray(at)).written;
      continue;
    }
    bytes[at++] = 0xe0 | (c >> 12);
    bytes[at++] = 0x80 | ((c >> 6) & 63);
    bytes[at++] = 0x80 | (c & 63);
  }
  return at;
}

/** The texts at bytes[starts[t]] … bytes[starts[t + 1] − 1], as `encode` wrote them. */
export function decodeAll(bytes: Uint8Array, starts: Int32Array, count: number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // One character per byte: right for ASCII, and cut from one string rather than made one by one.
  const characters = buffer.toString('latin1', 0, starts[count]);
  const texts: string[] = [];
  for (let t = 0, at = 0; t < count; t++) {
    const end = starts[t + 1];
    let all = 0;
    for (; at < end; at++) all |= buffer[at];
    texts.push(all < 0x80 ? characters.slice(starts[t], end) : decode(buffer, starts[t], end));
  }
  return texts;
}

/** The bytes of half a surrogate pair, one character per byte. */
const HALF_PAIR = /\xed[\xa0-\xbf]/;

function decode(buffer: Buffer, from: number, to: number): string {
  if (!HALF_PAIR.test(buffer.toString('latin1', from, to))) return buffer.toString('utf8', from, to);
  let text = '';
  for (let at = from; at < to; ) {
    const a = buffer[at];
    const width = a < 0x80 ? 1 : a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
    const isHalf = a === 0xed && buffer[at + 1] >= 0xa0;
    text += isHalf
      ? String.fromCharCode(0xd000 | ((buffer[at + 1] & 63) << 6) | (buffer[at + 2] & 63))
      : buffer.toString('utf8', at, at + width);
    at += width;
  }
  return text;
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
