import type { Arena } from './arena.ts';

/**
 * Gives every distinct code point a number, 0, 1, 2, … in order of appearance, and lists the texts by these
 * numbers. A loop over UTF-16 units needs no kernel: reading them from the string is what takes the time.
 */
export class LetterInterner {
  /** Unit or code point → number + 1; texts use few of them. */
  readonly #numbers = new Int32Array(0x110000);
  readonly #letters: string[] = [];
  readonly #arena: Arena;
  #ids: Int32Array;
  #length = 0;

  /** @param characters about how many UTF-16 units will be added */
  constructor(arena: Arena, characters = 0) {
    this.#arena = arena;
    this.#ids = arena.int32(Math.max(1 << 10, characters));
  }

  /** Appends the code points of a text; half a surrogate pair counts as one. */
  add(text: string): void {
    const { length } = text;
    if (this.#ids.length < this.#length + length) this.#ids = this.#arena.longerInt32(this.#ids, this.#length + length);
    const ids = this.#ids;
    const numbers = this.#numbers;
    let at = this.#length;
    for (let i = 0; i < length; i++) {
      let c = text.charCodeAt(i);
      if ((c & 0xfc00) === 0xd800) {
        c = text.codePointAt(i) as number;
        if (c > 0xffff) i++;
      }
      ids[at++] = (numbers[c] || this.#number(c)) - 1;
    }
    this.#length = at;
  }

  #number(c: number): number {
    this.#numbers[c] = this.#letters.push(String.fromCodePoint(c));
    return this.#numbers[c];
  }

  /** How many code points were added so far: where the next text's begin. */
  get length(): number {
    return this.#length;
  }

  /** The number of every code point, in the order of the texts; good within `withArena`. */
  ids(): Int32Array {
    return this.#ids.subarray(0, this.#length);
  }

  /** The distinct code points by number. */
  letters(): string[] {
    return this.#letters;
  }
}
