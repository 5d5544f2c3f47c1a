import { thisThread } from '../core/this-thread.ts';
import type { Arena } from './arena.ts';
import type { PackingScales } from './gradient-arrays.ts';
import type { Bins } from './histogram-arrays.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { FOUND_BYTES, ORDER_BYTES, type SplitColumns } from './split-arrays.ts';
import { TeamChoice } from './team-choice.ts';
import { MOST_BLOCKS } from './thread-jobs.ts';
import type { ThreadTeam } from './thread-team.ts';

/** Words of a Growth of assembly/grow-tree.ts, its doubles first, and the places of those that change. */
const WORDS = 54;
const NUMBER = { gradientScale: 0, hessianScale: 1, minHessian: 2, l2: 3 };
const WORD = { cols: 8, features: 19, rows: 21, shift: 26, maxLeaves: 27, team: 39, leaves: 41, used: 42 };
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

/** A node of a tree that has grown. */
export interface GrownNode {
  depth: number;
  /** Training rows that reached it. */
  count: number;
  /** Before the learning rate. */
  value: number;
  /** −1 at leaves. */
  left: number;
  right: number;
  /** Number of the planned column; −1 at leaves. */
  feature: number;
  bin: number;
  missingLeft: boolean;
  /** A bit for each category that goes left; null for splits by numbers. */
  categories: Uint8Array | null;
  gain: number;
  /** Where the node's training rows lie in `rows`. */
  from: number;
  to: number;
}

/** What assembly/tree-team.ts takes, and the place of the word that says whether a tree is grown. */
const TEAM_BYTES = 448;
const OVER = 34;

/** Histograms for all leaves of a tree may take so many bytes. */
const MOST_BYTES = 2 ** 26;

/** Grows whole trees in compiled code: one call a tree, and no work for the engine of JavaScript on the way. */
export class TreeGrowth {
  readonly #kernels: KernelExports;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #team: ThreadTeam | undefined;
  readonly #teamWords: Int32Array;
  readonly #choice = new TeamChoice();
  readonly #nodes: { words: Int32Array; numbers: Float64Array; bytes: Uint8Array };

  /**
   * @param cells of a histogram @param other room for all rows, twice @param team threads to share the work; the tree has the same bits
   * @returns undefined where there are no compiled kernels, or histograms of all leaves would take much room
   */
  static on(arena: Arena, bins: Bins & SplitColumns, cells: number, goesLeft: Uint8Array, other: Int32Array, limits: GrowthLimits, team: ThreadTeam | undefined): TreeGrowth | undefined {
    const kernels = kernelsFor(bins.byRow, goesLeft, other);
    if (kernels === undefined || !(limits.maxLeaves * cells * 16 <= MOST_BYTES)) return undefined;
    return new TreeGrowth(arena, kernels, bins, cells, goesLeft, other, limits, team);
  }

  private constructor(arena: Arena, kernels: KernelExports, bins: Bins & SplitColumns, cells: number, goesLeft: Uint8Array, other: Int32Array, limits: GrowthLimits, team: ThreadTeam | undefined) {
    const { maxLeaves, maxDepth, minSamplesLeaf, minHessian, l2 } = limits;
    const threads = team?.threads ?? 1;
    const orders = arena.float64((threads * ORDER_BYTES) / 8);
    const sums = arena.unsetFloat64(2 * cells * (threads - 1));
    const found = arena.float64((2 * MOST_BLOCKS * FOUND_BYTES) / 8);
    const ownStaged = threads > 1 ? arena.unsetUint8(threads * bins.staged.length) : bins.staged;
    const histograms = arena.unsetFloat64(2 * cells * maxLeaves);
    const lists = arena.int32(2 * maxLeaves);
    const bytes = arena.uint8(NODE_BYTES * (2 * maxLeaves - 1));
    this.#kernels = kernels;
    this.#team = team;
    // On lines of the caches of its own.
    const line = arena.int32(TEAM_BYTES / 4 + 16);
    this.#teamWords = line.subarray(((64 - (line.byteOffset % 64)) % 64) / 4);
    this.#numbers = arena.float64(WORDS / 2);
    this.#words = new Int32Array(this.#numbers.buffer, this.#numbers.byteOffset, WORDS);
    this.#nodes = { bytes, words: new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), numbers: new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8) };
    this.#numbers[NUMBER.minHessian] = minHessian;
    this.#numbers[NUMBER.l2] = l2;
    const { byRow, stride, byColumn, height, starts, cols, kinds, directions } = bins;
    const columns = [bins.bins.byteOffset, kinds.byteOffset, directions.byteOffset];
    this.#words.set([cols, byRow.byteOffset, stride, byColumn.byteOffset, height, starts.byteOffset, ownStaged.byteOffset, cells, ...columns], WORD.cols);
    const room = [goesLeft, other, histograms, lists, lists.subarray(maxLeaves), bytes, orders, sums, found].map(({ byteOffset }) => byteOffset);
    this.#words.set([maxLeaves, Math.min(maxDepth, 2 ** 31 - 1), minSamplesLeaf, ...room, team ? this.#teamWords.byteOffset : 0, threads], WORD.maxLeaves);
  }

  /** Grows one tree and marks every row's leaf, as TreeGrower.grow. */
  grow({ rows, count, areInOrder, derivatives, scales, features }: GrowthRows, leaves: Uint16Array): GrownNode[] {
    const words = this.#words;
    this.#numbers[NUMBER.gradientScale] = scales.gradientScale;
    this.#numbers[NUMBER.hessianScale] = scales.hessianScale;
    words[WORD.features] = features.byteOffset;
    words[WORD.features + 1] = features.length;
    words.set([rows.byteOffset, count, rows.length, Number(areInOrder), derivatives.byteOffset, scales.shift], WORD.rows);
    words[WORD.leaves] = leaves.byteOffset;
    const team = this.#team;
    if (team === undefined || !thisThread.isShareFree()) this.#growBy(undefined);
    else this.#choice.take((withTeam) => this.#growBy(withTeam ? team : undefined));
    const nodes: GrownNode[] = [];
    for (let i = 0; i < words[WORD.used]; i++) nodes.push(this.#node(i));
    return nodes;
  }

  #growBy(team: ThreadTeam | undefined): void {
    const { byteOffset } = this.#words;
    this.#words[WORD.team] = team ? this.#teamWords.byteOffset : 0;
    this.#teamWords[OVER] = 0;
    if (team) team.run('grow', team.threads, [byteOffset]);
    else this.#kernels.growTree(byteOffset);
  }

  #node(i: number): GrownNode {
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
