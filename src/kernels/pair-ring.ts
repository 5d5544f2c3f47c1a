import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import { sharedTeam } from './shared-team.ts';
import * as twins from './twins/pair-ring.ts';
import { copy } from './vector-operations.ts';

/**
 * The last few pairs (S, Y) of vectors of n numbers, and the two things a limited-memory minimiser does with all of them,
 * each in one pass. Products are summed in blocks of 64 that are added with compensation, as compensatedDot says why.
 *
 * Vectors may be twofold, [p, q] with halves of equal length: the product of two is then p of the one times q of the other.
 *
 * In WebAssembly where the arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 */
export class PairRing {
  readonly #n: number;
  readonly #capacity: number;
  /** Slot after slot, S before Y; #stride numbers apart. */
  readonly #vectors: Float64Array;
  readonly #stride: number;
  /** How many elements a product has; in the pairs they are the last. */
  readonly #length: number;
  /** Slots by age, the oldest first. */
  readonly #slots: Int32Array;
  readonly #lost: Float64Array;
  #size = 0;

  constructor(n: number, capacity: number, arena: Arena, isTwofold = false) {
    this.#n = n;
    this.#capacity = capacity;
    this.#length = isTwofold ? n / 2 : n;
    this.#stride = n + (n % 2);
    this.#vectors = arena.unsetFloat64(2 * capacity * this.#stride);
    this.#slots = arena.int32(capacity);
    this.#lost = arena.float64(6 * capacity);
    this.clear();
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
    for (let i = 0; i < this.#capacity; i++) this.#slots[i] = i;
  }

  /** Copies a pair in, in the place of the oldest when full. @returns whether one was dropped */
  push(s: Float64Array, y: Float64Array): boolean {
    const isFull = this.#size === this.#capacity;
    if (isFull) {
      const oldest = this.#slots[0];
      this.#slots.copyWithin(0, 1);
      this.#slots[this.#capacity - 1] = oldest;
    } else {
      this.#size++;
    }
    const newest = this.#pair(this.#slots[this.#size - 1]);
    copy(s, newest.s);
    copy(y, newest.y);
    return isFull;
  }

  /** out[6·i …] = [s·S, y·Y, s·Y, y·S, g·S, g·Y] for the pair of age i, 0 being the oldest. */
  products(s: Float64Array, y: Float64Array, g: Float64Array, out: Float64Array): void {
    checkLength('PairRing', 's', s, this.#n);
    checkLength('PairRing', 'y', y, this.#n);
    checkLength('PairRing', 'g', g, this.#n);
    checkLength('PairRing', 'out', out, 6 * this.#capacity);
    const kernels = kernelsFor(this.#vectors, s, y) && kernelsFor(g, out);
    const length = this.#length;
    const from = this.#n - length;
    if (!kernels) {
      const measured = (slot: number): { s: Float64Array; y: Float64Array } => {
        const pair = this.#pair(slot);
        return { s: pair.s.subarray(from), y: pair.y.subarray(from) };
      };
      twins.pairProducts(this.#slots, this.#size, measured, s.subarray(0, length), y.subarray(0, length), g.subarray(0, length), out);
      return;
    }
    const places = [this.#vectors.byteOffset + 8 * from, 8 * this.#stride, this.#slots.byteOffset, s.byteOffset, y.byteOffset, g.byteOffset, out.byteOffset, this.#lost.byteOffset] as const;
    // Each thread has pairs of its own.
    const team = sharedTeam(6 * this.#size * length);
    if (team) team.run('pairProducts', Math.min(this.#size, team.threads), [this.#size, length, ...places]);
    else kernels.pairProducts(this.#size, length, ...places);
  }

  /** out = factor·(Σ (coefficients[2i]·Y + coefficients[2i + 1]·S of the pair of age i) − g), added in that order to −g. */
  combine(coefficients: Float64Array, g: Float64Array, factor: number, out: Float64Array): void {
    checkLength('PairRing', 'coefficients', coefficients, 2 * this.#capacity);
    checkLength('PairRing', 'g', g, this.#n);
    checkLength('PairRing', 'out', out, this.#n);
    const kernels = kernelsFor(this.#vectors, coefficients, g) && kernelsFor(out);
    if (!kernels) {
      twins.combinePairs(this.#slots, this.#size, this.#pair, coefficients, g, factor, out);
      return;
    }
    const places = [this.#vectors.byteOffset, 8 * this.#stride, this.#slots.byteOffset, coefficients.byteOffset] as const;
    // Each thread has a part of all vectors.
    const team = sharedTeam(2 * this.#size * this.#n);
    if (team) team.run('combinePairs', team.threads, [this.#size, this.#n, ...places, g.byteOffset, out.byteOffset], [factor]);
    else kernels.combinePairs(this.#size, this.#n, ...places, g.byteOffset, factor, out.byteOffset);
  }

  readonly #pair = (slot: number): { s: Float64Array; y: Float64Array } => {
    const at = 2 * slot * this.#stride;
    return { s: this.#vectors.subarray(at, at + this.#n), y: this.#vectors.subarray(at + this.#stride, at + this.#stride + this.#n) };
  };
}
