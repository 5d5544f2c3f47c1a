import type { Arena } from './arena.ts';
import { CharacterClass } from './character-class.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { MarkedTexts, type Preparation } from './marked-texts.ts';
import type { PackedTexts } from './packed-texts.ts';
import { TermTable } from './term-table.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/words.ts';
import { decodeAll } from './utf8.ts';

const NONE: Preparation = { prepare: (text) => text, onAscii: null };
/** Numbers that a thread is told of a part's texts and its table. */
const WORDS = 12;

/** What a word is. */
export interface WordPattern {
  /** Matches one character of a word; with the u or v flag, neither global nor sticky. */
  readonly member: RegExp;
  /** Shorter words, counted in code points, are passed over. */
  readonly minLength: number;
}

/** Some of the texts, in a table of their own. */
interface Part {
  /** The first of the texts at hand, and of those after them; `end` is the first that belongs to another part. */
  first: number;
  next: number;
  readonly end: number;
  readonly begin: number;
  readonly table: TermTable;
  /** The texts at hand, and room for those after them. */
  texts: MarkedTexts;
  room: MarkedTexts;
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
  readonly #preparation: Preparation;
  readonly #table: TermTable;
  readonly #texts: MarkedTexts;
  readonly #end: Int32Array;
  readonly #tooShort: Int32Array;

  /** @param characters about how many UTF-16 units will be added; only memory hangs on it */
  constructor(arena: Arena, { member, minLength }: WordPattern, characters = 0, preparation: Preparation = NONE) {
    this.#arena = arena;
    this.#preparation = preparation;
    this.#class = new CharacterClass(arena, member);
    this.#minLength = minLength;
    this.#table = new TermTable(arena, Math.ceil(characters / 3));
    this.#texts = new MarkedTexts(arena, this.#class, preparation);
    this.#end = arena.int32(1);
    this.#tooShort = arena.int32(1);
  }

  /** Appends the words of a text. @returns how many runs were too short */
  add(text: string): number {
    this.addAll([text], this.#end, this.#tooShort);
    return this.#tooShort[0];
  }

  /**
   * Appends the words of texts. Writes for each text how many words there are then, and how many of its runs were too short.
   *
   * With a team, the texts are divided into as many parts as there are threads, each with a table of its own. The tables are
   * put together in the order of the texts, which gives every word the number that it has without a team.
   * @param ends one per text, in the arena, as is `tooShort`
   */
  addAll(texts: ArrayLike<string>, ends: Int32Array, tooShort: Int32Array, team?: ThreadTeam): void {
    const kernels = this.#table.kernels() && kernelsFor(ends, tooShort);
    // What a user's function does with texts is not to hang on threads, nor may it fail while they work.
    if (kernels && team && this.#preparation.onAscii !== null) this.#addInParts(texts, ends, tooShort, team);
    else this.#addHere(kernels, texts, ends, tooShort);
  }

  #addHere(kernels: KernelExports | undefined, all: ArrayLike<string>, ends: Int32Array, tooShort: Int32Array): void {
    const [table, texts] = [this.#table, this.#texts];
    for (let from = 0; from < all.length; ) {
      const to = texts.fill(all, from, all.length);
      reserve(table, texts);
      const step = stepOf(texts, table, ends.subarray(from, to), tooShort.subarray(from, to));
      if (kernels) {
        const [count, spans, bytes, bits, ...rest] = step;
        kernels.internTexts(count, spans, bytes, bits, this.#minLength, ...rest);
      } else {
        twins.internTexts(texts.spans, texts.bytes, texts.bits, this.#minLength, table, ends.subarray(from, to), tooShort.subarray(from, to));
      }
      from = to;
    }
  }

  #addInParts(all: ArrayLike<string>, ends: Int32Array, tooShort: Int32Array, team: ThreadTeam): void {
    const cuts = cutsOf(all, team.threads);
    const parts = cuts.slice(1).map((end, p): Part => {
      const [texts, room] = [this.#texts, this.#texts].map((own, k) => (p + k === 0 ? own : new MarkedTexts(this.#arena, this.#class, this.#preparation)));
      const table = p === 0 ? this.#table : new TermTable(this.#arena, this.#table.ids.length / team.threads);
      return { first: cuts[p], next: texts.fill(all, cuts[p], end), end, begin: cuts[p], table, texts, room };
    });
    const steps = this.#arena.int32(WORDS * parts.length);
    while (parts.some(({ texts }) => texts.count > 0)) {
      for (const [p, { texts, table, first }] of parts.entries()) {
        reserve(table, texts);
        steps.set(stepOf(texts, table, ends.subarray(first), tooShort.subarray(first)), WORDS * p);
      }
      team.run('internTexts', parts.length, [steps.byteOffset, this.#minLength], [], () => {
        for (const part of parts) {
          part.first = part.next;
          part.next = part.room.fill(all, part.next, part.end);
        }
      });
      for (const part of parts) [part.texts, part.room] = [part.room, part.texts];
    }
    for (const { table, begin, end } of parts.slice(1)) {
      const before = this.length;
      this.#table.append(table);
      for (let i = begin; i < end; i++) ends[i] += before;
    }
  }

  /** How many words were found so far: where the next text's words begin. */
  get length(): number {
    return this.#table.state[0];
  }

  /** The number of every word, in the order of the texts. */
  ids(): Int32Array {
    return new Int32Array(this.heldIds());
  }

  /** As `ids`, but good within `withArena` only, and until the next text. */
  heldIds(): Int32Array {
    return this.#table.ids.subarray(0, this.length);
  }

  /** The distinct words by number, packed; good within `withArena`, and until the next text. */
  packedTerms(): PackedTexts {
    const { pool, starts, state } = this.#table;
    return { bytes: pool, starts: starts.subarray(0, state[1] + 1) };
  }

  /** The distinct words by number. */
  terms(): string[] {
    const { pool, starts, state } = this.#table;
    return decodeAll(pool, starts, state[1]);
  }
}

/** Room for all that texts can bring. */
function reserve(table: TermTable, { length, count }: MarkedTexts): void {
  const words = (length >> 1) + count;
  table.reserve(words, words, length);
}

/** What a kernel is told, but for the least length of a word. */
function stepOf(texts: MarkedTexts, { state, ids, slots, starts, pool }: TermTable, ends: Int32Array, tooShort: Int32Array) {
  return [
    texts.count,
    texts.spans.byteOffset,
    texts.bytes.byteOffset,
    texts.bits.byteOffset,
    state.byteOffset,
    ids.byteOffset,
    slots.byteOffset,
    (slots.length >> 2) - 1,
    starts.byteOffset,
    pool.byteOffset,
    ends.byteOffset,
    tooShort.byteOffset,
  ] as const;
}

/** Where parts of about as many UTF-16 units begin, and the last one ends. */
function cutsOf(texts: ArrayLike<string>, parts: number): number[] {
  let units = 0;
  for (let i = 0; i < texts.length; i++) units += texts[i].length;
  const cuts: number[] = [];
  for (let i = 0, before = 0; i < texts.length; before += texts[i++].length) {
    while (cuts.length < parts && before >= (units * cuts.length) / parts) cuts.push(i);
  }
  while (cuts.length <= parts) cuts.push(texts.length);
  return cuts;
}
