import type { KernelExports } from './kernel-exports.ts';
import { searchBlock } from './search-block.ts';
import type { WebAssemblyMemory } from './web-assembly.ts';

/*
 * Work that several threads share, on one memory of kernels. A job is cut into blocks, which threads take until none
 * is left; what a job computes does not depend on who takes which.
 */

/*
 * Places in the control words. What is written while others look at something else is 16 words, a line of the caches, from
 * that: whoever writes to a line takes it from all who read it.
 */
export const NEXT = 0;
export const LIMIT = 1;
/** Blocks that threads but the first have taken. */
export const TAKEN = 2;
/** A bit for each thread that may be at a block. */
export const BUSY = 3;
export const DONE = 16;
/** Whether the first thread lies down until the job is done: calling a sleeper takes long, and is left out where there is none. */
export const AWAITED = 17;
export const CALL = 32;
export const END = 33;
/** How many threads lie down until the next job. */
export const ASLEEP = 34;
export const FAILED = 35;
export const GONE = 36;
export const KIND = 48;
/** Blocks of the job whose data are there, counted from the last one; a thread waits before it works on one before them. */
export const READY = 49;
/** Where a job's whole numbers begin, what its blocks answer, and its other numbers (in doubles). */
export const WORDS = 64;
export const ANSWERS = 96;
export const NUMBERS = 64;
/** Where it says, in UTF-8, what failed first (in bytes), and how much room there is for that; FAILED holds its length. */
const REASON = 640;
const REASON_BYTES = 2048;
/** Words in all. */
export const CONTROL_WORDS = (REASON + REASON_BYTES) / 4;
/** Most blocks of a job. */
export const MOST_BLOCKS = 24;

/** Kinds of jobs. */
export const JOBS = [
  'grow',
  'histograms',
  'histogramsInOrder',
  'derivatives',
  'odds',
  'softmax',
  'divide',
  'gather',
  'search',
  'mark',
  'leaves',
  'permute',
  'layOut',
  'bin',
  'sort',
  'multiplyPanels',
  'multiplyRows',
  'addSelfProducts',
  'nearestRows',
  'countTokens',
  'logisticLoss',
  'logisticLosses',
  'internTexts',
  'csrMoments',
  'pairProducts',
  'combinePairs',
  'rowGram',
  'csrTimesMatrix',
] as const;
export type Job = (typeof JOBS)[number];

/** What threads tell each other by: memory of its own, so that a thread that comes too late meets nothing else there. */
export interface Control {
  words: Int32Array;
  /** On the same bytes. */
  numbers: Float64Array;
  /** Likewise: the stack of the first error. */
  reason: Uint8Array;
  /** The memory that jobs are about. */
  memory: WebAssemblyMemory;
}

/** Views of control words. */
export const controlOn = (buffer: SharedArrayBuffer, memory: WebAssemblyMemory): Control => ({
  words: new Int32Array(buffer),
  numbers: new Float64Array(buffer),
  reason: new Uint8Array(buffer, REASON, REASON_BYTES),
  memory,
});

/** Keeps the first error of all threads; whoever waits for the job's blocks reads it once they are done. */
function keepError({ words, reason }: Control, error: unknown): void {
  if (Atomics.compareExchange(words, FAILED, 0, 1) !== 0) return;
  const text = new TextEncoder().encode((error as Error).stack ?? String(error)).subarray(0, REASON_BYTES);
  reason.set(text);
  Atomics.store(words, FAILED, Math.max(1, text.length));
}

/** The error that was kept, undefined where there is none. */
export function keptError({ words, reason }: Control): Error | undefined {
  const length = Atomics.load(words, FAILED);
  if (length === 0) return undefined;
  // A decoder takes no shared memory.
  const stack = new TextDecoder().decode(reason.slice(0, length));
  return Object.assign(new Error(stack.split('\n', 1)[0]), { stack });
}

