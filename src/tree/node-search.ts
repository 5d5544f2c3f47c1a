import type { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { sideOf } from './side-of.ts';
import { sparseRecord, type Weighed } from './sparse-entries.ts';
import type { Split, SplitterParts } from './splitter.ts';

/** What the search reads that depends on criterion and splitter: byte addresses and numbers, see assembly/search-node.ts. */
export interface SearchedCriterion {
  /** Whether thresholds are drawn, rather than the best. */
  isDrawn: boolean;
  measure: (typeof MEASURES)[number];
  notes: number;
  totals: number;
  size: number;
  scratch: number;
  moved: number;
  /** Where columns are sparse: u32 by row, see assembly/sparse-columns.ts. */
  states?: Int32Array;
  weighed?: Weighed;
  /** The most ranks of a column, where that is not `size`. */
  ranks?: number;
}

const MEASURES = ['gini', 'entropy', 'squaredError', 'poisson', 'weighedGini', 'weighedEntropy'] as const;

/** The places of a Search of assembly/search-node.ts that change, in words of 4 bytes, and in doubles. */
const WORD = { random: 19, known: 20, feature: 21, place: 22, cut: 23, next: 24, missingLeft: 25, gaps: 26, last: 27 };
const NUMBER = { minWeight: 14, weight: 15, total: 16, threshold: 17 };
const BYTES = 176;

/*
 * A node is read row by row if it has no more than this share of all entries: chaining them by column is dearer than
 * reading a column through, but columns have entries of other nodes. Of some columns, a few are wanted.
 */
const MOST_BY_ROW = 0.5;
const BY_ROW = 4;

/** Searches the nodes of one tree for splits, over all columns in one call of compiled code. */
export class NodeSearch {
  readonly #kernels: KernelExports;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #zero: Int32Array;

  constructor(arena: Arena, kernels: KernelExports, { columns, reader, samples, limits, features, constants }: SplitterParts, criterion: SearchedCriterion) {
    const { cols, zero, starts, close } = columns;
    const { sparse, lows, highs } = reader;
    const { measure, notes, totals, size, scratch, moved, isDrawn, states, weighed, ranks = 0 } = criterion;
    const table = arena.int32(5 * cols);
    let wide = 0;
    for (let j = 0, at = 0; j < cols; j++, at += 5) {
      if (sparse === undefined) {
        const { ranks } = reader.open(j);
        wide = ranks instanceof Int32Array ? 1 : 0;
        table[at] = ranks.byteOffset;
      }
      table[at + 1] = zero[j];
      table[at + 2] = starts[j + 1] - starts[j];
      if (!isDrawn && close[j] === 0) continue;
      table[at + 3] = lows.byteOffset + 4 * starts[j];
      table[at + 4] = highs.byteOffset + 4 * starts[j];
    }
    const tried = Math.min(limits.maxFeatures, cols);
    const allowance = sparse === undefined ? 0 : Math.floor(sparse.rows.length * Math.min(MOST_BY_ROW, (BY_ROW * tried) / cols));
    const ofClasses = measure === 'gini' || measure === 'entropy';
    const record = sparse && states ? sparseRecord(arena, sparse, allowance, states, weighed, !isDrawn && tried === cols && ofClasses, isDrawn && !ofClasses).byteOffset : 0;
    this.#kernels = kernels;
    this.#zero = zero;
    this.#numbers = arena.float64(BYTES / 8);
    this.#words = new Int32Array(this.#numbers.buffer, this.#numbers.byteOffset, BYTES / 4);
    this.#words.set([
      table.byteOffset, wide, cols, tried, limits.minSamplesLeaf, features.byteOffset, constants.byteOffset,
      samples.byteOffset, MEASURES.indexOf(measure), notes, totals, size, scratch, moved, isDrawn ? 1 : 0, record, allowance, weighed?.pairs.byteOffset ?? 0, ranks,
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

  /** Puts the samples of the node searched last in the order of a split by a sparse column, where that matters; see partSparse. */
  part(start: number, end: number, { feature, cut, threshold }: Split): void {
    this.#kernels.partSparse(this.#words.byteOffset, start, end, feature, cut, sideOf(cut, this.#zero[feature], threshold));
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
