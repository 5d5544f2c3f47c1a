import type { Arena } from '../kernels/arena.ts';
import { gatherSigned, signedFloats } from '../kernels/kernel-row.ts';
import type { KernelRows } from './kernel-rows.ts';
import { RowCache } from './row-cache.ts';
import { swapElements } from '../matrix/row-products.ts';

/** The matrix Q of a quadratic program, row by row; variables can be swapped. Lies in an arena. */
export interface Quadratic {
  /** Q(i, i). */
  readonly diagonal: Float64Array;
  /** Q(i, j) for j < length; good until two more rows are asked for. */
  row(i: number, length: number): Float32Array;
  /** Swaps variables: the first two listed, the next two, …. */
  swap(swaps: readonly number[]): void;
}

/** Qᵢⱼ = yᵢyⱼ·K(i, j), for classification. */
export class SignedQuadratic implements Quadratic {
  readonly diagonal: Float64Array;
  readonly #kernel: KernelRows;
  readonly #signs: Float64Array;
  readonly #cache: RowCache;

  constructor(arena: Arena, kernel: KernelRows, signs: Int8Array, cacheSize: number) {
    this.diagonal = kernel.diagonal;
    this.#kernel = kernel;
    this.#signs = arena.copyFloat64(signs);
    this.#cache = new RowCache(arena, signs.length, cacheSize);
  }

  row(i: number, length: number): Float32Array {
    const known = this.#cache.known(i);
    const row = this.#cache.take(i, length);
    if (known < length) {
      const values = this.#kernel.row(i, known, length).subarray(known, length);
      signedFloats(values, this.#signs.subarray(known, length), this.#signs[i], row.subarray(known, length));
    }
    return row;
  }

  swap(swaps: readonly number[]): void {
    this.#cache.swap(swaps);
    for (let s = 0; s < swaps.length; s += 2) {
      this.#kernel.swap(swaps[s], swaps[s + 1]);
      swapElements(this.#signs, swaps[s], swaps[s + 1]);
    }
  }
}

/** Q of regression, whose 2n variables are n pairs of opposite sign: Qᵢⱼ = sᵢsⱼ·K(row of i, row of j). */
export class PairedQuadratic implements Quadratic {
  readonly diagonal: Float64Array;
  readonly #kernel: KernelRows;
  readonly #rows: number;
  readonly #signs: Float32Array;
  readonly #rowOf: Int32Array;
  readonly #cache: RowCache;
  /** Rows in the order of the variables; the solver works on two at once. */
  readonly #buffers: readonly [Float32Array, Float32Array];
  #turn = 0;

  constructor(arena: Arena, kernel: KernelRows, cacheSize: number) {
    const n = kernel.diagonal.length;
    this.#kernel = kernel;
    this.#rows = n;
    this.diagonal = arena.float64(2 * n);
    this.diagonal.set(kernel.diagonal);
    this.diagonal.set(kernel.diagonal, n);
    this.#signs = arena.copyFloat32(Float32Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1)));
    this.#rowOf = arena.copyInt32(Int32Array.from({ length: 2 * n }, (_, i) => i % n));
    this.#cache = new RowCache(arena, n, cacheSize);
    this.#buffers = [arena.float32(2 * n), arena.float32(2 * n)];
  }

  row(i: number, length: number): Float32Array {
    const n = this.#rows;
    const rowOf = this.#rowOf;
    const signs = this.#signs;
    const isKnown = this.#cache.known(rowOf[i]) === n;
    const cached = this.#cache.take(rowOf[i], n);
    if (!isKnown) cached.set(this.#kernel.row(rowOf[i], 0, n));
    const buffer = this.#buffers[this.#turn];
    this.#turn = 1 - this.#turn;
    gatherSigned(cached, rowOf, signs, signs[i], buffer, length);
    return buffer;
  }

  swap(swaps: readonly number[]): void {
    for (let s = 0; s < swaps.length; s += 2) {
      for (const list of [this.#signs, this.#rowOf, this.diagonal]) swapElements(list, swaps[s], swaps[s + 1]);
    }
  }
}
