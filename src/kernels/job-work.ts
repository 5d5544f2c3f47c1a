import type { KernelExports } from './kernel-exports.ts';
import { searchBlock } from './search-block.ts';

/** A block of a job, as the thread that works on it sees it. */
export interface JobBlock {
  readonly kernels: KernelExports;
  /** Of the memory that the job is about. */
  readonly buffer: ArrayBufferLike;
  /** Its number, of how many, and whether it is the thread's first of the job. */
  readonly block: number;
  readonly blocks: number;
  readonly isFirst: boolean;
  /** The thread's number; 0 is the one that called the others. */
  readonly thread: number;
  /** The job's whole numbers, and its others. */
  readonly w: Int32Array;
  readonly numbers: Float64Array;
  /** What blocks answer; until a block does, what that of the job before did. */
  readonly answers: Int32Array;
  /** Where the block begins and ends between two numbers. */
  readonly start: (from: number, to: number) => number;
  readonly end: (from: number, to: number) => number;
}

/** What a thread does with a block of each kind of job. */
export const JOB_WORK = {
  grow: ({ kernels, block, thread, w }) => {
    // Others help until the tree is grown; a block that nobody came for is left to the first thread, and is nothing then.
    if (block === 0) kernels.growTree(w[0]);
    else kernels.helpGrowing(w[0], thread);
  },
  histograms: (at) => at.kernels.addToHistograms(at.w[0], at.w[1], at.w[2], at.w[3], ...histogramPart(at)),
  histogramsInOrder: (at) => at.kernels.addRowsInOrder(at.w[0], at.w[1], at.w[2], ...histogramPart(at)),
  derivatives: ({ kernels, block, w, numbers, start, end }) => kernels.lossDerivatives(w[0], numbers[0], start(0, w[1]), end(0, w[1]), w[2], w[3], w[4], w[5], w[6] + 16 * block),
  odds: ({ kernels, block, w, start, end }) => kernels.oddsDerivatives(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5], w[6], w[7] + 16 * block),
  softmax: ({ kernels, block, w, start, end }) => kernels.softmaxDerivatives(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5], w[6], w[7] + 16 * w[1] * block, w[8] + 8 * w[1] * block),
  lossSums: ({ kernels, w, numbers, start, end }) => kernels.lossSums(w[0], numbers[0], w[1], w[2], start(0, w[3]), end(0, w[3]), w[4], w[5], w[6], w[7], w[8]),
  divide: ({ kernels, block, w, answers, start, end }) => {
    const from = start(w[1], w[2]);
    const lefts = w[5] + 4 * (from - w[1]);
    answers[block] = kernels.divideRows(w[0], from, end(w[1], w[2]), w[3], w[4], lefts, lefts + 4 * (w[2] - w[1]));
  },
  gather: ({ kernels, block, blocks, w, answers, start, end }) => {
    // The job before answered how many rows of each block go left.
    const from = start(w[1], w[2]) - w[1];
    let before = 0;
    let all = 0;
    for (let b = 0; b < blocks; b++) {
      if (b < block) before += answers[b];
      all += answers[b];
    }
    const lefts = w[5] + 4 * from;
    const own = answers[block];
    kernels.copyRows(lefts, w[0] + 4 * (w[1] + before), own);
    kernels.copyRows(lefts + 4 * (w[2] - w[1]), w[0] + 4 * (w[1] + all + from - before), end(w[1], w[2]) - w[1] - from - own);
  },
  search: ({ kernels, buffer, block, w, numbers, start, end }) => searchBlock(kernels, buffer, w, numbers, start(0, w[0]), end(0, w[0]), block),
  mark: ({ kernels, buffer, block, blocks, w }) => {
    const ranges = new Int32Array(buffer, w[2] >>> 0, 4 * w[3]);
    for (let leaf = block; leaf < w[3]; leaf += blocks) {
      kernels.markRows(w[0], ranges[4 * leaf], ranges[4 * leaf + 1], leaf, w[1]);
      kernels.markRows(w[0], ranges[4 * leaf + 2], ranges[4 * leaf + 3], leaf, w[1]);
    }
  },
  leaves: ({ kernels, w, start, end }) => kernels.addLeafValues(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3]),
  permute: ({ kernels, thread, w, start, end }) => {
    for (let j = start(0, w[0]); j < end(0, w[0]); j++) kernels.permuteBytes(w[1] + j * w[2], w[3], w[4], w[5] + thread * w[4]);
  },
  layOut: ({ kernels, w, start, end }) => {
    const from = start(0, w[0]);
    kernels.layOutRows(w[1] + from, w[2], w[3], end(0, w[0]) - from, w[4] + from * w[5], w[5]);
  },
  bin: ({ kernels, w, start, end }) => {
    const from = start(0, w[0]);
    const row = w[6] + from;
    kernels.binRows(end(0, w[0]) - from, w[1], w[2] + 8 * w[1] * from, w[3], w[4], w[5], w[7] + row * w[8], w[8], w[9] + row, w[10], w[11], w[12]);
  },
  sort: ({ kernels, buffer, block, thread, w }) => {
    // One block a column: where it lies and its length.
    const column = new Int32Array(buffer, w[0] + 8 * block, 2);
    kernels.sortForQuantiles(column[0], w[1] + 8 * w[2] * thread, w[3] + 4 * w[4] * thread, column[1], w[5]);
  },
  countTokens: ({ kernels, buffer, block, thread, w, answers }) => {
    const cuts = new Int32Array(buffer, w[0] + 4 * block, 2);
    const scratch = w[5] + thread * w[6];
    answers[block] = kernels.countTokens(cuts[0], cuts[1], w[1], w[2], w[3], w[4], scratch, scratch + w[7], scratch + w[8], w[9], w[10], w[11]);
  },
  csrMoments: ({ kernels, buffer, block, w, numbers }) => {
    const cuts = new Int32Array(buffer, w[11] + 4 * block, 2);
    kernels.csrMoments(cuts[0], cuts[1], w[0], w[1], w[2], w[3], w[4], w[5], numbers[0], w[6], w[7], w[8], w[9], w[10]);
  },
  pairProducts: ({ kernels, w, start, end }) => {
    const from = start(0, w[0]);
    kernels.pairProducts(end(0, w[0]) - from, w[1], w[2], w[3], w[4] + 4 * from, w[5], w[6], w[7], w[8] + 48 * from, w[9] + 48 * from);
  },
  combinePairs: ({ kernels, w, numbers, start, end }) => {
    const from = start(0, w[1]);
    kernels.combinePairs(w[0], end(0, w[1]) - from, w[2] + 8 * from, w[3], w[4], w[5], w[6] + 8 * from, numbers[0], w[7] + 8 * from);
  },
  rowGram: ({ kernels, buffer, block, w }) => {
    const [from, to] = new Int32Array(buffer, w[0] + 4 * block, 2);
    kernels.rowGramTimes(from, to, w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8] + w[12] * block, w[9] + w[10] * block, w[11] + w[12] * block);
  },
  internTexts: ({ kernels, buffer, block, w }) => {
    const [count, spans, bytes, bits, ...table] = new Int32Array(buffer, w[0] + 4 * 12 * block, 12);
    const [state, ids, slots, mask, starts, pool, ends, tooShort] = table;
    if (count > 0) kernels.internTexts(count, spans, bytes, bits, w[1], state, ids, slots, mask, starts, pool, ends, tooShort);
  },
  logisticLoss: ({ kernels, block, w, numbers, start, end }) => {
    const from = start(0, w[0]);
    const weights = w[6] === 0 ? 0 : w[6] + 8 * from;
    const matrix = [end(0, w[0]) - from, w[1], w[2] + 4 * from, w[3], w[4]] as const;
    // The first part's gradient is where the sum is to be.
    kernels.csrLogisticLossGradient(...matrix, w[5] + 8 * from, weights, numbers[0], w[7], numbers[1], w[8] + 8 * from, w[9] + 8 * from, block === 0 ? w[10] : w[11] + 8 * w[1] * (block - 1));
  },
  logisticLosses: ({ kernels, block, w, start, end }) => {
    const rest = [w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13]] as const;
    kernels.csrLogisticLossGradients(start(0, w[0]), end(0, w[0]), ...rest, w[14] + w[15] * block, w[16] + w[17] * block);
  },
  multiplyPanels: ({ kernels, w, start, end }) => {
    const from = start(0, w[0]);
    kernels.multiplyPanels(end(0, w[0]) - from, w[1], w[2], w[3] + 32 * from * w[2], w[4], w[5] + 32 * from * w[6], w[6], w[7], w[8] + from);
  },
  multiplyRows: ({ kernels, w, start, end }) => {
    // Whole groups of four rows, as many as a step of the kernel takes.
    kernels.multiplyRows(Math.min(w[0], 4 * start(0, (w[0] + 3) >> 2)), Math.min(w[0], 4 * end(0, (w[0] + 3) >> 2)), w[1], w[2], w[3], w[4], w[5], w[6], w[7]);
  },
  csrTimesMatrix: ({ kernels, w, start, end }) => kernels.csrRowsTimesMatrix(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5], w[6], w[7]),
  nearestRows: ({ kernels, thread, w, start, end }) => kernels.nearestRows(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5] + thread * w[6]),
  comparePoints: ({ kernels, thread, w, numbers, start, end }) =>
    kernels.comparePoints(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5], numbers[0], numbers[1], w[6], w[7] + thread * w[8]),
  searchTree: ({ kernels, thread, w, numbers, start, end }) =>
    kernels.searchTree(start(0, w[0]), end(0, w[0]), w[1], w[2], w[3], w[4], w[5], numbers[0], w[6], w[7] + thread * w[8]),
  addSelfProducts: ({ kernels, block, thread, w, start, end }) => {
    // One block a part of the rows.
    const from = start(0, w[0]);
    const width = 4 * ((w[1] + 3) >> 2);
    const sums = w[6] + 8 * width * block;
    const product = w[7] + 8 * width * width * block;
    if (w[9] !== 0) {
      kernels.clear(sums, 8 * width);
      kernels.clear(product, 8 * width * width);
    }
    kernels.addSelfProduct(end(0, w[0]) - from, w[1], w[2], w[3] + 8 * w[1] * from, w[4], w[5] + 8 * width * w[2] * thread, sums, product);
  },
} satisfies Record<string, (at: JobBlock) => void>;

/** Rows of a block, scales, and where its histogram lies: the first thread adds to the histogram itself, the others to histograms of their own. */
function histogramPart({ kernels, block, isFirst, thread, w, numbers, answers, start, end }: JobBlock) {
  const own = thread === 0 ? w[8] : w[9] + (thread - 1) * w[10] * 16;
  if (isFirst && (thread > 0 || w[14] !== 0)) kernels.clear(own, w[10] * 16);
  answers[block] = thread;
  const scales = [numbers[0], numbers[1], w[13]] as const;
  return [start(w[4], w[5]), end(w[4], w[5]), w[6], ...scales, w[7], own, w[11] + thread * w[12]] as const;
}
