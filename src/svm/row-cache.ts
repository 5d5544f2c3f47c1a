import type { Arena } from '../kernels/arena.ts';
import { swapElements } from '../matrix/row-products.ts';

/**
 * The rows of a kernel matrix asked for lately, as single-precision numbers, within a number of megabytes; the
 * row that was not asked for the longest makes place first. A row may be known up to some position only.
 */
export class RowCache {
  readonly #arena: Arena;
  readonly #size: number;
  readonly #most: number;
  readonly #rows: (Float32Array | undefined)[];
  readonly #known: Int32Array;
  /** Rows held, as a ring through #size, which stands for no row: after it the oldest, before it the newest. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  #held = 0;

  /** @param size number of rows and of elements in each */
  constructor(arena: Arena, size: number, megabytes: number) {
    this.#arena = arena;
    this.#size = size;
    // The solver works on two rows at once.
    this.#most = Math.max(2, Math.floor((megabytes * 2 ** 20) / (4 * size)));
    this.#rows = Array.from<Float32Array | undefined>({ length: size });
    this.#known = new Int32Array(size);
    this.#next = new Int32Array(size + 1).fill(size);
    this.#previous = new Int32Array(size + 1).fill(size);
  }

  /** How many elements of row i are known. */
  known(i: number): number {
    return this.#known[i];
  }

  /** Row i, of which the caller then fills in everything up to `length`. Good until another two rows are asked for. */
  take(i: number, length: number): Float32Array {
    let row = this.#rows[i];
    if (row) this.#unlink(i);
    else {
      row = this.#held < this.#most ? this.#arena.float32(this.#size) : this.#drop(this.#next[this.#size]);
      this.#rows[i] = row;
      this.#held++;
    }
    this.#link(i);
    if (length > this.#known[i]) this.#known[i] = length;
    return row;
  }

  /**
   * Swaps rows, and in every row the elements: positions of the first swap, those of the second, ….
   * A row at a time, since a row fits in the processor's cache.
   */
  swap(list: readonly number[]): void {
    const swaps = Int32Array.from(list);
    for (let r = this.#next[this.#size]; r !== this.#size; r = this.#next[r]) {
      const row = this.#rows[r]!;
      for (let s = 0; s < swaps.length; s += 2) {
        const low = Math.min(swaps[s], swaps[s + 1]);
        const high = Math.max(swaps[s], swaps[s + 1]);
        if (this.#known[r] > high) {
          const moved = row[low];
          row[low] = row[high];
          row[high] = moved;
        }
        // What comes to `low` is not known, so that nothing from there on can stay.
        else if (this.#known[r] > low) this.#known[r] = low;
      }
    }
    for (let s = 0; s < swaps.length; s += 2) this.#swapRows(swaps[s], swaps[s + 1]);
  }

  #swapRows(i: number, j: number): void {
    const rows = this.#rows;
    if (rows[i]) this.#unlink(i);
    if (rows[j]) this.#unlink(j);
    const moved = rows[i];
    rows[i] = rows[j];
    rows[j] = moved;
    swapElements(this.#known, i, j);
    if (rows[i]) this.#link(i);
    if (rows[j]) this.#link(j);
  }

  #link(i: number): void {
    const newest = this.#previous[this.#size];
    this.#next[newest] = i;
    this.#previous[i] = newest;
    this.#next[i] = this.#size;
    this.#previous[this.#size] = i;
  }

  #unlink(i: number): void {
    this.#next[this.#previous[i]] = this.#next[i];
    this.#previous[this.#next[i]] = this.#previous[i];
  }

  #drop(i: number): Float32Array {
    const row = this.#rows[i]!;
    this.#unlink(i);
    this.#rows[i] = undefined;
    this.#known[i] = 0;
    this.#held--;
    return row;
  }
}