/**
 * Takes blocks of the job at hand until none is left, and works on them. Next and limit carry the job's number in their
 * upper half, so that a thread that comes late takes nothing of a job that it has not read.
 *
 * The first thread takes blocks from the first one on, the others from the last one back: in job after job a thread meets
 * about the same part of the data, and what was another's is slow to get.
 */
export function workOn(kernels: KernelExports, control: Control, thread: number): void {
  const { words } = control;
  // Before a block is taken, so that a thread that ends hard is known to have had one.
  Atomics.or(words, BUSY, 1 << thread);
  takeBlocks(kernels, control, thread);
  Atomics.and(words, BUSY, ~(1 << thread));
}

function takeBlocks(kernels: KernelExports, control: Control, thread: number): void {
  const { words } = control;
  let job = -1;
  let own = 0;
  for (;;) {
    const next = Atomics.load(words, NEXT);
    const limit = Atomics.load(words, LIMIT);
    if (next >>> 16 !== limit >>> 16 || (next & 0xffff) >= (limit & 0xffff)) return;
    if (Atomics.compareExchange(words, NEXT, next, next + 1) !== next) continue;
    const isFirst = job !== next >>> 16;
    job = next >>> 16;
    if (isFirst) own = 0;
    const blocks = limit & 0xffff;
    const block = thread === 0 ? own++ : blocks - 1 - Atomics.add(words, TAKEN, 1);
    // For a moment only: the thread that brings the data does nothing else.
    while (Atomics.load(words, READY) < blocks - block);
    try {
      runBlock(kernels, control, block, blocks, thread, isFirst);
    } catch (error) {
      keepError(control, error);
    }
    if (Atomics.add(words, DONE, 1) + 1 === (limit & 0xffff) && Atomics.load(words, AWAITED) !== 0) Atomics.notify(words, DONE);
  }
}

/** Where block b of n ends or begins between two numbers. */
export const cut = (from: number, to: number, b: number, n: number): number => from + Math.floor(((to - from) * b) / n);

/*
 * What these make has no name of its own: named functions are given theirs anew each time that they are made, which takes
 * longer than many a block.
 */
const wordsOf = (words: Int32Array) => (i: number) => words[WORDS + i];
const cutsAt = (b: number, n: number) => (from: number, to: number) => cut(from, to, b, n);

