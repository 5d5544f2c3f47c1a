import { bestSplit } from './best-split.ts';
import { addCells, addRowsInOrder, addToHistograms, subtractCells, sumCells } from './histograms.ts';
import { copyRows, divideInOrder, divideRows, markRows, numberRows, partitionInOrder, partitionRows } from './row-partition.ts';
import { answerOf, call, callsOf, claim, countTaken, endTeam, finish, isOver, setAnswer, waitForAll, waitForCall } from './tree-team.ts';

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

/** Jobs that threads share, and most blocks of one: where each writes something down, and where none does. */
const ADD: i32 = 0;
const DIVIDE: i32 = 1;
const GATHER: i32 = 2;
const SEARCH: i32 = 3;
const MARK: i32 = 4;
const ADD_AND_SEARCH: i32 = 5;
const MOST_BLOCKS: i32 = 24;
const MOST_SILENT: i32 = 96;

/** Fewer rows than these, or fewer for each cell of a column, are added up faster by one thread; rows of a block where there are many. */
const FEW_TO_ADD: i32 = 1024;
const CELLS_TO_ADD: i32 = 4;
const ROWS_TO_ADD: i32 = 256;
/** Up to so many, each thread adds up some columns and searches them: that is one job, where blocks of rows make two. */
const MOST_BY_COLUMNS: i32 = 4096;
/** Adding a row to a column takes so long, and a cell's share of searching two nodes. */
const TIME_OF_ROW: i32 = 1;
const TIME_OF_CELL: i32 = 8;
/** The same of rows to part, of cells to search, of rows to mark. */
const FEW_TO_PART: i32 = 4096;
const ROWS_TO_PART: i32 = 4096;
const FEW_TO_SEARCH: i32 = 1024;
const FEW_TO_MARK: i32 = 8192;

/** What bestSplit writes, and the room that it takes. */
const FOUND_BYTES: usize = 96;
const ORDER_BYTES: usize = 4096;

