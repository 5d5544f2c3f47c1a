import { bestSplit } from './best-split.ts';
import { addRowsInOrder, addToHistograms, subtractCells, sumCells } from './histograms.ts';
import { markRows, partitionRows } from './row-partition.ts';

/** Bits of a column's kind, see best-split.ts. */
const HAS_MISSING: u8 = 1;

/** A node of a tree, 176 bytes; ../grow-tree.ts has the twin of this list. */
@unmanaged
class TreeNode {
  /** Where its training rows lie in `rows`, and where the others. */
  from: i32;
  to: i32;
  otherFrom: i32;
  otherTo: i32;
  depth: i32;
  /** Children, −1 at leaves. */
  left: i32;
  right: i32;
  feature: i32;
  bin: i32;
  missingLeft: i32;
  byCategories: i32;
  /** Which histogram is its own, −1 for none. */
  slot: i32;
  gain: f64;
  value: f64;
  /** The sum of its rows' pairs. */
  gradients: i64;
  hessians: i64;
  /** Here and on, the 96 bytes that bestSplit writes. */
  foundGain: f64;
  foundLeft: f64;
  foundRight: f64;
  foundGradients: i64;
  foundHessians: i64;
  foundFeature: i32;
  foundBin: i32;
  foundMissingLeft: i32;
  foundKind: i32;
  foundCount: i32;
  unused: i32;
  /** 32 bytes, a bit for each category that goes left. */
  categories: u64;
  categories1: u64;
  categories2: u64;
  categories3: u64;
}

const NODE_BYTES: usize = 176;

/** Where the i-th of a list of i32 lies. */
// @ts-ignore: decorator
@inline
function placeIn(list: usize, i: i32): usize {
  return list + ((<usize>i) << 2);
}

/** What growTree reads and writes, in this order without gaps; ../grow-tree.ts has the twin of this list. */
@unmanaged
class Growth {
  gradientScale: f64;
  hessianScale: f64;
  minHessian: f64;
  l2: f64;
  /** Bins as addToHistograms and addRowsInOrder take them, and cells of a histogram. */
  cols: i32;
  byRow: usize;
  stride: i32;
  byColumn: usize;
  height: i32;
  starts: usize;
  staged: usize;
  cells: i32;
  /** Columns as bestSplit takes them. */
  bins: usize;
  kinds: usize;
  directions: usize;
  /** Columns to split by, ascending. */
  features: usize;
  featureCount: i32;
  /** Numbers of the training rows that count, then those of all others; whether the former are 0, 1, 2, … */
  rows: usize;
  count: i32;
  all: i32;
  areInOrder: i32;
  derivatives: usize;
  shift: i32;
  maxLeaves: i32;
  maxDepth: i32;
  minSamplesLeaf: i32;
  /** Room: 256 bytes, i32 for all rows, 4,096 bytes; a histogram and an i32, twice, for each leaf; nodes. */
  goesLeft: usize;
  other: usize;
  order: usize;
  histograms: usize;
  idle: usize;
  open: usize;
  nodes: usize;
  /** Written: 16 bits for each row. */
  leaves: usize;
  /** Written: how many nodes there are, how many of them are closed, open, and how many histograms are idle. */
  used: i32;
  closed: i32;
  opened: i32;
  idles: i32;

  at(id: i32): TreeNode {
    return changetype<TreeNode>(this.nodes + <usize>id * NODE_BYTES);
  }

  make(depth: i32, value: f64, from: i32, to: i32, otherFrom: i32, otherTo: i32): TreeNode {
    const node = this.at(this.used++);
    node.depth = depth;
    node.value = value;
    node.from = from;
    node.to = to;
    node.otherFrom = otherFrom;
    node.otherTo = otherTo;
    node.left = -1;
    node.right = -1;
    node.feature = -1;
    node.bin = 0;
    node.missingLeft = 0;
    node.byCategories = 0;
    node.gain = 0;
    node.slot = -1;
    return node;
  }

  histogram(node: TreeNode): usize {
    return this.histograms + <usize>node.slot * ((<usize>this.cells) << 4);
  }

  /** Adds up a histogram for a node. */
  addUp(node: TreeNode): void {
    node.slot = load<i32>(placeIn(this.idle, --this.idles));
    const histogram = this.histogram(node);
    memory.fill(histogram, 0, (<usize>this.cells) << 4);
    if (node.depth == 0 && this.areInOrder) {
      addRowsInOrder(this.cols, this.byColumn, this.height, node.from, node.to, this.derivatives, this.gradientScale, this.hessianScale, this.shift, this.starts, histogram, this.staged);
    } else {
      addToHistograms(this.cols, this.byRow, this.stride, this.rows, node.from, node.to, this.derivatives, this.gradientScale, this.hessianScale, this.shift, this.starts, histogram, this.staged);
    }
  }

  release(node: TreeNode): void {
    if (node.slot < 0) return;
    store<i32>(placeIn(this.idle, this.idles++), node.slot);
    node.slot = -1;
  }

  close(node: TreeNode): void {
    this.release(node);
    this.closed++;
  }

  /** Finds a node's split and lists it as open, or closes it. */
  search(node: TreeNode, id: i32): void {
    bestSplit(
      this.features,
      this.featureCount,
      this.histogram(node),
      this.starts,
      this.bins,
      this.kinds,
      this.directions,
      changetype<usize>(node) + offsetof<TreeNode>('gradients'),
      node.value,
      -Infinity,
      Infinity,
      this.minSamplesLeaf,
      this.minHessian,
      this.l2,
      1 / this.gradientScale,
      1 / this.hessianScale,
      this.shift,
      changetype<usize>(node) + offsetof<TreeNode>('foundGain'),
      this.order,
    );
    if (node.foundFeature >= 0 && node.foundGain > 0) store<i32>(placeIn(this.open, this.opened++), id);
    else this.close(node);
  }

