import type { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { SplitterParts } from './splitter.ts';

/** What the search reads that depends on the criterion: byte addresses and numbers, see assembly/search-node.ts. */
export interface SearchedCriterion {
  measure: 'gini' | 'entropy' | 'squaredError' | 'poisson';
  notes: number;
  totals: number;
  size: number;
  scratch: number;
  moved: number;
}

const MEASURES = ['gini', 'entropy', 'squaredError', 'poisson'];

/** The places of a Search of assembly/search-node.ts that change, in words of 4 bytes, and in doubles. */
const WORD = { random: 14, known: 15, feature: 16, place: 17, cut: 18, next: 19, missingLeft: 20, gaps: 21 };
const NUMBER = { minWeight: 11, weight: 12, total: 13 };
const BYTES = 144;

/** Searches the nodes of one tree for splits, over all dense columns in one call of compiled code. */
export class NodeSearch {
  readonly #kernels: KernelExports;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;

  constructor(arena: Arena, kernels: KernelExports, { columns, reader, samples, limits, features, constants }: SplitterParts, criterion: SearchedCriterion) {
    const table = arena.int32(5 * columns.cols);
    let wide = 0;
    for (let j = 0; j < columns.cols; j++) {
      const { ranks, base, missing, offset } = reader.open(j);
      const isClose = columns.close[j] === 1;
      wide = ranks instanceof Int32Array ? 1 : 0;
      table.set([ranks.byteOffset, base, missing, isClose ? reader.lows.byteOffset + 4 * offset : 0, isClose ? reader.highs.byteOffset + 4 * offset : 0], 5 * j);
    }
    const { measure, notes, totals, size, scratch, moved } = criterion;
    this.#kernels = kernels;
    this.#numbers = arena.float64(BYTES / 8);
    this.#words = new Int32Array(this.#numbers.buffer, this.#numbers.byteOffset, BYTES / 4);
    this.#words.set([
      table.byteOffset, wide, columns.cols, Math.min(limits.maxFeatures, columns.cols), limits.minSamplesLeaf, features.byteOffset, constants.byteOffset,
      samples.byteOffset, MEASURES.indexOf(measure), notes, totals, size, scratch, moved,
    ]);
    this.#numbers[NUMBER.minWeight] = limits.minWeightLeaf;
  }

  /**
   * Looks for the best split of samples[start … end), drawing columns from `random`.
   * @param known how many columns are known to be constant
   * @param weight of the node, and Σ w·y of it where that is asked for
   * @returns how many columns are known to be constant now
   */
  run(start: number, end: number, random: Xorshift, known: number, weight: number, total: number): number {
    const words = this.#words;
    words[WORD.random] = random.state;
    words[WORD.known] = known;
    this.#numbers[NUMBER.weight] = weight;
    this.#numbers[NUMBER.total] = total;
    this.#kernels.searchNode(words.byteOffset, start, end);
    random.state = words[WORD.random] >>> 0;
    return words[WORD.known];
  }

  /** The column of the best split; −1 for none. */
  get feature(): number {
    return this.#words[WORD.feature];
  }

  /** Where the samples to its right begin. */
  get place(): number {
    return this.#words[WORD.place];
  }

  /** The highest rank to the left. */
  get cut(): number {
    return this.#words[WORD.cut];
  }

  /** The lowest rank to the right; −1 where only missing values go right. */
  get next(): number {
    return this.#words[WORD.next];
  }

  get missingLeft(): boolean {
    return this.#words[WORD.missingLeft] === 1;
  }

  /** How many samples have no value in the column. */
  get gaps(): number {
    return this.#words[WORD.gaps];
  }
}
