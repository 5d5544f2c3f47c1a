import { thisThread } from '../core/this-thread.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import { binRows, sortForQuantiles, SORT_TALLIES } from '../kernels/binning.ts';
import { bestSplit, splitSpaces } from '../kernels/best-split.ts';
import type { BinTable } from '../kernels/bin-arrays.ts';
import { lossDerivatives, oddsDerivatives, softmaxDerivatives } from '../kernels/boosting-loss.ts';
import { lossSums, numberOf } from '../kernels/loss-sums.ts';
import { BOOSTING_LOSSES, ROWS_OF_SUM, type GradientArrays, type Odds, type PackingScales } from '../kernels/gradient-arrays.ts';
import { addCells, addRowsInOrder, addToHistograms, clearCells, subtractCells } from '../kernels/histograms.ts';
import { addLeafValues, layOutRows, markRows, partitionRows, permute } from '../kernels/row-partition.ts';
import { NODE_NUMBERS } from '../kernels/search-block.ts';
import type { NodeToSplit, SplitLimits, SplitSpace } from '../kernels/split-arrays.ts';
import { MOST_BLOCKS } from '../kernels/thread-jobs.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';
import type { BinnedArrays } from './binned-arrays.ts';
import type { Loss } from './loss.ts';

/** Fewer rows than this are worked on faster by one thread. */
const FEW_ROWS = 8192;
/** The same of histograms, which each row takes longest for. */
const FEW_TO_ADD = 4096;
/** The same of cells to search for splits. */
const FEW_CELLS = 8192;
/** Nodes that are searched at once: the children of one. */
const MOST_NODES = 2;
/** Blocks per thread at least: a thread that is held up by others then holds up little. */
const BLOCKS = 4;
/** Rows of a block where there are many: the fewer, the less there is to wait for at the end. */
const ROWS_OF_BLOCK = 4096;

/** A node to find the best split of. */
export interface NodeToSearch extends NodeToSplit {
  /** Columns to look at, ascending; the first wins a tie. */
  features: Int32Array;
}

/** Where the rows of a node are listed: those it was grown on, and the others. */
export interface RowsOfNode {
  from: number;
  to: number;
  otherFrom: number;
  otherTo: number;
}

/**
 * The steps of boosting that go over many rows: by one thread, or in blocks by a team. Either way with the same bits:
 * sums are of whole numbers, and everything else is row by row.
 */
export class SharedWork {
  readonly #team: ThreadTeam | undefined;
  readonly #arena: Arena;
  #sums: BigInt64Array | undefined;
  #staged: Uint8Array | undefined;
  #largest: Float64Array | undefined;
  #room: Float64Array | undefined;
  #losses: Float64Array | undefined;
  /** A bit for each further thread whose sums are still to be added to the last histogram. */
  #takers = 0;
  #spaces: SplitSpace[][] | undefined;
  #nodes: Float64Array | undefined;
  #ranges: Int32Array | undefined;

  constructor(arena: Arena, team: ThreadTeam | undefined) {
    this.#arena = arena;
    this.#team = team;
  }

  get team(): ThreadTeam | undefined {
    return this.#team;
  }

