import { JOB_WORK, type JobBlock } from './job-work.ts';
import type { KernelExports } from './kernel-exports.ts';
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
/** Where a job's whole numbers begin, what its blocks answer, and its other numbers. */
const WHOLES = 64;
const ANSWERS = 96;
const NUMBERS = 128;
/** Where it says, in UTF-8, what failed first (in bytes), and how much room there is for that; FAILED holds its length. */
const REASON = 640;
const REASON_BYTES = 2048;
/** Words in all. */
export const CONTROL_WORDS = (REASON + REASON_BYTES) / 4;
/** Most blocks of a job. */
export const MOST_BLOCKS = 24;

/** Kinds of jobs. */
export type Job = keyof typeof JOB_WORK;
export const JOBS = Object.keys(JOB_WORK) as readonly Job[];

/** What threads tell each other by: memory of its own, so that a thread that comes too late meets nothing else there. */
export interface Control {
  words: Int32Array;
  /** On the same bytes: a job's whole numbers, what its blocks answer, its other numbers. */
  wholes: Int32Array;
  answers: Int32Array;
  numbers: Float64Array;
  /** Likewise: the stack of the first error. */
  reason: Uint8Array;
  /** The memory that jobs are about. */
  memory: WebAssemblyMemory;
}

/** Views of control words. */
export const controlOn = (buffer: SharedArrayBuffer, memory: WebAssemblyMemory): Control => ({
  words: new Int32Array(buffer),
  wholes: new Int32Array(buffer, 4 * WHOLES, ANSWERS - WHOLES),
  answers: new Int32Array(buffer, 4 * ANSWERS, NUMBERS - ANSWERS),
  numbers: new Float64Array(buffer, 4 * NUMBERS, (REASON / 4 - NUMBERS) / 2),
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
      JOB_WORK[JOBS[words[KIND]]](blockOf(kernels, control, block, blocks, thread, isFirst));
    } catch (error) {
      keepError(control, error);
    }
    if (Atomics.add(words, DONE, 1) + 1 === (limit & 0xffff) && Atomics.load(words, AWAITED) !== 0) Atomics.notify(words, DONE);
  }
}

/** Where block b of n ends or begins between two numbers. */
export const cut = (from: number, to: number, b: number, n: number): number => from + Math.floor(((to - from) * b) / n);

/*
 * What this makes has no name of its own: named functions are given theirs anew each time that they are made, which takes
 * longer than many a block.
 */
const cutsAt = (b: number, n: number) => (from: number, to: number) => cut(from, to, b, n);

const blockOf = (kernels: KernelExports, { wholes, numbers, answers, memory }: Control, block: number, blocks: number, thread: number, isFirst: boolean): JobBlock => ({
  kernels,
  buffer: memory.buffer,
  block,
  blocks,
  isFirst,
  thread,
  w: wholes,
  numbers,
  answers,
  start: cutsAt(block, blocks),
  end: cutsAt(block + 1, blocks),
});
