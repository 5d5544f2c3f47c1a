import type { Arena } from './arena.ts';

/** Code points per block that is asked about at once. */
const BLOCK = 256;
const CODE_POINTS = 0x110000;

/**
 * A class of characters as tables that kernels can look up. ASCII is asked about at once, the rest in blocks of
 * 256 code points, each when a text first has a character of it.
 */
export class CharacterClass {
  /** Bit h of byte l: whether the character 16·h + l is a member. */
  readonly ascii: Uint8Array;
  /** Per block, 1 if its members are known. */
  readonly known: Uint8Array;
  /** One bit per code point. */
  readonly members: Uint8Array;
  readonly #member: RegExp;

  /** @param member matches one character of the class; with the u or v flag, neither global nor sticky */
  constructor(arena: Arena, member: RegExp) {
    this.#member = member;
    this.ascii = arena.uint8(16);
    for (let c = 0; c < 0x80; c++) if (member.test(String.fromCharCode(c))) this.ascii[c & 15] |= 1 << (c >> 4);
    this.known = arena.uint8(CODE_POINTS / BLOCK);
    this.members = arena.uint8(CODE_POINTS / 8);
  }

  /** Finds the members among the code points beside c. */
  learn(c: number): void {
    const block = Math.floor(c / BLOCK);
    for (let point = block * BLOCK; point < (block + 1) * BLOCK; point++) {
      if (this.#member.test(String.fromCodePoint(point))) this.members[point >> 3] |= 1 << (point & 7);
    }
    this.known[block] = 1;
  }
}