/** Works on one block, the thread's first of the job or a further one; the words are those that thread-team.ts writes. */
function runBlock(kernels: KernelExports, { words, numbers, memory }: Control, block: number, blocks: number, thread: number, isFirst: boolean): void {
  const w = wordsOf(words);
  const start = cutsAt(block, blocks);
  const end = cutsAt(block + 1, blocks);
  switch (JOBS[words[KIND]]) {
    case 'grow':
      // Others help until the tree is grown; a block that nobody came for is left to the first thread, and is nothing then.
      if (block === 0) kernels.growTree(w(0));
      else kernels.helpGrowing(w(0), thread);
      return;
    case 'histograms':
    case 'histogramsInOrder': {
      // The first thread adds to the histogram itself, the others to histograms of their own.
      const own = thread === 0 ? w(8) : w(9) + (thread - 1) * w(10) * 16;
      if (isFirst && (thread > 0 || w(14) !== 0)) kernels.clear(own, w(10) * 16);
      words[ANSWERS + block] = thread;
      const scales = [numbers[NUMBERS], numbers[NUMBERS + 1], w(13)] as const;
      const rest = [start(w(4), w(5)), end(w(4), w(5)), w(6), ...scales, w(7), own, w(11) + thread * w(12)] as const;
      if (JOBS[words[KIND]] === 'histograms') kernels.addToHistograms(w(0), w(1), w(2), w(3), ...rest);
      else kernels.addRowsInOrder(w(0), w(1), w(2), ...rest);
      return;
    }
    case 'derivatives':
      kernels.lossDerivatives(w(0), numbers[NUMBERS], start(0, w(1)), end(0, w(1)), w(2), w(3), w(4), w(5), w(6) + 16 * block);
      return;
    case 'odds':
      kernels.oddsDerivatives(start(0, w(0)), end(0, w(0)), w(1), w(2), w(3), w(4), w(5), w(6), w(7) + 16 * block);
      return;
    case 'softmax':
      kernels.softmaxDerivatives(start(0, w(0)), end(0, w(0)), w(1), w(2), w(3), w(4), w(5), w(6), w(7) + 16 * w(1) * block, w(8) + 8 * w(1) * block);
      return;
    case 'divide': {
      const from = start(w(1), w(2));
      const lefts = w(5) + 4 * (from - w(1));
      words[ANSWERS + block] = kernels.divideRows(w(0), from, end(w(1), w(2)), w(3), w(4), lefts, lefts + 4 * (w(2) - w(1)));
      return;
    }
    case 'gather': {
      // The job before answered how many rows of each block go left.
      const from = start(w(1), w(2)) - w(1);
      let before = 0;
      let all = 0;
      for (let b = 0; b < blocks; b++) {
        if (b < block) before += words[ANSWERS + b];
        all += words[ANSWERS + b];
      }
      const lefts = w(5) + 4 * from;
      const own = words[ANSWERS + block];
      kernels.copyRows(lefts, w(0) + 4 * (w(1) + before), own);
      kernels.copyRows(lefts + 4 * (w(2) - w(1)), w(0) + 4 * (w(1) + all + from - before), end(w(1), w(2)) - w(1) - from - own);
      return;
    }
    case 'search':
      searchBlock(kernels, memory.buffer, w, numbers.subarray(NUMBERS), start(0, w(0)), end(0, w(0)), block);
      return;
    case 'mark': {
      const ranges = new Int32Array(memory.buffer, w(2) >>> 0, 4 * w(3));
      for (let leaf = block; leaf < w(3); leaf += blocks) {
        kernels.markRows(w(0), ranges[4 * leaf], ranges[4 * leaf + 1], leaf, w(1));
        kernels.markRows(w(0), ranges[4 * leaf + 2], ranges[4 * leaf + 3], leaf, w(1));
      }
      return;
    }
    case 'leaves':
      kernels.addLeafValues(start(0, w(0)), end(0, w(0)), w(1), w(2), w(3));
      return;
    case 'permute':
      for (let j = start(0, w(0)); j < end(0, w(0)); j++) kernels.permuteBytes(w(1) + j * w(2), w(3), w(4), w(5) + thread * w(4));
      return;
    case 'layOut': {
      const from = start(0, w(0));
      kernels.layOutRows(w(1) + from, w(2), w(3), end(0, w(0)) - from, w(4) + from * w(5), w(5));
      return;
    }
    case 'bin': {
      const from = start(0, w(0));
      const row = w(6) + from;
      kernels.binRows(end(0, w(0)) - from, w(1), w(2) + 8 * w(1) * from, w(3), w(4), w(5), w(7) + row * w(8), w(8), w(9) + row, w(10), w(11), w(12));
      return;
    }
    case 'sort': {
      // One block a column: where it lies and its length.
      const column = new Int32Array(memory.buffer, w(0) + 8 * block, 2);
      kernels.sortForQuantiles(column[0], w(1) + 8 * w(2) * thread, w(3) + 4 * w(4) * thread, column[1], w(5));
      return;
    }
    case 'countTokens': {
      const cuts = new Int32Array(memory.buffer, w(0) + 4 * block, 2);
      const scratch = w(5) + thread * w(6);
      words[ANSWERS + block] = kernels.countTokens(cuts[0], cuts[1], w(1), w(2), w(3), w(4), scratch, scratch + w(7), scratch + w(8), w(9), w(10), w(11));
      return;
    }
    case 'csrMoments': {
      const cuts = new Int32Array(memory.buffer, w(11) + 4 * block, 2);
      kernels.csrMoments(cuts[0], cuts[1], w(0), w(1), w(2), w(3), w(4), w(5), numbers[NUMBERS], w(6), w(7), w(8), w(9), w(10));
      return;
    }
    case 'pairProducts': {
      const from = start(0, w(0));
      kernels.pairProducts(end(0, w(0)) - from, w(1), w(2), w(3), w(4) + 4 * from, w(5), w(6), w(7), w(8) + 48 * from, w(9) + 48 * from);
      return;
    }
    case 'combinePairs': {
      const from = start(0, w(1));
      kernels.combinePairs(w(0), end(0, w(1)) - from, w(2) + 8 * from, w(3), w(4), w(5), w(6) + 8 * from, numbers[NUMBERS], w(7) + 8 * from);
      return;
    }
    case 'rowGram': {
      const [from, to] = new Int32Array(memory.buffer, w(0) + 4 * block, 2);
      kernels.rowGramTimes(from, to, w(1), w(2), w(3), w(4), w(5), w(6), w(7), w(8) + w(12) * block, w(9) + w(10) * block, w(11) + w(12) * block);
      return;
    }
    case 'internTexts': {
      const [count, spans, bytes, bits, ...table] = new Int32Array(memory.buffer, w(0) + 4 * 12 * block, 12);
      const [state, ids, slots, mask, starts, pool, ends, tooShort] = table;
      if (count > 0) kernels.internTexts(count, spans, bytes, bits, w(1), state, ids, slots, mask, starts, pool, ends, tooShort);
      return;
    }
    case 'logisticLoss': {
      const from = start(0, w(0));
      const weights = w(6) === 0 ? 0 : w(6) + 8 * from;
      const matrix = [end(0, w(0)) - from, w(1), w(2) + 4 * from, w(3), w(4)] as const;
      // The first part's gradient is where the sum is to be.
      kernels.csrLogisticLossGradient(...matrix, w(5) + 8 * from, weights, numbers[NUMBERS], w(7), numbers[NUMBERS + 1], w(8) + 8 * from, w(9) + 8 * from, block === 0 ? w(10) : w(11) + 8 * w(1) * (block - 1));
      return;
    }
    case 'logisticLosses': {
      const rest = [w(1), w(2), w(3), w(4), w(5), w(6), w(7), w(8), w(9), w(10), w(11), w(12), w(13)] as const;
      kernels.csrLogisticLossGradients(start(0, w(0)), end(0, w(0)), ...rest, w(14) + w(15) * block, w(16) + w(17) * block);
      return;
    }
    case 'multiplyPanels': {
      const from = start(0, w(0));
      kernels.multiplyPanels(end(0, w(0)) - from, w(1), w(2), w(3) + 32 * from * w(2), w(4), w(5) + 32 * from * w(6), w(6), w(7), w(8) + from);
      return;
    }
    case 'multiplyRows':
      // Whole groups of four rows, as many as a step of the kernel takes.
      kernels.multiplyRows(Math.min(w(0), 4 * start(0, (w(0) + 3) >> 2)), Math.min(w(0), 4 * end(0, (w(0) + 3) >> 2)), w(1), w(2), w(3), w(4), w(5), w(6), w(7));
      return;
    case 'csrTimesMatrix':
      kernels.csrRowsTimesMatrix(start(0, w(0)), end(0, w(0)), w(1), w(2), w(3), w(4), w(5), w(6), w(7));
      return;
    case 'nearestRows':
      kernels.nearestRows(start(0, w(0)), end(0, w(0)), w(1), w(2), w(3), w(4), w(5) + thread * w(6));
      return;
    case 'addSelfProducts': {
      // One block a part of the rows.
      const from = start(0, w(0));
      const width = 4 * ((w(1) + 3) >> 2);
      const sums = w(6) + 8 * width * block;
      const product = w(7) + 8 * width * width * block;
      if (w(9) !== 0) {
        kernels.clear(sums, 8 * width);
        kernels.clear(product, 8 * width * width);
      }
      kernels.addSelfProduct(end(0, w(0)) - from, w(1), w(2), w(3) + 8 * w(1) * from, w(4), w(5) + 8 * width * w(2) * thread, sums, product);
      return;
    }
  }
}
