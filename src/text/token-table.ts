import { grown } from './int32-list.ts';

/**
 * Gives every distinct token a number, 0, 1, 2, … in order of appearance. Tokens are compared where they
 * stand in the text, by UTF-16 unit, so that an occurrence costs no string; the strings are built once, at
 * the end, by `terms`.
 */
export class TokenTable {
  size = 0;
  /** Units of all tokens, one after the other; token t is at starts[t] … starts[t + 1] − 1. */
  #units = new Uint16Array(1 << 14);
  #starts = new Int32Array(1 << 11);
  #hashes = new Int32Array(1 << 11);
  /** Open addressing: token + 1, or 0 where free. */
  #slots = new Int32Array(1 << 12);
  /** Token + 1 of a single unit; made when code points are interned. */
  #single: Int32Array | undefined;

  /** The number of `text.slice(start, end)`, whose hash is that of `hashUnits`. */
  intern(text: string, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    const length = end - start;
    let at = hash & mask;
    for (;;) {
      const token = this.#slots[at] - 1;
      if (token < 0) return this.#add(text, start, length, hash, at);
      if (this.#hashes[token] === hash) {
        const from = this.#starts[token];
        if (this.#starts[token + 1] - from === length) {
          let k = 0;
          while (k < length && this.#units[from + k] === text.charCodeAt(start + k)) k++;
          if (k === length) return token;
        }
      }
      at = (at + 1) & mask;
    }
  }

  /** The number of a whole string. */
  internString(token: string): number {
    let hash = HASH_START;
    for (let i = 0; i < token.length; i++) hash = hashStep(hash, token.charCodeAt(i));
    return this.intern(token, 0, token.length, hashEnd(hash));
  }

  /** The number of the one code point at `start`, `width` units wide; units below 2^16 are looked up directly. */
  internCodePoint(text: string, start: number, width: number): number {
    const unit = text.charCodeAt(start);
    if (width === 1) {
      this.#single ??= new Int32Array(0x10000);
      if (this.#single[unit] > 0) return this.#single[unit] - 1;
    }
    let hash = hashStep(HASH_START, unit);
    if (width === 2) hash = hashStep(hash, text.charCodeAt(start + 1));
    const token = this.intern(text, start, start + width, hashEnd(hash));
    if (width === 1) this.#single![unit] = token + 1;
    return token;
  }

  /** The distinct tokens by number. */
  terms(): string[] {
    const terms: string[] = [];
    for (let t = 0; t < this.size; t++) terms.push(this.#term(this.#starts[t], this.#starts[t + 1]));
    return terms;
  }

  /** In pieces: a call takes only so many arguments. */
  #term(start: number, end: number): string {
    let term = '';
    for (let at = start; at < end; at += 4096) {
      term += String.fromCharCode.apply(null, this.#units.subarray(at, Math.min(end, at + 4096)) as unknown as number[]);
    }
    return term;
  }

  #add(text: string, start: number, length: number, hash: number, at: number): number {
    const token = this.size++;
    if (this.size >= this.#starts.length) {
      this.#starts = grown(this.#starts, this.#starts.length * 2);
      this.#hashes = grown(this.#hashes, this.#hashes.length * 2);
    }
    const from = this.#starts[token];
    if (from + length > this.#units.length) {
      const longer = new Uint16Array(Math.max(this.#units.length * 2, from + length));
      longer.set(this.#units);
      this.#units = longer;
    }
    for (let k = 0; k < length; k++) this.#units[from + k] = text.charCodeAt(start + k);
    this.#starts[token + 1] = from + length;
    this.#hashes[token] = hash;
    this.#slots[at] = token + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return token;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let token = 0; token < this.size; token++) {
      let at = this.#hashes[token] & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = token + 1;
    }
    this.#slots = slots;
  }
}

/** Hash of a token's units, one `hashStep` each from HASH_START and `hashEnd` at the end (FNV-1a with a last mix). */
export const HASH_START = 0x811c9dc5 | 0;

export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

export function hashEnd(hash: number): number {
  return hash ^ (hash >>> 15);
}
