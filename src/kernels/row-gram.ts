import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/row-gram.ts';
import { axpy } from './vector-operations.ts';

/** Most vectors that one pass over X takes, as the kernel has it. */
const MOST_VECTORS = 10;

/**
 * Products with X·Xᵀ for a sparse X, several at a time: each column is read once, for its products with the vectors and for
 * what these add to the results. What is met at random is of the rows' number, not of the columns', and stays in a near
 * cache. Each vector gets the bits that it gets by itself.
 *
 * The columns may be gone through in parts, each with sums of its own; these are then added up in their order, so that a team
 * of threads gives the bits of one thread.
 */
export class RowGram {
  readonly #columns: CsrArrays;
  readonly #sizes: Float64Array;
  readonly #team: ThreadTeam | undefined;
  /** Where each part begins, and the end. */
  readonly #cuts: Int32Array;
  readonly #v: Float64Array;
  /** Per part: room for a column's products, the sums and the largest products. */
  readonly #own: Float64Array;
  readonly #sums: Float64Array;
  readonly #largest: Float64Array;
  readonly #addresses: Int32Array;
  /** Zeros: what a vector that only makes their number even is read from, and written to. */
  readonly #spare: Float64Array;

  /**
   * @param columns Xᵀ, its rows being the columns of X
   * @param sizes one factor per column
   * @param most vectors at a time
   * @param parts into how many parts the columns are divided
   * @param team takes parts, if there are several
   */
  constructor(columns: CsrArrays, sizes: Float64Array, most: number, arena: Arena, parts = 1, team?: ThreadTeam) {
    checkLength('RowGram', 'sizes', sizes, columns.rows);
    const width = evenOf(Math.min(most, MOST_VECTORS));
    this.#columns = columns;
    this.#sizes = sizes;
    this.#team = team;
    this.#cuts = arena.int32(parts + 1);
    for (let part = 1; part <= parts; part++) this.#cuts[part] = columnAt(columns, Math.floor((columns.indptr[columns.rows] * part) / parts));
    this.#v = arena.float64(columns.cols * width);
    this.#own = arena.float64(width * parts);
    this.#sums = arena.float64(columns.cols * width * parts);
    this.#largest = arena.float64(width * parts);
    this.#addresses = arena.int32(width);
    this.#spare = arena.float64(columns.cols);
  }

  /**
   * outs[c] = X·Xᵀ·vectors[c].
   * @returns by vector, max over the columns j of sizes[j]·|Xᵀ·v|[j]; NaN where one of them is
   */
  times(vectors: readonly Float64Array[], outs: readonly Float64Array[]): number[] {
    const largest: number[] = [];
    // Passes of about the same width.
    const width = Math.ceil(vectors.length / Math.ceil(vectors.length / MOST_VECTORS));
    for (let from = 0; from < vectors.length; from += width) largest.push(...this.#pass(vectors.slice(from, from + width), outs.slice(from, from + width)));
    return largest;
  }

  #pass(vectors: readonly Float64Array[], outs: readonly Float64Array[]): Iterable<number> {
    const width = evenOf(vectors.length);
    const size = this.#columns.cols * width;
    const parts = this.#cuts.length - 1;
    const isReached = kernelsForMatrix(this.#columns) && [...vectors, ...outs].every((vector) => kernelsFor(vector));
    const kernels = isReached ? kernelsFor(this.#v, this.#sums, this.#sizes) : undefined;
    const sums = (part: number): Float64Array => this.#sums.subarray(part * size, (part + 1) * size);
    const largest = (part: number): Float64Array => this.#largest.subarray(part * width, (part + 1) * width);
    if (kernels) this.#multiply(kernels, vectors, width);
    else {
      this.#v.fill(0);
      for (const [c, vector] of vectors.entries()) for (const [i, value] of vector.entries()) this.#v[i * width + c] = value;
      for (let part = 0; part < parts; part++) {
        twins.rowGramTimes(this.#columns, this.#cuts[part], this.#cuts[part + 1], this.#sizes, width, this.#v, sums(part), largest(part));
      }
    }
    for (let part = 1; part < parts; part++) {
      axpy(1, sums(part), sums(0));
      for (const [c, size] of largest(part).entries()) this.#largest[c] = Math.max(this.#largest[c], size);
    }
    if (kernels) kernels.separate(this.#sums.byteOffset, this.#columns.cols, width, this.#addressesOf(outs, width));
    else for (const [c, out] of outs.entries()) for (let i = 0; i < out.length; i++) out[i] = this.#sums[i * width + c];
    return this.#largest.subarray(0, vectors.length);
  }

  /** The products and the largest of each part, side by side. */
  #multiply(kernels: KernelExports, vectors: readonly Float64Array[], width: number): void {
    const { cols: rows, indptr, indices, data } = this.#columns;
    const parts = this.#cuts.length - 1;
    const pairs = width / 2;
    kernels.interleave(this.#addressesOf(vectors, width), rows, width, this.#v.byteOffset);
    const places = [indptr.byteOffset, indices.byteOffset, data.byteOffset, this.#sizes.byteOffset, this.#v.byteOffset] as const;
    const { byteOffset: own } = this.#own;
    const { byteOffset: sums } = this.#sums;
    const { byteOffset: largest } = this.#largest;
    if (this.#team && parts > 1) {
      this.#team.run('rowGram', parts, [this.#cuts.byteOffset, rows, pairs, ...places, own, sums, 8 * rows * width, largest, 8 * width]);
      return;
    }
    for (let part = 0; part < parts; part++) {
      kernels.rowGramTimes(this.#cuts[part], this.#cuts[part + 1], rows, pairs, ...places, own + 8 * width * part, sums + 8 * rows * width * part, largest + 8 * width * part);
    }
  }

  #addressesOf(vectors: readonly Float64Array[], width: number): number {
    for (let c = 0; c < width; c++) this.#addresses[c] = (vectors[c] ?? this.#spare).byteOffset;
    return this.#addresses.byteOffset;
  }
}

/** Vectors are worked on in pairs: an odd one would take as long. */
const evenOf = (vectors: number): number => vectors + (vectors % 2);

/** The first column that begins at `entry` or behind it. */
function columnAt({ rows, indptr }: CsrArrays, entry: number): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indptr[middle] < entry) low = middle + 1;
    else high = middle;
  }
  return low;
}
