import type { PackedTexts } from '../kernels/packed-texts.ts';

/**
 * Terms by their bytes: a hash table with open addressing, for looking up a few features after another in a large
 * vocabulary, as a served model does with every call.
 */
export class TermIndex {
  readonly #terms: PackedTexts;
  /** Term + 1 by slot, 0 where it is free; at least half of the slots are. */
  readonly #slots: Int32Array;

  constructor(terms: PackedTexts) {
    const count = terms.starts.length - 1;
    this.#terms = terms;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    const mask = this.#slots.length - 1;
    for (let t = 0; t < count; t++) {
      let slot = hash(terms, t) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = t + 1;
    }
  }

  /** The term with the bytes of term t of `others`, or −1. */
  find(others: PackedTexts, t: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash(others, t) & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] - 1;
      if (found < 0 || isSame(this.#terms, found, others, t)) return found;
    }
  }
}

/** FNV-1a, its upper bits mixed into the lower ones that pick the slot. */
function hash({ bytes, starts }: PackedTexts, t: number): number {
  const end = starts[t + 1];
  let h = 0x811c9dc5;
  for (let at = starts[t]; at < end; at++) h = Math.imul(h ^ bytes[at], 0x01000193);
  return h ^ (h >>> 15);
}

function isSame(a: PackedTexts, i: number, b: PackedTexts, j: number): boolean {
  const length = a.starts[i + 1] - a.starts[i];
  if (b.starts[j + 1] - b.starts[j] !== length) return false;
  const from = a.starts[i];
  const other = b.starts[j];
  for (let at = 0; at < length; at++) if (a.bytes[from + at] !== b.bytes[other + at]) return false;
  return true;
}
