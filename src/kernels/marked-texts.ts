import type { Arena } from './arena.ts';
import type { CharacterClass } from './character-class.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/words.ts';
import { decodeAll, encode, encodeAscii } from './utf8.ts';

/** What is done to a text before its words are found. */
export interface Preparation {
  readonly prepare: (text: string) => string;
  /** What `prepare` does to a text that is ASCII throughout, which is then done without it; null for anything else. */
  readonly onAscii: 'keep' | 'lower' | null;
}

/** Bytes of texts that are taken together: they stay in the second-level cache. */
const FULL = 1 << 16;
/** Most texts that are taken together. */
const MOST = 1 << 12;

/** Some texts in UTF-8, with one bit per byte that belongs to a word. */
export class MarkedTexts {
  readonly #arena: Arena;
  readonly #class: CharacterClass;
  readonly #preparation: Preparation;
  /** Per text, where it begins in `bytes`, a multiple of 64, and its length. */
  readonly #spans: Int32Array;
  bytes: Uint8Array;
  bits: Uint8Array;
  count = 0;
  /** Bytes of all texts, and where the next one goes. */
  length = 0;
  #end = 0;

  constructor(arena: Arena, members: CharacterClass, preparation: Preparation) {
    this.#arena = arena;
    this.#class = members;
    this.#preparation = preparation;
    this.#spans = arena.int32(2 * MOST);
    this.bytes = arena.uint8(1 << 12);
    this.bits = arena.uint8((1 << 9) + 32);
  }

  /** Two numbers per text. */
  get spans(): Int32Array {
    return this.#spans.subarray(0, 2 * this.count);
  }

  /** Puts texts from `from` on in place of those that were there, as many as are taken together. @returns where the next ones begin */
  fill(texts: ArrayLike<string>, from: number, to: number): number {
    this.count = 0;
    this.length = 0;
    this.#end = 0;
    let i = from;
    while (i < to && this.#end < FULL && 2 * this.count < this.#spans.length) this.#add(texts[i++]);
    return i;
  }

  #add(raw: string): void {
    const begin = this.#end;
    const length = this.#write(raw, begin);
    this.#mark(begin, length);
    this.#spans[2 * this.count] = begin;
    this.#spans[2 * this.count + 1] = length;
    this.count++;
    this.length += length;
    // A clear bit at least between two texts.
    this.#end = (begin + length + 64) & ~63;
  }

  /** Prepares a text and writes it. @returns its length in bytes */
  #write(raw: string, begin: number): number {
    const { prepare, onAscii } = this.#preparation;
    this.#reserve(begin + raw.length * 3);
    if (onAscii !== null && encodeAscii(raw, begin === 0 ? this.bytes : this.bytes.subarray(begin))) {
      if (onAscii === 'lower') {
        const kernels = kernelsFor(this.bytes);
        if (kernels) kernels.lowerAscii(this.bytes.byteOffset + begin, raw.length);
        else twins.lowerAscii(this.bytes.subarray(begin), raw.length);
      }
      return raw.length;
    }
    const text = prepare(raw);
    this.#reserve(begin + text.length * 3);
    return encode(text, this.bytes.subarray(begin));
  }

  #mark(begin: number, length: number): void {
    const { ascii, known, members } = this.#class;
    const kernels = kernelsFor(this.bytes, this.bits, ascii);
    const [bytes, bits] = [this.bytes.byteOffset + begin, this.bits.byteOffset + (begin >> 3)];
    if (kernels) {
      if (kernels.markAscii(bytes, length, ascii.byteOffset, bits) !== 0) {
        this.#markOthers(begin, length, (from) => kernels.markOthers(bytes, length, from, known.byteOffset, members.byteOffset, bits));
      }
      return;
    }
    const [ownBytes, ownBits] = [this.bytes.subarray(begin), this.bits.subarray(begin >> 3)];
    if (twins.markAscii(ownBytes, length, ascii, ownBits)) {
      this.#markOthers(begin, length, (from) => twins.markOthers(ownBytes, length, from, known, members, ownBits));
    }
  }

  /** Lets `mark` go on until it meets no block of characters that the class does not know. */
  #markOthers(begin: number, length: number, mark: (from: number) => number): void {
    for (let at = mark(0); at >= 0; at = mark(at)) {
      const character = Buffer.from(this.bytes.subarray(begin + at, begin + Math.min(at + 4, length)));
      const a = character[0];
      const width = a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
      this.#class.learn(decodeAll(character, Int32Array.of(0, width), 1)[0].codePointAt(0) as number);
    }
  }

  /** Room for so many bytes, and what kernels read and write beyond. */
  #reserve(bytes: number): void {
    if (this.bytes.length >= bytes + 16) return;
    const longer = this.#arena.uint8(2 * bytes + 16);
    longer.set(this.bytes.subarray(0, this.#end));
    const longerBits = this.#arena.uint8((bytes >> 2) + 32);
    longerBits.set(this.bits.subarray(0, (this.#end >> 3) + 1));
    this.bytes = longer;
    this.bits = longerBits;
  }
}
