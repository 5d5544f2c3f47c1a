import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { KernelExports } from './kernel-exports.ts';
import * as twins from './twins/words.ts';

/**
 * Distinct words by number, with a hash table that finds them, and the numbers of words one after the other; growing as
 * needed. In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers.
 */
export class TermTable implements twins.TermArrays {
  /** Number of ids and of terms. */
  readonly state: Int32Array;
  ids: Int32Array;
  /** Open addressing: entries of four, as the kernel has them. */
  slots: Int32Array;
  starts: Int32Array;
  pool: Uint8Array;
  readonly #arena: Arena;

  /** @param ids about how many there will be; only memory hangs on it */
  constructor(arena: Arena, ids: number) {
    this.#arena = arena;
    this.state = arena.int32(2);
    this.ids = arena.unsetInt32(Math.max(1 << 10, ids));
    this.slots = arena.int32(1 << 14);
    this.starts = arena.int32(1 << 12);
    this.pool = arena.uint8(1 << 15);
  }

  /** The compiled kernels if the whole table lies in their memory. */
  kernels(): KernelExports | undefined {
    return kernelsFor(this.state, this.ids, this.slots) && kernelsFor(this.starts, this.pool);
  }

  /** Room for so many more ids and terms, and for so many bytes of terms. */
  reserve(ids: number, terms: number, bytes: number): void {
    const [held, known] = this.state;
    if (this.ids.length < held + ids) this.ids = this.#arena.longerInt32(this.ids, held + ids);
    if (this.starts.length < known + terms + 1) this.starts = this.#arena.longerInt32(this.starts, known + terms + 1);
    const used = this.starts[known];
    if (this.pool.length < used + bytes + 8) this.pool = this.#arena.longerUint8(this.pool, used + bytes + 8);
    // Two thirds full: what more room saves in looking on, a table twice as large loses in the caches.
    if (this.slots.length < 6 * (known + terms)) this.#rehash(known + terms);
  }

  /** Appends what another table holds, as if its texts had followed. */
  append(other: TermTable): void {
    const [ids, terms] = other.state;
    this.reserve(ids, terms, other.starts[terms]);
    const numbers = this.#arena.int32(terms);
    const { state, slots, starts, pool } = this;
    const kernels = this.kernels() && other.kernels() && kernelsFor(numbers);
    const out = this.ids.subarray(state[0], state[0] + ids);
    if (kernels) {
      const table = [state.byteOffset, slots.byteOffset, (slots.length >> 2) - 1, starts.byteOffset, pool.byteOffset] as const;
      kernels.mergeTerms(terms, other.starts.byteOffset, other.pool.byteOffset, ...table, numbers.byteOffset);
      kernels.renumber(ids, other.ids.byteOffset, numbers.byteOffset, out.byteOffset);
    } else {
      twins.mergeTerms(terms, other.starts, other.pool, this, numbers);
      twins.renumber(other.ids.subarray(0, ids), numbers, out);
    }
    state[0] += ids;
  }

  #rehash(terms: number): void {
    let length = this.slots.length * 2;
    while (length < 6 * terms) length *= 2;
    const slots = this.#arena.int32(length);
    const kernels = kernelsFor(this.slots, slots);
    if (kernels) kernels.rehashTerms(this.slots.byteOffset, this.slots.length >> 2, slots.byteOffset, (length >> 2) - 1);
    else twins.rehashTerms(this.slots, slots);
    this.slots = slots;
  }
}
