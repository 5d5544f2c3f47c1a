import type { Int32List } from './int32-list.ts';
import type { RunPattern } from './python-pattern.ts';
import { HASH_START, hashEnd, hashStep, type TokenTable } from './token-table.ts';

const OUT = 1;
const IN = 2;

/**
 * Finds maximal runs of one class of characters and interns them, without a regular expression per token
 * and without a string per occurrence.
 */
export class RunScanner {
  readonly minLength: number;
  readonly #member: RegExp;
  /** Per UTF-16 unit: 0 not asked yet, OUT or IN. Surrogate pairs are asked one by one. */
  readonly #units = new Uint8Array(0x10000);

  constructor({ member, minLength }: RunPattern) {
    this.#member = member;
    this.minLength = minLength;
  }

  /** Appends the tokens of a text to `ids`. @returns how many runs were shorter than minLength */
  scan(text: string, table: TokenTable, ids: Int32List): number {
    const { length } = text;
    const { minLength } = this;
    const units = this.#units;
    let dropped = 0;
    let start = -1;
    let points = 0;
    let hash = HASH_START;
    for (let i = 0; i < length; ) {
      const unit = text.charCodeAt(i);
      let width = 1;
      let state = units[unit];
      let second = 0;
      if (state === 0) {
        const next = i + 1 < length ? text.charCodeAt(i + 1) : 0;
        if ((unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00) {
          width = 2;
          second = next;
          state = this.#member.test(text.slice(i, i + 2)) ? IN : OUT;
        } else {
          state = this.#classify(unit);
        }
      }
      if (state === IN) {
        if (start < 0) {
          start = i;
          points = 0;
          hash = HASH_START;
        }
        points++;
        hash = hashStep(hash, unit);
        if (width === 2) hash = hashStep(hash, second);
      } else if (start >= 0) {
        if (points >= minLength) ids.push(table.intern(text, start, i, hashEnd(hash)));
        else dropped++;
        start = -1;
      }
      i += width;
    }
    if (start >= 0) {
      if (points >= minLength) ids.push(table.intern(text, start, length, hashEnd(hash)));
      else dropped++;
    }
    return dropped;
  }

  #classify(unit: number): number {
    const state = this.#member.test(String.fromCharCode(unit)) ? IN : OUT;
    // A high surrogate stays unknown: its class depends on what follows.
    if ((unit & 0xfc00) !== 0xd800) this.#units[unit] = state;
    return state;
  }
}
