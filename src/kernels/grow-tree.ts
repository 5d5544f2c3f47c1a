import type { Arena } from './arena.ts';
import type { PackingScales } from './gradient-arrays.ts';
import type { Bins } from './histogram-arrays.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { ORDER_BYTES, type SplitColumns } from './split-arrays.ts';

/** Words of a Growth of assembly/grow-tree.ts, its doubles first, and the places of those that change. */
const WORDS = 42;
const NUMBER = { gradientScale: 0, hessianScale: 1, minHessian: 2, l2: 3 };
const WORD = { cols: 8, features: 19, rows: 21, shift: 26, maxLeaves: 27, leaves: 37, used: 38 };
/** The same of its nodes. */
const NODE_BYTES = 176;
const NODE = { from: 0, to: 1, depth: 4, left: 5, right: 6, feature: 7, bin: 8, missingLeft: 9, byCategories: 10 };
const NODE_NUMBER = { gain: 6, value: 7 };
const CATEGORIES = 144;

/** When a tree stops growing. */
export interface GrowthLimits {
  /** Infinity for none. */
  maxLeaves: number;
  maxDepth: number;
  minSamplesLeaf: number;
  minHessian: number;
  l2: number;
}

/** What one tree grows on, as TreeRows of boosting. */
export interface GrowthRows {
  rows: Int32Array;
  count: number;
  areInOrder: boolean;
  derivatives: Float32Array;
  scales: PackingScales;
  features: Int32Array;
}

/** A node of a tree that has grown, see GrownNode of boosting. */
export interface NodeOfGrowth {
  depth: number;
  count: number;
  value: number;
  left: number;
  right: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
  categories: Uint8Array | null;
  gain: number;
  from: number;
  to: number;
}

/** Histograms for all leaves of a tree may take so many bytes. */
const MOST_BYTES = 2 ** 26;

/** Grows whole trees in compiled code: one call a tree, and no work for the engine of JavaScript on the way. */
export class TreeGrowth {
  readonly #kernels: KernelExports;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #nodes: { words: Int32Array; numbers: Float64Array; bytes: Uint8Array };

  /**
   * @param cells of a histogram @param other room for all rows
   * @returns undefined where there are no compiled kernels, or histograms of all leaves would take much room
   */
  static on(arena: Arena, bins: Bins & SplitColumns, cells: number, goesLeft: Uint8Array, other: Int32Array, limits: GrowthLimits): TreeGrowth | undefined {
    const kernels = kernelsFor(bins.byRow, goesLeft, other);
    if (kernels === undefined || !(limits.maxLeaves * cells * 16 <= MOST_BYTES)) return undefined;
    return new TreeGrowth(arena, kernels, bins, cells, goesLeft, other, limits);
  }

  private constructor(arena: Arena, kernels: KernelExports, bins: Bins & SplitColumns, cells: number, goesLeft: Uint8Array, other: Int32Array, limits: GrowthLimits) {
    const { maxLeaves, maxDepth, minSamplesLeaf, minHessian, l2 } = limits;
    const order = arena.float64(ORDER_BYTES / 8);
    const histograms = arena.unsetFloat64(2 * cells * maxLeaves);
    const lists = arena.int32(2 * maxLeaves);
    const bytes = arena.uint8(NODE_BYTES * (2 * maxLeaves - 1));
    this.#kernels = kernels;
    this.#numbers = arena.float64(WORDS / 2);
    this.#words = new Int32Array(this.#numbers.buffer, this.#numbers.byteOffset, WORDS);
    this.#nodes = { bytes, words: new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), numbers: new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8) };
    this.#numbers[NUMBER.minHessian] = minHessian;
    this.#numbers[NUMBER.l2] = l2;
    const { byRow, stride, byColumn, height, starts, staged, cols, kinds, directions } = bins;
    const columns = [bins.bins.byteOffset, kinds.byteOffset, directions.byteOffset];
    this.#words.set([cols, byRow.byteOffset, stride, byColumn.byteOffset, height, starts.byteOffset, staged.byteOffset, cells, ...columns], WORD.cols);
    const room = [goesLeft, other, order, histograms, lists].map(({ byteOffset }) => byteOffset);
    this.#words.set([maxLeaves, Math.min(maxDepth, 2 ** 31 - 1), minSamplesLeaf, ...room, lists.byteOffset + 4 * maxLeaves, bytes.byteOffset], WORD.maxLeaves);
  }

  /** Grows one tree and marks every row's leaf, as TreeGrower.grow. */
  grow({ rows, count, areInOrder, derivatives, scales, features }: GrowthRows, leaves: Uint16Array): NodeOfGrowth[] {
    const words = this.#words;
    this.#numbers[NUMBER.gradientScale] = scales.gradientScale;
    this.#numbers[NUMBER.hessianScale] = scales.hessianScale;
    words[WORD.features] = features.byteOffset;
    words[WORD.features + 1] = features.length;
    words.set([rows.byteOffset, count, rows.length, Number(areInOrder), derivatives.byteOffset, scales.shift], WORD.rows);
    words[WORD.leaves] = leaves.byteOffset;
    this.#kernels.growTree(words.byteOffset);
    const nodes: NodeOfGrowth[] = [];
    for (let i = 0; i < words[WORD.used]; i++) nodes.push(this.#node(i));
    return nodes;
  }

  #node(i: number): NodeOfGrowth {
    const { words, numbers, bytes } = this.#nodes;
    const w = (i * NODE_BYTES) / 4;
    const n = (i * NODE_BYTES) / 8;
    const categories = i * NODE_BYTES + CATEGORIES;
    return {
      depth: words[w + NODE.depth],
      count: words[w + NODE.to] - words[w + NODE.from],
      value: numbers[n + NODE_NUMBER.value],
      left: words[w + NODE.left],
      right: words[w + NODE.right],
      feature: words[w + NODE.feature],
      bin: words[w + NODE.bin],
      missingLeft: words[w + NODE.missingLeft] === 1,
      categories: words[w + NODE.byCategories] === 1 ? bytes.slice(categories, categories + 32) : null,
      gain: numbers[n + NODE_NUMBER.gain],
      from: words[w + NODE.from],
      to: words[w + NODE.to],
    };
  }
}
