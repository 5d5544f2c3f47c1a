import { swapElements, type KernelRows } from './kernel-rows.ts';
import { RowCache } from './row-cache.ts';

/** The matrix Q of a quadratic program, row by row; variables can be swapped. */
export interface Quadratic {
  /** Q(i, i). */
  readonly diagonal: Float64Array;
  /** Q(i, j) for j < length; good until two more rows are asked for. */
  row(i: number, length: number): Float32Array;
  swap(i: number, j: number): void;
}

/** Qᵢⱼ = yᵢyⱼ·K(i, j), for classification. */
export class SignedQuadratic implements Quadratic {
  readonly diagonal: Float64Array;
  readonly #kernel: KernelRows;
  readonly #signs: Int8Array;
  readonly #cache: RowCache;

  constructor(kernel: KernelRows, signs: Int8Array, cacheSize: number) {
    this.diagonal = kernel.diagonal;
    this.#kernel = kernel;
    this.#signs = signs.slice();
    this.#cache = new RowCache(signs.length, cacheSize);
  }

  row(i: number, length: number): Float32Array {
    const known = this.#cache.known(i);
    const row = this.#cache.take(i, length);
    if (known < length) {
      const values = this.#kernel.row(i, known, length);
      const signs = this.#signs;
      const sign = signs[i];
      for (let j = known; j < length; j++) row[j] = sign * signs[j] * values[j];
    }
    return row;
  }

  swap(i: number, j: number): void {
    this.#cache.swap(i, j);
    this.#kernel.swap(i, j);
    swapElements(this.#signs, i, j);
  }
}

/** Q of regression, whose 2n variables are n pairs of opposite sign: Qᵢⱼ = sᵢsⱼ·K(row of i, row of j). */
export class PairedQuadratic implements Quadratic {
  readonly diagonal: Float64Array;
  readonly #kernel: KernelRows;
  readonly #rows: number;
  readonly #signs: Int8Array;
  readonly #rowOf: Int32Array;
  readonly #cache: RowCache;
  readonly #buffers: readonly [Float32Array, Float32Array];
  #turn = 0;

  constructor(kernel: KernelRows, cacheSize: number) {
    const n = kernel.diagonal.length;
    this.#kernel = kernel;
    this.#rows = n;
    this.diagonal = Float64Array.from({ length: 2 * n }, (_, i) => kernel.diagonal[i % n]);
    this.#signs = Int8Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1));
    this.#rowOf = Int32Array.from({ length: 2 * n }, (_, i) => i % n);
    this.#cache = new RowCache(n, cacheSize);
    this.#buffers = [new Float32Array(2 * n), new Float32Array(2 * n)];
  }

  row(i: number, length: number): Float32Array {
    const n = this.#rows;
    const rowOf = this.#rowOf;
    const signs = this.#signs;
    const known = this.#cache.known(rowOf[i]);
    const cached = this.#cache.take(rowOf[i], n);
    if (known < n) {
      const values = this.#kernel.row(rowOf[i], known, n);
      for (let j = known; j < n; j++) cached[j] = values[j];
    }
    const buffer = this.#buffers[this.#turn];
    this.#turn = 1 - this.#turn;
    const sign = signs[i];
    for (let j = 0; j < length; j++) buffer[j] = sign * signs[j] * cached[rowOf[j]];
    return buffer;
  }

  swap(i: number, j: number): void {
    swapElements(this.#signs, i, j);
    swapElements(this.#rowOf, i, j);
    swapElements(this.diagonal, i, j);
  }
}
