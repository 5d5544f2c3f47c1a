/**
 * Puts one row's entries in order of their columns and sums entries of the same column, in time proportional to
 * the entries: values are summed in a dense row, and two levels of bits say which columns were met, so that they
 * can be read off in order. An entry that sums to 0 stays an entry.
 */
export class RowSorter {
  readonly #values: Int32Array;
  /** One bit per column. */
  readonly #bits: Int32Array;
  /** One bit per word of #bits. */
  readonly #words: Int32Array;
  #first: number;
  #last = -1;

  constructor(cols: number) {
    this.#values = new Int32Array(cols);
    this.#bits = new Int32Array((cols + 31) >>> 5);
    this.#words = new Int32Array((this.#bits.length + 31) >>> 5);
    this.#first = this.#words.length;
  }

  add(col: number, value: number): void {
    const word = col >>> 10;
    this.#values[col] += value;
    this.#bits[col >>> 5] |= 1 << (col & 31);
    this.#words[word] |= 1 << ((col >>> 5) & 31);
    if (word < this.#first) this.#first = word;
    if (word > this.#last) this.#last = word;
  }

  /** Writes the row from position `at` on and empties it. @returns the position after the last entry */
  drain(cols: Int32Array, values: Int32Array | Float64Array, at: number): number {
    const sums = this.#values;
    for (let w = this.#first; w <= this.#last; w++) {
      let word = this.#words[w];
      if (word === 0) continue;
      this.#words[w] = 0;
      while (word !== 0) {
        const b = (w << 5) + lowestBit(word);
        word &= word - 1;
        let bits = this.#bits[b];
        this.#bits[b] = 0;
        while (bits !== 0) {
          const col = (b << 5) + lowestBit(bits);
          bits &= bits - 1;
          cols[at] = col;
          values[at++] = sums[col];
          sums[col] = 0;
        }
      }
    }
    this.#first = this.#words.length;
    this.#last = -1;
    return at;
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