  /** How many blocks work on so many rows is cut into; 1 is not cut. */
  #blocks(rows: number, few = FEW_ROWS): number {
    if (this.#team === undefined || rows < few || !thisThread.isShareFree()) return 1;
    return Math.min(MOST_BLOCKS, Math.max(BLOCKS * this.#team.threads, Math.floor(rows / ROWS_OF_BLOCK)));
  }

  derivatives(loss: Loss, y: Float64Array, weights: Float64Array | undefined, raw: Float64Array, height: number, out: GradientArrays): void {
    const n = y.length;
    const k = loss.outputs;
    const blocks = this.#blocks(n);
    const { derivatives, largest } = out;
    this.#room ??= this.#arena.float64(k * (this.#team ? MOST_BLOCKS : 1));
    const room = this.#room;
    if (blocks === 1) {
      if (loss.kind === 'softmax') softmaxDerivatives(k, height, y, weights, raw, out, room.subarray(0, k));
      else lossDerivatives(loss.kind, loss.parameter, y, weights, raw.subarray(0, n), { derivatives: derivatives.subarray(0, 2 * n), largest });
      return;
    }
    this.#largest ??= this.#arena.float64(2 * k * MOST_BLOCKS);
    const all = this.#largest;
    const w = weights?.byteOffset ?? 0;
    if (loss.kind === 'softmax') {
      this.#team!.run('softmax', blocks, [n, k, height, y.byteOffset, w, raw.byteOffset, derivatives.byteOffset, all.byteOffset, room.byteOffset]);
    } else {
      const kind = BOOSTING_LOSSES.indexOf(loss.kind);
      this.#team!.run('derivatives', blocks, [kind, n, y.byteOffset, w, raw.byteOffset, derivatives.byteOffset, all.byteOffset], [loss.parameter]);
    }
    this.#takeLargest(k, blocks, largest);
  }

  /** As oddsDerivatives. */
  oddsDerivatives(y: Float64Array, weights: Float64Array | undefined, odds: Odds, out: GradientArrays): void {
    const blocks = this.#blocks(y.length);
    if (blocks === 1) {
      oddsDerivatives(y, weights, odds, { ...out, derivatives: out.derivatives.subarray(0, 2 * y.length) });
      return;
    }
    this.#largest ??= this.#arena.float64(2 * MOST_BLOCKS);
    const pointers = [odds.odds, odds.leaves, odds.factors, out.derivatives, this.#largest].map((array) => array.byteOffset);
    this.#team!.run('odds', blocks, [y.length, y.byteOffset, weights?.byteOffset ?? 0, ...pointers]);
    this.#takeLargest(1, blocks, out.largest);
  }

  /** The weighted mean loss of rows. @param raw from their first one's first output on @param height how far apart outputs lie */
  meanLoss(loss: Loss, y: Float64Array, weights: Float64Array | undefined, raw: Float64Array, height: number): number {
    const { length } = y;
    const parts = Math.ceil(length / ROWS_OF_SUM);
    if (this.#losses === undefined || this.#losses.length < parts) this.#losses = this.#arena.float64(parts);
    const sums = this.#losses.subarray(0, parts);
    const { kind, parameter, outputs } = loss;
    const scored = { kind, parameter, outputs, height };
    const blocks = Math.min(parts, this.#blocks(length));
    if (blocks <= 1) lossSums(scored, y, weights, raw, sums);
    else {
      const pointers = [y.byteOffset, weights?.byteOffset ?? 0, raw.byteOffset, sums.byteOffset];
      this.#team!.run('lossSums', blocks, [numberOf(scored), outputs, height, parts, length, ...pointers], [parameter]);
    }
    return sum(sums) / (weights ? sum(weights) : length);
  }

  /** The largest derivatives of all blocks. */
  #takeLargest(k: number, blocks: number, largest: Float64Array): void {
    const all = this.#largest as Float64Array;
    for (let c = 0; c < 2 * k; c++) {
      largest[c] = all[c];
      for (let b = 1; b < blocks; b++) largest[c] = Math.max(largest[c], all[2 * k * b + c]);
    }
  }

  /**
   * What other threads have summed up is added by `gatherSums` or `findSplits`, before any other histogram.
   * @param rows null where they are all in the order that they lie in
   * @param isUsed whether the histogram holds what is to be cleared first
   */
  addToHistograms(
    binned: BinnedArrays,
    rows: Int32Array | null,
    from: number,
    to: number,
    derivatives: Float32Array,
    scales: PackingScales,
    histogram: BigInt64Array,
    isUsed: boolean,
  ): void {
    const blocks = this.#blocks(to - from, FEW_TO_ADD);
    if (blocks === 1) {
      if (isUsed) clearCells(histogram);
      if (rows === null) addRowsInOrder(binned, from, to, derivatives, scales, histogram);
      else addToHistograms(binned, rows, from, to, derivatives, scales, histogram);
      return;
    }
    const { cols, byRow, stride, byColumn, height, starts, cells, staged } = binned;
    const { threads } = this.#team as ThreadTeam;
    this.#sums ??= new BigInt64Array(...this.#bytes(16 * cells * (threads - 1)), 2 * cells * (threads - 1));
    this.#staged ??= this.#arena.uint8(staged.length * threads);
    const sums = this.#sums;
    const { gradientScale, hessianScale, shift } = scales;
    const pointers = [derivatives, starts, histogram, sums].map((array) => array.byteOffset);
    const bins = rows === null ? [byColumn.byteOffset, height, 0] : [byRow.byteOffset, stride, rows.byteOffset];
    const words = [cols, ...bins, from, to, ...pointers, cells, this.#staged.byteOffset, staged.length, shift, Number(isUsed)];
    const takers = this.#team!.run(rows === null ? 'histogramsInOrder' : 'histograms', blocks, words, [gradientScale, hessianScale]);
    if (isUsed && !takers.includes(0)) clearCells(histogram);
    for (const thread of takers) if (thread > 0) this.#takers |= 1 << (thread - 1);
  }

  /** Completes the last histogram. */
  gatherSums(histogram: BigInt64Array): void {
    const { length } = histogram;
    for (let t = 0; this.#takers >> t !== 0; t++) {
      if ((this.#takers >> t) & 1) addCells((this.#sums as BigInt64Array).subarray(length * t, length * (t + 1)), histogram);
    }
    this.#takers = 0;
  }

  /**
   * Completes histograms and finds the best splits of one or two nodes.
   * @param summed the last histogram that rows were added to
   * @param rest what `summed` is taken from first; null for nothing
   * @returns per node what was found, good until the next search
   */
  findSplits(nodes: readonly NodeToSearch[], binned: BinnedArrays, limits: SplitLimits, summed: BigInt64Array, rest: BigInt64Array | null): SplitSpace[] {
    const { cols, starts, cells, bins, kinds, directions } = binned;
    const most = this.#team ? MOST_BLOCKS : 1;
    const spaces = (this.#spaces ??= Array.from({ length: MOST_NODES }, () => splitSpaces(this.#arena, most)));
    const blocks = Math.min(cols, this.#blocks(nodes.length * cells, FEW_CELLS));
    if (blocks === 1) {
      this.gatherSums(summed);
      if (rest) subtractCells(summed, rest);
      return nodes.map((node, i) => {
        bestSplit(node.features, binned, node, limits, spaces[i][0]);
        return spaces[i][0];
      });
    }
    const table = (this.#nodes ??= this.#arena.float64(MOST_NODES * NODE_NUMBERS));
    nodes.forEach(({ histogram, total, features, value, lower, upper }, i) => {
      const pointers = [histogram, total, features].map((array) => array.byteOffset);
      table.set([...pointers, features.length, value, lower, upper, spaces[i][0].numbers.byteOffset], i * NODE_NUMBERS);
    });
    const { minSamplesLeaf, minHessian, l2, gradientUnit, hessianUnit, shift } = limits;
    const columns = [cols, starts.byteOffset, cells, bins.byteOffset, kinds.byteOffset, directions.byteOffset];
    const histograms = [summed.byteOffset, rest?.byteOffset ?? 0, this.#sums?.byteOffset ?? 0, this.#takers];
    const words = [...columns, ...histograms, table.byteOffset, nodes.length, minSamplesLeaf, shift];
    this.#team!.run('search', blocks, words, [minHessian, l2, gradientUnit, hessianUnit]);
    this.#takers = 0;
    return nodes.map((_, i) => bestOf(spaces[i].slice(0, blocks)));
  }

  #bytes(length: number): [ArrayBufferLike, number] {
    const { buffer, byteOffset } = this.#arena.float64(length / 8);
    return [buffer, byteOffset];
  }

  /** As partitionRows, with twice as many numbers to work with. */
  partitionRows(rows: Int32Array, from: number, to: number, bins: Uint8Array, left: Uint8Array, other: Int32Array): number {
    const blocks = this.#blocks(to - from, 2 * FEW_ROWS);
    if (blocks === 1) return partitionRows(rows, from, to, bins, left, other);
    const words = [rows.byteOffset, from, to, bins.byteOffset, left.byteOffset, other.byteOffset];
    const count = this.#team!.run('divide', blocks, words).reduce((a, b) => a + b, 0);
    this.#team!.run('gather', blocks, words);
    return count;
  }

  /** Writes for every row the number of its leaf, as the leaves stand in their list. */
  markRows(rows: Int32Array, nodes: readonly RowsOfNode[], leaves: Uint16Array): void {
    const blocks = Math.min(nodes.length, this.#blocks(rows.length));
    if (blocks <= 1) {
      nodes.forEach(({ from, to, otherFrom, otherTo }, leaf) => {
        markRows(rows, from, to, leaf, leaves);
        markRows(rows, otherFrom, otherTo, leaf, leaves);
      });
      return;
    }
    const ranges = nodes.flatMap(({ from, to, otherFrom, otherTo }) => [from, to, otherFrom, otherTo]);
    if (this.#ranges === undefined || this.#ranges.length < ranges.length) this.#ranges = this.#arena.int32(2 * ranges.length);
    this.#ranges.set(ranges);
    this.#team!.run('mark', blocks, [rows.byteOffset, leaves.byteOffset, this.#ranges.byteOffset, nodes.length]);
  }

  addLeafValues(leaves: Uint16Array, values: Float64Array, out: Float64Array): void {
    const blocks = this.#blocks(out.length);
    if (blocks === 1) addLeafValues(leaves, values, out);
    else this.#team!.run('leaves', blocks, [out.length, leaves.byteOffset, values.byteOffset, out.byteOffset]);
  }

  /** Puts the first rows' bins in another order. @param room to work with: for each thread as many bytes as there are rows, else one does it */
  permuteBins({ byColumn, height, cols, byRow, stride }: BinnedArrays, order: Int32Array, room: Uint8Array): void {
    const count = order.length;
    const blocks = this.#blocks(count);
    const team = this.#team!;
    if (blocks === 1 || room.length < count * team.threads) {
      for (let j = 0; j < cols; j++) permute(byColumn.subarray(j * height, j * height + count), order, room);
      layOutRows(byColumn, height, cols, count, byRow, stride);
      return;
    }
    team.run('permute', Math.min(MOST_BLOCKS, cols), [cols, byColumn.byteOffset, height, order.byteOffset, count, room.byteOffset]);
    team.run('layOut', blocks, [count, byColumn.byteOffset, height, cols, byRow.byteOffset, stride]);
  }

  /** As sortForQuantiles, of columns. */
  sortForQuantiles(columns: readonly Float64Array[], parts: number): void {
    const longest = columns.reduce((most, { length }) => Math.max(most, length), 0);
    const threads = this.#blocks(longest) === 1 ? 1 : this.#team!.threads;
    withArena((arena) => {
      const numbers = arena.float64(longest * threads);
      const tallies = arena.int32(SORT_TALLIES * threads);
      if (threads === 1) for (const column of columns) sortForQuantiles(column, parts, { numbers, tallies });
      else {
        const table = arena.copyInt32(columns.flatMap(({ byteOffset, length }) => [byteOffset, length]));
        this.#team!.run('sort', columns.length, [table.byteOffset, numbers.byteOffset, longest, tallies.byteOffset, SORT_TALLIES, parts]);
      }
    });
  }

  /** How many rows to read before they are binned. */
  get rowsToBin(): number {
    return this.#team === undefined ? 512 : 512 * BLOCKS * this.#team.threads;
  }

  /** As binRows; this thread does `meanwhile` first where others help it, else afterwards. */
  binRows(rows: number, cols: number, values: Float64Array, table: BinTable, first: number, out: BinnedArrays, meanwhile: () => void): void {
    const blocks = this.#blocks(rows, BLOCKS * MOST_BLOCKS);
    if (blocks === 1) {
      binRows(rows, cols, values, table, first, out);
      meanwhile();
      return;
    }
    const { edges, depths, missing, grids, scales } = table;
    const pointers = [values, edges, depths, missing].map((array) => array.byteOffset);
    const targets = [out.byRow.byteOffset, out.stride, out.byColumn.byteOffset, out.height];
    this.#team!.run('bin', blocks, [rows, cols, ...pointers, first, ...targets, grids.byteOffset, scales.byteOffset], [], meanwhile);
  }
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);

/** The space of the split with the largest gain, the first of equals. */
function bestOf(spaces: readonly SplitSpace[]): SplitSpace {
  return spaces.reduce((best, one) => (one.words[10] >= 0 && (best.words[10] < 0 || one.numbers[0] > best.numbers[0]) ? one : best));
}
