import type { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import type { PackingScales } from '../kernels/gradient-arrays.ts';
import { type GrownNode, TreeGrowth } from '../kernels/grow-tree.ts';
import { sumCells } from '../kernels/histograms.ts';
import { numberRows } from '../kernels/row-partition.ts';
import { HAS_MISSING, type SplitLimits, type SplitSpace } from '../kernels/split-arrays.ts';
import type { BinnedArrays } from './binned-arrays.ts';
import type { NodeToSearch, SharedWork } from './shared-work.ts';
import type { TreeLimits } from './tree-limits.ts';

/** Splits that leave a child less hessian than this are not tried, as in scikit-learn. */
const MIN_HESSIAN = 1e-3;

/** A node while its tree grows; a class, whose objects are made much faster than literals of so many parts. */
class OpenNode implements GrownNode {
  readonly id: number;
  readonly depth: number;
  readonly count: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  /** Where the other rows lie. */
  readonly otherFrom: number;
  readonly otherTo: number;
  readonly total: BigInt64Array;
  left = -1;
  right = -1;
  feature = -1;
  bin = 0;
  missingLeft = false;
  categories: Uint8Array | null = null;
  gain = 0;
  histogram: BigInt64Array | null = null;
  lower = -Infinity;
  upper = Infinity;
  /** Groups of interacting columns that the node's path keeps to; null where all columns may meet. */
  groups: readonly (readonly number[])[] | null = null;
  /** Columns to split by. */
  features: Int32Array | null = null;
  split: Split | null = null;

  constructor(id: number, depth: number, value: number, from: number, to: number, otherFrom: number, otherTo: number, total: BigInt64Array) {
    this.id = id;
    this.depth = depth;
    this.count = to - from;
    this.value = value;
    this.from = from;
    this.to = to;
    this.otherFrom = otherFrom;
    this.otherTo = otherTo;
    this.total = total;
  }
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
  categories: Uint8Array | null;
  valueLeft: number;
  valueRight: number;
  countLeft: number;
  totalLeft: BigInt64Array;
}

/** What one tree grows on. */
export interface TreeRows {
  /** The numbers of the training rows that count, then those of all others; reordered. */
  rows: Int32Array;
  /** How many count. */
  count: number;
  /** Whether all are 0, 1, 2, …: `rows` then need not hold them yet. */
  areInOrder: boolean;
  /** Gradient and hessian of each row in turn. */
  derivatives: Float32Array;
  scales: PackingScales;
  /** Columns to split by, ascending; null for all. */
  features: Int32Array | null;
}

/**
 * Grows trees leaf by leaf, the leaf with the largest gain first. Only the smaller child's histogram is added up: the
 * sibling's is the parent's less that.
 *
 * Counterpart: scikit-learn's TreeGrower. Sums are of whole numbers here, so that ties are ties.
 */
export class TreeGrower {
  readonly #binned: BinnedArrays;
  readonly #limits: TreeLimits;
  readonly #groups: readonly (readonly number[])[] | null;
  readonly #random: Xorshift;
  readonly #arena: Arena;
  readonly #work: SharedWork;
  readonly #left: Uint8Array;
  readonly #other: Int32Array;
  /** Room for the columns of two nodes. */
  readonly #lists: readonly Int32Array[];
  readonly #idle: BigInt64Array[] = [];
  /** Room for the sums of nodes' pairs, used again by the next tree. */
  readonly #pairs: BigInt64Array[] = [];
  /** All columns, in order. */
  readonly #all: Int32Array;
  readonly #isMonotonic: boolean;
  /** Grows whole trees where nothing asks for more than it knows. */
  readonly #compiled: TreeGrowth | undefined;
  #tree!: TreeRows;
  #splitLimits!: SplitLimits;
  #nodes: OpenNode[] = [];
  #open: OpenNode[] = [];
  #leaves = 0;

  /** @param groups columns that may meet on a path, planned numbers; null for all */
  constructor(arena: Arena, work: SharedWork, binned: BinnedArrays, limits: TreeLimits, groups: readonly (readonly number[])[] | null, random: Xorshift) {
    this.#arena = arena;
    this.#work = work;
    this.#binned = binned;
    this.#limits = limits;
    this.#groups = groups;
    this.#random = random;
    this.#left = arena.uint8(256);
    this.#other = arena.int32(2 * binned.rows);
    this.#lists = [arena.int32(binned.cols), arena.int32(binned.cols)];
    this.#all = arena.copyInt32(Array.from({ length: binned.cols }, (_, j) => j));
    this.#isMonotonic = binned.directions.some((direction) => direction !== 0);
    if (groups !== null || this.#isMonotonic || limits.maxFeatures < 1) return;
    this.#compiled = TreeGrowth.on(arena, binned, binned.cells, this.#left, this.#other, { ...limits, minHessian: MIN_HESSIAN }, work.team);
  }

  /** Grows one tree; afterwards `leaves` holds for every row the number of its leaf, counted in the order of the nodes. */
  grow(tree: TreeRows, leaves: Uint16Array): GrownNode[] {
    return this.#compiled?.grow({ ...tree, features: this.#listed(tree.features) }, leaves) ?? this.#growHere(tree, leaves);
  }

  /** Columns where kernels can reach them. */
  #listed(features: Int32Array | null): Int32Array {
    if (features === null) return this.#all;
    this.#lists[0].set(features);
    return this.#lists[0].subarray(0, features.length);
  }

  #growHere(tree: TreeRows, leaves: Uint16Array): GrownNode[] {
    const { minSamplesLeaf, l2 } = this.#limits;
    const { gradientScale, hessianScale, shift } = tree.scales;
    this.#tree = tree;
    this.#splitLimits = { minSamplesLeaf, minHessian: MIN_HESSIAN, l2, gradientUnit: 1 / gradientScale, hessianUnit: 1 / hessianScale, shift };
    this.#nodes = [];
    this.#open = [];
    this.#leaves = 0;
    const root = this.#node(0, 0, 0, tree.count, tree.count, tree.rows.length);
    root.groups = this.#groups;
    if (tree.areInOrder) numberRows(tree.rows);
    root.histogram = this.#histogramOf(root, tree.areInOrder);
    this.#work.gatherSums(root.histogram);
    const { bins } = this.#binned;
    sumCells(root.histogram.subarray(0, 2 * (bins[0] + 1)), root.total);
    if (tree.count < 2 * minSamplesLeaf || this.#hessian(root) < MIN_HESSIAN) this.#close(root);
    else this.#findSplits([root], root.histogram, null);
    while (this.#open.length > 0) this.#splitNext();
    this.#work.markRows(tree.rows, this.#nodes.filter(({ left }) => left < 0), leaves);
    return this.#nodes;
  }

  #node(depth: number, value: number, from: number, to: number, otherFrom: number, otherTo: number): OpenNode {
    const id = this.#nodes.length;
    const node = new OpenNode(id, depth, value, from, to, otherFrom, otherTo, (this.#pairs[id] ??= integers(this.#arena, 2)));
    this.#nodes.push(node);
    return node;
  }

  #hessian({ total }: OpenNode): number {
    return Number(total[1] & ((1n << BigInt(this.#splitLimits.shift)) - 1n)) * this.#splitLimits.hessianUnit;
  }

  #histogramOf({ from, to }: OpenNode, areInOrder = false): BigInt64Array {
    const idle = this.#idle.pop();
    const histogram = idle ?? integers(this.#arena, 2 * this.#binned.cells);
    this.#work.addToHistograms(this.#binned, areInOrder ? null : this.#tree.rows, from, to, this.#tree.derivatives, this.#tree.scales, histogram, idle !== undefined);
    return histogram;
  }

  #release(node: OpenNode): void {
    if (node.histogram) this.#idle.push(node.histogram);
    node.histogram = null;
  }

  #close(node: OpenNode): void {
    this.#release(node);
    this.#leaves++;
  }

  /** Finds the nodes' splits, their histograms completed first as SharedWork does. */
  #findSplits(nodes: readonly OpenNode[], summed: BigInt64Array, rest: BigInt64Array | null): void {
    for (const [i, node] of nodes.entries()) node.features = this.#columnsFor(node, this.#lists[i]);
    const found = this.#work.findSplits(nodes as (OpenNode & NodeToSearch)[], this.#binned, this.#splitLimits, summed, rest);
    for (const [i, node] of nodes.entries()) this.#take(node, found[i]);
  }

  /** Lists the node as open with the split that was found, or makes it a leaf. */
  #take(node: OpenNode, { numbers, words, cells, categories }: SplitSpace): void {
    if (!(words[10] >= 0 && numbers[0] > 0)) {
      this.#close(node);
      return;
    }
    node.split = {
      gain: numbers[0],
      valueLeft: numbers[1],
      valueRight: numbers[2],
      totalLeft: cells.slice(3, 5),
      feature: words[10],
      bin: words[11],
      missingLeft: words[12] === 1,
      categories: words[13] === 1 ? Uint8Array.from(categories) : null,
      countLeft: words[14],
    };
    this.#open.push(node);
  }

  /** The columns that a node may split by: those its path allows, of the tree's columns, or a random share of them. */
  #columnsFor({ groups }: OpenNode, list: Int32Array): Int32Array {
    const { features } = this.#tree;
    const { maxFeatures } = this.#limits;
    if (features === null && groups === null && maxFeatures >= 1) return this.#all;
    const own = features ?? this.#all;
    const allowed = groups === null ? own : own.filter((j) => groups.some((group) => group.includes(j)));
    const wanted = maxFeatures < 1 ? Math.max(1, Math.ceil(maxFeatures * allowed.length)) : allowed.length;
    let count = 0;
    for (let i = 0; i < allowed.length && count < wanted; i++) {
      if (wanted === allowed.length || this.#random.below(allowed.length - i) < wanted - count) list[count++] = allowed[i];
    }
    return list.subarray(0, count);
  }

  /** Takes the open node with the largest gain, the first of equals; without a limit on leaves, the last opened. */
  #takeOpen(): OpenNode {
    let best = this.#open.length - 1;
    if (this.#limits.maxLeaves < Infinity) {
      best = 0;
      for (let i = 1; i < this.#open.length; i++) if ((this.#open[i].split as Split).gain > (this.#open[best].split as Split).gain) best = i;
    }
    return this.#open.splice(best, 1)[0];
  }

  #splitNext(): void {
    const node = this.#takeOpen();
    const [left, right] = this.#divide(node);
    const { maxLeaves, maxDepth, minSamplesLeaf } = this.#limits;
    if (this.#leaves + this.#open.length + 2 >= maxLeaves) {
      for (const last of [left, right, node, ...this.#open]) this.#release(last);
      this.#open = [];
      return;
    }
    const ends = [left, right].map((child) => child.depth >= maxDepth || child.count < 2 * minSamplesLeaf);
    if (ends[0] && ends[1]) this.#release(node);
    else {
      const smaller = left.count < right.count ? left : right;
      const larger = smaller === left ? right : left;
      smaller.histogram = this.#histogramOf(smaller);
      larger.histogram = node.histogram as BigInt64Array;
      node.histogram = null;
      this.#findSplits([left, right].filter((_, i) => !ends[i]), smaller.histogram, larger.histogram);
    }
    if (ends[0]) this.#close(left);
    if (ends[1]) this.#close(right);
  }

  #divide(node: OpenNode): [OpenNode, OpenNode] {
    const { feature, bin, categories, gain, valueLeft, valueRight, countLeft, totalLeft, missingLeft } = node.split as Split;
    const { rows, byColumn, kinds, bins } = this.#binned;
    const own = byColumn.subarray(feature * rows, (feature + 1) * rows);
    // Without missing values to learn from, they go where most rows go.
    const missing = kinds[feature] & HAS_MISSING ? missingLeft : countLeft > node.count - countLeft;
    if (categories) for (let b = 0; b < 256; b++) this.#left[b] = (categories[b >> 3] >> (b & 7)) & 1;
    else this.#left.fill(1, 0, bin + 1).fill(0, bin + 1);
    this.#left[bins[feature]] = Number(missing);
    const trained = this.#work.partitionRows(this.#tree.rows, node.from, node.to, own, this.#left, this.#other);
    const others = this.#work.partitionRows(this.#tree.rows, node.otherFrom, node.otherTo, own, this.#left, this.#other);

    const depth = node.depth + 1;
    const middle = node.from + trained;
    const otherMiddle = node.otherFrom + others;
    const left = this.#node(depth, valueLeft, node.from, middle, node.otherFrom, otherMiddle);
    const right = this.#node(depth, valueRight, middle, node.to, otherMiddle, node.otherTo);
    left.total.set(totalLeft);
    right.total[0] = node.total[0] - totalLeft[0];
    right.total[1] = node.total[1] - totalLeft[1];
    node.left = left.id;
    node.right = right.id;
    node.feature = feature;
    node.bin = bin;
    node.categories = categories;
    node.gain = gain;
    node.missingLeft = missing;
    left.groups = right.groups = node.groups?.filter((group) => group.includes(feature)) ?? null;
    if (this.#isMonotonic) this.#bound(node, left, right);
    return [left, right];
  }

  /** Bounds that keep the children's descendants on their side of the middle. */
  #bound(node: OpenNode, left: OpenNode, right: OpenNode): void {
    const direction = this.#binned.directions[node.feature];
    const middle = (left.value + right.value) / 2;
    left.lower = right.lower = node.lower;
    left.upper = right.upper = node.upper;
    if (direction > 0) left.upper = right.lower = middle;
    if (direction < 0) left.lower = right.upper = middle;
  }
}

function integers(arena: Arena, length: number): BigInt64Array {
  const { buffer, byteOffset } = arena.float64(length);
  return new BigInt64Array(buffer, byteOffset, length);
}