/** Where block b of n ends or begins between two numbers. */
// @ts-ignore: decorator
@inline
function cut(from: i32, to: i32, b: i32, n: i32): i32 {
  return from + <i32>((<i64>(to - from) * b) / n);
}

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
  /** Numbers of the training rows that count, then those of all others; whether all are 0, 1, 2, …, and not listed yet. */
  rows: usize;
  count: i32;
  all: i32;
  areInOrder: i32;
  derivatives: usize;
  shift: i32;
  maxLeaves: i32;
  maxDepth: i32;
  minSamplesLeaf: i32;
  /** Room: 256 bytes, i32 for all rows (twice as many with a team), a histogram and an i32, twice, for each leaf; nodes. */
  goesLeft: usize;
  other: usize;
  histograms: usize;
  idle: usize;
  open: usize;
  nodes: usize;
  /** Room: for each thread 4,096 bytes; for each further thread a histogram; for each block and two nodes 96 bytes. */
  orders: usize;
  sums: usize;
  found: usize;
  /** See tree-team.ts; 0 where one thread does all. */
  team: usize;
  threads: i32;
  /** Written: 16 bits for each row. */
  leaves: usize;
  /** Written: how many nodes there are, how many of them are closed, open, and how many histograms are idle. */
  used: i32;
  closed: i32;
  opened: i32;
  idles: i32;
  /** Of the job at hand: its nodes, by number (−1 for none), and further threads that have sums for the last histogram, a bit each. */
  job: i32;
  first: i32;
  second: i32;
  takers: i32;
  /** Whether thread 0 has taken a block of it. */
  took: i32;
  /** The histogram that was added up last, and the one it is taken from, 0 for none. */
  summed: usize;
  rest: usize;
  /** The node that is added up while it is searched. */
  added: i32;

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

  /** Into how many blocks so many rows are cut: 1 below `few`. */
  blocks(rows: i32, few: i32, each: i32, most: i32 = MOST_BLOCKS): i32 {
    if (this.team == 0 || rows < few) return 1;
    return min<i32>(most, max<i32>(2 * this.threads, rows / each));
  }

  /** Has a job done in blocks, by whoever is there. */
  share(job: i32, first: i32, second: i32, blocks: i32): void {
    this.job = job;
    this.first = first;
    this.second = second;
    call(this.team, blocks);
    this.work(0);
    waitForAll(this.team, blocks);
  }

  /** Works on blocks until none is left. */
  work(thread: i32): void {
    let last = -1;
    let own = 0;
    for (;;) {
      const claimed = claim(this.team);
      if (claimed < 0) return;
      const blocks = (claimed >> 8) & 255;
      const isFirst = claimed >> 16 != last;
      last = claimed >> 16;
      if (isFirst) own = 0;
      const block = thread == 0 ? own++ : blocks - 1 - countTaken(this.team);
      this.run(block, blocks, thread, isFirst);
      finish(this.team, blocks);
    }
  }

  run(block: i32, blocks: i32, thread: i32, isFirst: bool): void {
    const job = this.job;
    const node = this.at(this.first);
    if (job == ADD) this.addBlock(node, block, blocks, thread, isFirst);
    else if (job == DIVIDE) this.divideBlock(node, block, blocks);
    else if (job == GATHER) this.gatherBlock(node, block, blocks);
    else if (job == SEARCH) this.searchBlock(block, blocks, thread);
    else if (job == ADD_AND_SEARCH) this.addAndSearchBlock(block, blocks, thread);
    else this.markBlock(block, blocks);
  }

  takeSlot(node: TreeNode): void {
    node.slot = load<i32>(placeIn(this.idle, --this.idles));
    this.takers = 0;
  }

  /** Adds up a histogram for a node: what further threads have summed up is to be added to it. */
  addUp(node: TreeNode, id: i32): void {
    this.takeSlot(node);
    const blocks = this.blocks(node.to - node.from, max<i32>(FEW_TO_ADD, (CELLS_TO_ADD * this.cells) / this.cols), ROWS_TO_ADD, MOST_SILENT);
    if (blocks == 1) {
      this.addBlock(node, 0, 1, 0, true);
      return;
    }
    this.took = 0;
    this.share(ADD, id, -1, blocks);
    if (!this.took) memory.fill(this.histogram(node), 0, (<usize>this.cells) << 4);
  }

  addBlock(node: TreeNode, block: i32, blocks: i32, thread: i32, isFirst: bool): void {
    const bytes = (<usize>this.cells) << 4;
    const histogram = thread == 0 ? this.histogram(node) : this.sums + <usize>(thread - 1) * bytes;
    const staged = this.staged + <usize>thread * ((2 * <usize>this.stride + 16) << 10);
    if (isFirst) {
      memory.fill(histogram, 0, bytes);
      if (thread > 0) atomic.or<i32>(changetype<usize>(this) + offsetof<Growth>('takers'), 1 << (thread - 1));
      else this.took = 1;
    }
    const from = cut(node.from, node.to, block, blocks);
    const to = cut(node.from, node.to, block + 1, blocks);
    if (this.isUnlisted(node)) {
      addRowsInOrder(this.cols, this.byColumn, this.height, from, to, this.derivatives, this.gradientScale, this.hessianScale, this.shift, this.starts, histogram, staged);
    } else {
      addToHistograms(this.cols, this.byRow, this.stride, this.rows, from, to, this.derivatives, this.gradientScale, this.hessianScale, this.shift, this.starts, histogram, staged);
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

  /** Adds what further threads have summed up to a column's cells of a histogram, and takes that from another, if there is one. */
  complete(feature: i32, summed: usize, rest: usize): void {
    const first = <usize>load<i32>(placeIn(this.starts, feature)) << 4;
    const cells = load<i32>(placeIn(this.bins, feature)) + 1;
    for (let t = 0; this.takers >> t != 0; t++) {
      if ((this.takers >> t) & 1) addCells(this.sums + <usize>t * ((<usize>this.cells) << 4) + first, summed + first, cells);
    }
    if (rest != 0) subtractCells(summed + first, rest + first, cells);
  }

  /**
   * Finds the splits of one node or two, −1 for none, and lists them as open or closes them. First the histograms are
   * completed: of `smaller`, the last that was added up, and of `larger`, from which it is taken.
   */
  search(first: i32, second: i32, smaller: TreeNode, larger: TreeNode | null): void {
    this.summed = this.histogram(smaller);
    this.rest = larger === null ? 0 : this.histogram(larger);
    const nodes = second < 0 ? 1 : 2;
    const blocks = min<i32>(this.featureCount, this.team != 0 && nodes * this.cells >= FEW_TO_SEARCH ? min<i32>(MOST_BLOCKS, 4 * this.threads) : 1);
    if (blocks > 1) this.share(SEARCH, first, second, blocks);
    else {
      this.first = first;
      this.second = second;
      this.searchBlock(0, 1, 0);
    }
    this.takers = 0;
    this.keepBest(first, 0, blocks);
    if (second >= 0) this.keepBest(second, 1, blocks);
  }

  /** Where a block writes what it finds for one of two nodes. */
  foundAt(block: i32, which: i32): usize {
    return this.found + <usize>(2 * block + which) * FOUND_BYTES;
  }

  searchBlock(block: i32, blocks: i32, thread: i32): void {
    const from = cut(0, this.featureCount, block, blocks);
    const to = cut(0, this.featureCount, block + 1, blocks);
    for (let i = from; i < to; i++) this.complete(load<i32>(placeIn(this.features, i)), this.summed, this.rest);
    this.searchColumns(this.at(this.first), from, to, this.foundAt(block, 0), thread);
    if (this.second >= 0) this.searchColumns(this.at(this.second), from, to, this.foundAt(block, 1), thread);
  }

  /** Whether a node's rows are so few that columns are shared between threads, not rows. */
  isByColumns(node: TreeNode): bool {
    return this.team != 0 && node.to - node.from <= MOST_BY_COLUMNS && 2 * this.cells >= FEW_TO_SEARCH && this.featureCount == this.cols && this.cols >= this.threads;
  }

  /** As addUp of `smaller` and then `search`, by threads that take columns. */
  addAndSearch(first: i32, second: i32, smaller: TreeNode, id: i32, larger: TreeNode): void {
    this.takeSlot(smaller);
    this.summed = this.histogram(smaller);
    this.rest = this.histogram(larger);
    this.added = id;
    const blocks = this.threads;
    this.share(ADD_AND_SEARCH, first, second, blocks);
    this.keepBest(first, 0, blocks);
    if (second >= 0) this.keepBest(second, 1, blocks);
  }

  addAndSearchBlock(block: i32, blocks: i32, thread: i32): void {
    const node = this.at(this.added);
    const from = this.columnOf(block, blocks, node.to - node.from);
    const to = this.columnOf(block + 1, blocks, node.to - node.from);
    if (from < to) {
      const starts = placeIn(this.starts, from);
      const last = placeIn(this.starts, to - 1);
      const start = load<i32>(starts);
      const end = load<i32>(last) + load<i32>(placeIn(this.bins, to - 1)) + 1;
      memory.fill(this.summed + ((<usize>start) << 4), 0, (<usize>(end - start)) << 4);
      const staged = this.staged + <usize>thread * ((2 * <usize>this.stride + 16) << 10);
      addToHistograms(to - from, this.byRow + from, this.stride, this.rows, node.from, node.to, this.derivatives, this.gradientScale, this.hessianScale, this.shift, starts, this.summed, staged);
      for (let feature = from; feature < to; feature++) this.complete(feature, this.summed, this.rest);
    }
    this.searchColumns(this.at(this.first), from, to, this.foundAt(block, 0), thread);
    if (this.second >= 0) this.searchColumns(this.at(this.second), from, to, this.foundAt(block, 1), thread);
  }

  /** The first column of a block, where all take about as long to add so many rows and to search. */
  columnOf(block: i32, blocks: i32, rows: i32): i32 {
    const all = <i64>rows * TIME_OF_ROW * this.cols + <i64>TIME_OF_CELL * this.cells;
    let before: i64 = 0;
    for (let j = 0; j < this.cols; j++) {
      if (before * blocks >= all * block) return j;
      before += <i64>rows * TIME_OF_ROW + <i64>TIME_OF_CELL * (load<i32>(placeIn(this.bins, j)) + 1);
    }
    return this.cols;
  }

  searchColumns(node: TreeNode, from: i32, to: i32, found: usize, thread: i32): void {
    bestSplit(
      placeIn(this.features, from),
      to - from,
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
      found,
      this.orders + <usize>thread * ORDER_BYTES,
    );
  }

  /** Takes the best of what all blocks have found for a node, the first of equals. */
  keepBest(id: i32, which: i32, blocks: i32): void {
    const node = this.at(id);
    let best = this.foundAt(0, which);
    for (let block = 1; block < blocks; block++) {
      const one = this.foundAt(block, which);
      if (load<f64>(one) > load<f64>(best)) best = one;
    }
    memory.copy(changetype<usize>(node) + offsetof<TreeNode>('foundGain'), best, FOUND_BYTES);
    if (node.foundFeature >= 0 && node.foundGain > 0) store<i32>(placeIn(this.open, this.opened++), id);
    else this.close(node);
  }

  /** Takes the open node with the largest gain, the first of equals. */
  takeOpen(): i32 {
    let best: usize = this.open;
    const end = placeIn(this.open, this.opened);
    for (let p = best + 4; p < end; p += 4) if (this.at(load<i32>(p)).foundGain > this.at(load<i32>(best)).foundGain) best = p;
    const id = load<i32>(best);
    memory.copy(best, best + 4, end - best - 4);
    this.opened--;
    return id;
  }

  /** Whether a node's rows are all, in order, and not listed yet. */
  isUnlisted(node: TreeNode): bool {
    return node.depth == 0 && this.areInOrder != 0;
  }

  /** Parts rows of a node, by one thread. @returns how many go left */
  partAlone(node: TreeNode, from: i32, to: i32, column: usize): i32 {
    return this.isUnlisted(node) ? partitionInOrder(this.rows, from, to, column, this.goesLeft, this.other) : partitionRows(this.rows, from, to, column, this.goesLeft, this.other);
  }

  /** Parts a node's training rows. @returns how many go left */
  part(node: TreeNode, id: i32, column: usize): i32 {
    const blocks = this.blocks(node.to - node.from, FEW_TO_PART, ROWS_TO_PART);
    if (blocks == 1) return this.partAlone(node, node.from, node.to, column);
    this.share(DIVIDE, id, -1, blocks);
    let count = 0;
    for (let block = 0; block < blocks; block++) count += answerOf(this.team, block);
    this.share(GATHER, id, -1, blocks);
    return count;
  }

  /** Copies rows that go left and rows that go right to two places. */
  divideBlock(node: TreeNode, block: i32, blocks: i32): void {
    const from = cut(node.from, node.to, block, blocks);
    const to = cut(node.from, node.to, block + 1, blocks);
    const lefts = placeIn(this.other, from - node.from);
    const column = this.byColumn + <usize>node.feature * this.height;
    const rights = placeIn(lefts, node.to - node.from);
    setAnswer(this.team, block, this.isUnlisted(node) ? divideInOrder(from, to, column, this.goesLeft, lefts, rights) : divideRows(this.rows, from, to, column, this.goesLeft, lefts, rights));
  }

  /** Copies them back: first those of all blocks that go left. */
  gatherBlock(node: TreeNode, block: i32, blocks: i32): void {
    const from = cut(node.from, node.to, block, blocks) - node.from;
    const to = cut(node.from, node.to, block + 1, blocks) - node.from;
    let before = 0;
    let all = 0;
    for (let b = 0; b < blocks; b++) {
      if (b < block) before += answerOf(this.team, b);
      all += answerOf(this.team, b);
    }
    const own = answerOf(this.team, block);
    const lefts = placeIn(this.other, from);
    copyRows(lefts, placeIn(this.rows, node.from + before), own);
    copyRows(placeIn(lefts, node.to - node.from), placeIn(this.rows, node.from + all + from - before), to - from - own);
  }

  /** Parts a node's rows and makes its children, which follow each other. */
  divide(node: TreeNode, id: i32): void {
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
    const middle = node.from + this.part(node, id, column);
    const otherMiddle = node.otherFrom + this.partAlone(node, node.otherFrom, node.otherTo, column);
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
    const id = this.takeOpen();
    const node = this.at(id);
    this.divide(node, id);
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
      const first = leftEnds ? node.right : node.left;
      const second = leftEnds || rightEnds ? -1 : node.right;
      const id = isLeftSmaller ? node.left : node.right;
      const byColumns = this.isByColumns(smaller);
      if (!byColumns) this.addUp(smaller, id);
      larger.slot = node.slot;
      node.slot = -1;
      if (byColumns) this.addAndSearch(first, second, smaller, id, larger);
      else this.search(first, second, smaller, larger);
    }
    if (leftEnds) this.close(left);
    if (rightEnds) this.close(right);
    return false;
  }

  markLeaves(): void {
    const blocks = this.blocks(this.all, FEW_TO_MARK, this.all);
    if (blocks == 1) this.markBlock(0, 1);
    else this.share(MARK, 0, -1, blocks);
  }

  /** Marks the rows of every so-manieth leaf. */
  markBlock(block: i32, blocks: i32): void {
    let leaf = 0;
    for (let id = 0; id < this.used; id++) {
      const node = this.at(id);
      if (node.left >= 0) continue;
      if (leaf % blocks == block) {
        markRows(this.rows, node.from, node.to, leaf, this.leaves);
        markRows(this.rows, node.otherFrom, node.otherTo, leaf, this.leaves);
      }
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
  growth.takers = 0;
  const root = growth.make(0, 0, 0, growth.count, growth.count, growth.all);
  growth.addUp(root, 0);
  growth.complete(0, growth.histogram(root), 0);
  sumCells(growth.histogram(root), load<i32>(growth.bins) + 1, changetype<usize>(root) + offsetof<TreeNode>('gradients'));
  const hessian = <f64>(root.hessians & (((<i64>1) << growth.shift) - 1)) / growth.hessianScale;
  for (let feature = 1; feature < growth.cols; feature++) growth.complete(feature, growth.histogram(root), 0);
  growth.takers = 0;
  if (growth.count < 2 * growth.minSamplesLeaf || hessian < growth.minHessian) growth.close(root);
  else growth.search(0, -1, root, null);
  if (growth.opened == 0 && growth.areInOrder) numberRows(growth.rows, growth.all);
  while (growth.opened > 0) if (growth.splitNext()) break;
  growth.markLeaves();
  if (growth.team != 0) endTeam(growth.team);
}

/** Helps growTree as thread 1, 2, …, until the tree is grown. */
export function helpGrowing(address: usize, thread: i32): void {
  const growth = changetype<Growth>(address);
  for (;;) {
    const calls = callsOf(growth.team);
    if (isOver(growth.team)) return;
    growth.work(thread);
    waitForCall(growth.team, calls);
  }
}
