import { swapElements } from './kernel-rows.ts';

/**
 * The rows of a kernel matrix asked for lately, as single-precision numbers, within a number of megabytes; the
 * row that was not asked for the longest makes place first. A row may be known up to some position only.
 */
export class RowCache {
  readonly #size: number;
  readonly #most: number;
  readonly #rows: (Float32Array | undefined)[];
  readonly #known: Int32Array;
  /** Rows held, as a ring through #size, which stands for no row: after it the oldest, before it the newest. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  #held = 0;

  /** @param size number of rows and of elements in each */
  constructor(size: number, megabytes: number) {
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
      row = this.#held < this.#most ? new Float32Array(this.#size) : this.#drop(this.#next[this.#size]);
      this.#rows[i] = row;
      this.#held++;
    }
    this.#link(i);
    if (length > this.#known[i]) this.#known[i] = length;
    return row;
  }

  /** Swaps rows i and j, and elements i and j of every row. */
  swap(i: number, j: number): void {
    if (i === j) return;
    const rows = this.#rows;
    const isHeld = [rows[i] !== undefined, rows[j] !== undefined];
    if (isHeld[0]) this.#unlink(i);
    if (isHeld[1]) this.#unlink(j);
    const moved = rows[i];
    rows[i] = rows[j];
    rows[j] = moved;
    swapElements(this.#known, i, j);
    if (rows[i]) this.#link(i);
    if (rows[j]) this.#link(j);

    const [low, high] = i < j ? [i, j] : [j, i];
    for (let r = this.#next[this.#size]; r !== this.#size; ) {
      const following = this.#next[r];
      const known = this.#known[r];
      if (known > high) swapElements(rows[r]!, low, high);
      // Element `high` is not known, so that nothing from `low` on can stay.
      else if (known > low) this.#known[r] = low;
      r = following;
    }
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
