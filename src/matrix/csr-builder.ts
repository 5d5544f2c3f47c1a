import { CsrMatrix } from './csr-matrix.ts';

const FIRST_ROOM = 1024;
/** Rows of up to so many entries are sorted where they are. */
const SHORT = 48;

/**
 * Collects the entries of a sparse matrix, row after row, columns in any order. Entries of one column in one row are added up,
 * in the order in which they came.
 *
 * @example
 * const builder = new CsrBuilder();
 * builder.add(3, 1);
 * builder.endRow();
 * builder.build(5); // 1 × 5
 */
export class CsrBuilder {
  #indices = new Int32Array(FIRST_ROOM);
  #data = new Float64Array(FIRST_ROOM);
  readonly #ends: number[] = [0];
  #at = 0;

  /** Rows that have ended. */
  get rows(): number {
    return this.#ends.length - 1;
  }

  add(col: number, value: number): void {
    if (this.#at === this.#indices.length) this.#grow();
    this.#indices[this.#at] = col;
    this.#data[this.#at++] = value;
  }

  endRow(): void {
    const start = this.#ends[this.#ends.length - 1];
    if (!this.#ascends(start)) this.#sort(start);
    this.#ends.push(this.#at);
  }

  /** The rows so far, with `cols` columns. */
  build(cols: number): CsrMatrix {
    return new CsrMatrix(this.rows, cols, Int32Array.from(this.#ends), this.#indices.slice(0, this.#at), this.#data.slice(0, this.#at));
  }

  #ascends(start: number): boolean {
    for (let p = start + 1; p < this.#at; p++) if (this.#indices[p] <= this.#indices[p - 1]) return false;
    return true;
  }

  #sort(start: number): void {
    if (this.#at - start <= SHORT) this.#insert(start);
    else this.#sortLong(start);
    this.#merge(start);
  }

  /** Insertion sort, which is stable: sums run in the order in which entries came. */
  #insert(start: number): void {
    const indices = this.#indices;
    const data = this.#data;
    for (let p = start + 1; p < this.#at; p++) {
      const col = indices[p];
      const value = data[p];
      let q = p;
      for (; q > start && indices[q - 1] > col; q--) {
        indices[q] = indices[q - 1];
        data[q] = data[q - 1];
      }
      indices[q] = col;
      data[q] = value;
    }
  }

  #sortLong(start: number): void {
    const columns = this.#indices.slice(start, this.#at);
    const values = this.#data.slice(start, this.#at);
    const order = Int32Array.from({ length: columns.length }, (_, i) => i).sort((a, b) => columns[a] - columns[b]);
    for (let i = 0; i < order.length; i++) {
      this.#indices[start + i] = columns[order[i]];
      this.#data[start + i] = values[order[i]];
    }
  }

  #merge(start: number): void {
    let last = start;
    for (let p = start + 1; p < this.#at; p++) {
      if (this.#indices[p] === this.#indices[last]) this.#data[last] += this.#data[p];
      else {
        this.#indices[++last] = this.#indices[p];
        this.#data[last] = this.#data[p];
      }
    }
    this.#at = last + 1;
  }

  #grow(): void {
    const indices = new Int32Array(2 * this.#indices.length);
    indices.set(this.#indices);
    this.#indices = indices;
    const data = new Float64Array(indices.length);
    data.set(this.#data);
    this.#data = data;
  }
}