  /** Takes the open node with the largest gain, the first of equals. */
  takeOpen(): TreeNode {
    let best: usize = this.open;
    const end = placeIn(this.open, this.opened);
    for (let p = best + 4; p < end; p += 4) if (this.at(load<i32>(p)).foundGain > this.at(load<i32>(best)).foundGain) best = p;
    const node = this.at(load<i32>(best));
    memory.copy(best, best + 4, end - best - 4);
    this.opened--;
    return node;
  }

  /** Parts a node's rows and makes its children, which follow each other. */
  divide(node: TreeNode): void {
    const bins = load<i32>(placeIn(this.bins, node.foundFeature));
    const goesLeft = this.goesLeft;
    node.feature = node.foundFeature;
    node.bin = node.foundBin;
    node.byCategories = node.foundKind;
    node.gain = node.foundGain;
    // Without missing values to learn from, they go where most rows go.
    const hasMissing = (load<u8>(this.kinds + node.feature) & HAS_MISSING) != 0;
    node.missingLeft = hasMissing ? node.foundMissingLeft : i32(node.foundCount > node.to - node.from - node.foundCount);
    if (node.byCategories) {
      const categories = changetype<usize>(node) + offsetof<TreeNode>('categories');
      for (let b: usize = 0; b < 256; b++) store<u8>(goesLeft + b, (load<u8>(categories + (b >> 3)) >> <u8>(b & 7)) & 1);
    } else {
      memory.fill(goesLeft, 1, node.bin + 1);
      memory.fill(goesLeft + node.bin + 1, 0, 255 - node.bin);
    }
    store<u8>(goesLeft + bins, <u8>node.missingLeft);
    const column = this.byColumn + <usize>node.feature * this.height;
    const middle = node.from + partitionRows(this.rows, node.from, node.to, column, goesLeft, this.other);
    const otherMiddle = node.otherFrom + partitionRows(this.rows, node.otherFrom, node.otherTo, column, goesLeft, this.other);
    node.left = this.used;
    node.right = this.used + 1;
    const left = this.make(node.depth + 1, node.foundLeft, node.from, middle, node.otherFrom, otherMiddle);
    const right = this.make(node.depth + 1, node.foundRight, middle, node.to, otherMiddle, node.otherTo);
    left.gradients = node.foundGradients;
    left.hessians = node.foundHessians;
    right.gradients = node.gradients - node.foundGradients;
    right.hessians = node.hessians - node.foundHessians;
  }

  isEnd(node: TreeNode): bool {
    return node.depth >= this.maxDepth || node.to - node.from < 2 * this.minSamplesLeaf;
  }

  /** Splits the open node with the largest gain. @returns whether the tree has all its leaves */
  splitNext(): bool {
    const node = this.takeOpen();
    this.divide(node);
    if (this.closed + this.opened + 2 >= this.maxLeaves) return true;
    const left = this.at(node.left);
    const right = this.at(node.right);
    const leftEnds = this.isEnd(left);
    const rightEnds = this.isEnd(right);
    if (leftEnds && rightEnds) this.release(node);
    else {
      const isLeftSmaller = left.to - left.from < right.to - right.from;
      const smaller = isLeftSmaller ? left : right;
      const larger = isLeftSmaller ? right : left;
      this.addUp(smaller);
      larger.slot = node.slot;
      node.slot = -1;
      subtractCells(this.histogram(smaller), this.histogram(larger), this.cells);
      if (!leftEnds) this.search(left, node.left);
      if (!rightEnds) this.search(right, node.right);
    }
    if (leftEnds) this.close(left);
    if (rightEnds) this.close(right);
    return false;
  }

  markLeaves(): void {
    let leaf = 0;
    for (let id = 0; id < this.used; id++) {
      const node = this.at(id);
      if (node.left >= 0) continue;
      markRows(this.rows, node.from, node.to, leaf, this.leaves);
      markRows(this.rows, node.otherFrom, node.otherTo, leaf, this.leaves);
      leaf++;
    }
  }
}

/**
 * Grows a tree leaf by leaf in one call, the leaf with the largest gain first, where the number of leaves is limited and
 * nothing bounds values or columns within the tree. Twin: TreeGrower in ../../boosting/grow-tree.ts.
 * @param address of a Growth
 */
export function growTree(address: usize): void {
  const growth = changetype<Growth>(address);
  growth.used = 0;
  growth.closed = 0;
  growth.opened = 0;
  growth.idles = growth.maxLeaves;
  for (let i = 0; i < growth.maxLeaves; i++) store<i32>(placeIn(growth.idle, i), growth.maxLeaves - 1 - i);
  const root = growth.make(0, 0, 0, growth.count, growth.count, growth.all);
  growth.addUp(root);
  sumCells(growth.histogram(root), load<i32>(growth.bins) + 1, changetype<usize>(root) + offsetof<TreeNode>('gradients'));
  const hessian = <f64>(root.hessians & (((<i64>1) << growth.shift) - 1)) / growth.hessianScale;
  if (growth.count < 2 * growth.minSamplesLeaf || hessian < growth.minHessian) growth.close(root);
  else growth.search(root, 0);
  while (growth.opened > 0) if (growth.splitNext()) break;
  growth.markLeaves();
}
