import type { Arena } from './arena.ts';
import { CharacterClass } from './character-class.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { PackedTexts } from './packed-texts.ts';
import * as twins from './twins/words.ts';
import { decodeAll, encode, encodeAscii } from './utf8.ts';

const NONE: Preparation = { prepare: (text) => text, onAscii: null };

/** What a word is. */
export interface WordPattern {
  /** Matches one character of a word; with the u or v flag, neither global nor sticky. */
  readonly member: RegExp;
  /** Shorter words, counted in code points, are passed over. */
  readonly minLength: number;
}

/** What is done to a text before its words are found. */
export interface Preparation {
  readonly prepare: (text: string) => string;
  /** What `prepare` does to a text that is ASCII throughout, which is then done without it; null for anything else. */
  readonly onAscii: 'keep' | 'lower' | null;
}

/**
 * Finds words, which are maximal runs of one class of characters, and gives every distinct word a number:
 * 0, 1, 2, … in order of appearance.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers. Good within
 * `withArena`; what `ids` and `terms` return is to be kept.
 *
 * @example
 * withArena((arena) => {
 *   const words = new WordInterner(arena, { member: /[\p{L}\p{N}_]/u, minLength: 2 }, 20);
 *   words.add('to be or not to be');
 *   return [words.ids(), words.terms()]; // [0, 1, 2, 3, 0, 1], ['to', 'be', 'or', 'not']
 * });
 */
export class WordInterner {
  readonly #arena: Arena;
  readonly #class: CharacterClass;
  readonly #minLength: number;
  readonly #preparation: Preparation | undefined;
  /** Number of ids, of terms, and of words that were too short. */
  readonly #state: Int32Array;
  /** The text at hand in UTF-8, and one bit per byte that belongs to a word. */
  #bytes: Uint8Array;
  #bits: Uint8Array;
  #ids: Int32Array;
  /** Open addressing: entries of four, as the kernel has them. */
  #slots: Int32Array;
  #starts: Int32Array;
  #pool: Uint8Array;

  /** @param characters about how many UTF-16 units will be added; only memory hangs on it */
  constructor(arena: Arena, { member, minLength }: WordPattern, characters = 0, preparation?: Preparation) {
    this.#arena = arena;
    this.#preparation = preparation;
    this.#class = new CharacterClass(arena, member);
    this.#minLength = minLength;
    this.#state = arena.int32(3);
    this.#bytes = arena.uint8(1 << 12);
    this.#bits = arena.uint8((1 << 9) + 16);
    this.#ids = arena.int32(Math.max(1 << 10, characters >> 2));
    this.#slots = arena.int32(1 << 14);
    this.#starts = arena.int32(1 << 12);
    this.#pool = arena.uint8(1 << 15);
  }

  /** Appends the words of a text. @returns how many runs were too short */
  add(text: string): number {
    const state = this.#state;
    const length = this.#read(text);
    this.#reserve(length);
    const before = state[2];
    const bytes = this.#bytes;
    const bits = this.#bits;
    const { ascii, known, members } = this.#class;
    const kernels = kernelsFor(bytes, bits) && kernelsFor(this.#ids, this.#slots) && kernelsFor(this.#starts, this.#pool);
    if (kernels) {
      if (kernels.markAscii(bytes.byteOffset, length, ascii.byteOffset, bits.byteOffset) !== 0) {
        this.#markOthers(length, (from) =>
          kernels.markOthers(bytes.byteOffset, length, from, known.byteOffset, members.byteOffset, bits.byteOffset),
        );
      }
      kernels.internRuns(
        bytes.byteOffset,
        length,
        bits.byteOffset,
        this.#minLength,
        state.byteOffset,
        this.#ids.byteOffset,
        this.#slots.byteOffset,
        (this.#slots.length >> 2) - 1,
        this.#starts.byteOffset,
        this.#pool.byteOffset,
      );
    } else {
      if (twins.markAscii(bytes, length, ascii, bits)) {
        this.#markOthers(length, (from) => twins.markOthers(bytes, length, from, known, members, bits));
      }
      twins.internRuns(bytes, length, bits, this.#minLength, state, this.#ids, this.#slots, this.#starts, this.#pool);
    }
    return state[2] - before;
  }

  /** Prepares a text and writes it to #bytes. @returns its length in bytes */
  #read(raw: string): number {
    this.#reserveBytes(raw.length);
    const { prepare, onAscii } = this.#preparation ?? NONE;
    if (onAscii !== null && encodeAscii(raw, this.#bytes)) {
      if (onAscii === 'lower') {
        const kernels = kernelsFor(this.#bytes);
        if (kernels) kernels.lowerAscii(this.#bytes.byteOffset, raw.length);
        else twins.lowerAscii(this.#bytes, raw.length);
      }
      return raw.length;
    }
    const text = prepare(raw);
    this.#reserveBytes(text.length);
    return encode(text, this.#bytes);
  }

  #reserveBytes(units: number): void {
    if (this.#bytes.length >= units * 3 + 16) return;
    this.#bytes = this.#arena.uint8(units * 4 + 16);
    this.#bits = this.#arena.uint8((units >> 1) + 32);
  }

  /** How many words were found so far: where the next text's words begin. */
  get length(): number {
    return this.#state[0];
  }

  /** The number of every word, in the order of the texts. */
  ids(): Int32Array {
    return new Int32Array(this.#ids.subarray(0, this.#state[0]));
  }

  /** As `ids`, but good within `withArena` only, and until the next text. */
  heldIds(): Int32Array {
    return this.#ids.subarray(0, this.#state[0]);
  }

  /** The distinct words by number, packed; good within `withArena`, and until the next text. */
  packedTerms(): PackedTexts {
    return { bytes: this.#pool, starts: this.#starts.subarray(0, this.#state[1] + 1) };
  }

  /** The distinct words by number. */
  terms(): string[] {
    return decodeAll(this.#pool, this.#starts, this.#state[1]);
  }

  /** Lets `mark` go on until it meets no block of characters that the class does not know. */
  #markOthers(length: number, mark: (from: number) => number): void {
    for (let at = mark(0); at >= 0; at = mark(at)) {
      const character = Buffer.from(this.#bytes.subarray(at, Math.min(at + 4, length)));
      const a = character[0];
      const width = a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
      this.#class.learn(decodeAll(character, Int32Array.of(0, width), 1)[0].codePointAt(0) as number);
    }
  }

  /** Room for all that a text of so many bytes can bring. */
  #reserve(bytes: number): void {
    const [ids, terms] = this.#state;
    const more = (bytes >> 1) + 1;
    if (this.#ids.length < ids + more) this.#ids = this.#arena.longerInt32(this.#ids, ids + more);
    if (this.#starts.length < terms + more + 1) this.#starts = this.#arena.longerInt32(this.#starts, terms + more + 1);
    const used = this.#starts[terms];
    if (this.#pool.length < used + bytes + 8) this.#pool = this.#arena.longerUint8(this.#pool, used + bytes + 8);
    if (this.#slots.length < 8 * (terms + more)) this.#rehash(terms + more);
  }

  #rehash(terms: number): void {
    let length = this.#slots.length * 2;
    while (length < 8 * terms) length *= 2;
    const slots = this.#arena.int32(length);
    const kernels = kernelsFor(this.#slots, slots);
    if (kernels) kernels.rehashTerms(this.#slots.byteOffset, this.#slots.length >> 2, slots.byteOffset, (length >> 2) - 1);
    else twins.rehashTerms(this.#slots, slots);
    this.#slots = slots;
  }
}
