import type { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { SplitterParts } from './splitter.ts';

/** What the search reads that depends on criterion and splitter: byte addresses and numbers, see assembly/search-node.ts. */
export interface SearchedCriterion {
  /** Whether thresholds are drawn, rather than the best. */
  isDrawn: boolean;
  measure: 'gini' | 'entropy' | 'squaredError' | 'poisson';
  notes: number;
  totals: number;
  size: number;
  scratch: number;
  moved: number;
}

const MEASURES = ['gini', 'entropy', 'squaredError', 'poisson'];

/** The places of a Search of assembly/search-node.ts that change, in words of 4 bytes, and in doubles. */
const WORD = { random: 15, known: 16, feature: 17, place: 18, cut: 19, next: 20, missingLeft: 21, gaps: 22, last: 23 };
const NUMBER = { minWeight: 12, weight: 13, total: 14, threshold: 15 };
const BYTES = 160;

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
      const isRead = criterion.isDrawn || columns.close[j] === 1;
      wide = ranks instanceof Int32Array ? 1 : 0;
      table.set([ranks.byteOffset, base, missing, isRead ? reader.lows.byteOffset + 4 * offset : 0, isRead ? reader.highs.byteOffset + 4 * offset : 0], 5 * j);
    }
    const { measure, notes, totals, size, scratch, moved, isDrawn } = criterion;
    this.#kernels = kernels;
    this.#numbers = arena.float64(BYTES / 8);
    this.#words = new Int32Array(this.#numbers.buffer, this.#numbers.byteOffset, BYTES / 4);
    this.#words.set([
      table.byteOffset, wide, columns.cols, Math.min(limits.maxFeatures, columns.cols), limits.minSamplesLeaf, features.byteOffset, constants.byteOffset,
      samples.byteOffset, MEASURES.indexOf(measure), notes, totals, size, scratch, moved, isDrawn ? 1 : 0,
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

  /** The column that was looked at last. */
  get last(): number {
    return this.#words[WORD.last];
  }

  /** Where thresholds are drawn: the best split's. */
  get threshold(): number {
    return this.#numbers[NUMBER.threshold];
  }
}
