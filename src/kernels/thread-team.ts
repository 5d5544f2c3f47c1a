import { existsSync } from 'node:fs';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { WorkerError } from '../core/errors.ts';
import { endThreads } from '../core/end-threads.ts';
import { hasEnded } from '../core/has-ended.ts';
import { KERNEL_THREAD, type KernelInstance } from './kernel-instance.ts';
import type { KernelThreadData } from './kernel-thread.ts';
import { thisInstance } from './kernel-memory.ts';
import { ASLEEP, AWAITED, BUSY, CALL, CONTROL_WORDS, controlOn, DONE, END, FAILED, GONE, JOBS, keptError, KIND, LIMIT, MOST_BLOCKS, NEXT, READY, TAKEN, workOn, type Control, type Job } from './thread-jobs.ts';

/** Turns of looking whether others are done before this thread lies down. */
const SPINS = 20_000;
/** How often a thread that lies looks whether the others still live, in milliseconds. */
const PATIENCE = 100;

let wasTold = false;

/** One warning per process: all threads fail for the same reason, and the work is done without them. */
function tellOfFailure(error: Error): void {
  if (wasTold) return;
  wasTold = true;
  process.emitWarning(`ThreadTeam: a thread that was to help has failed, the others do its work: ${error.message}`);
}

/** Brings the data of a job's blocks, from the last one back, and tells after each how many have theirs. */
export type Bring = (isReady: (blocks: number) => void) => void;

/**
 * Threads that help this one with kernels on its memory, within `withArena`. They start while this thread goes on, and
 * take part once they are there; without them this thread does all the work.
 *
 * One job at a time: `run` returns when all its blocks are done. Call `end` before the arena is given back.
 */
export class ThreadTeam {
  /** How many threads there are, this one included. */
  readonly threads: number;
  readonly #kernels: KernelInstance;
  readonly #control: Control;
  /** By their numbers, which begin with 1. */
  readonly #others: { worker: Worker; port: MessagePort }[] = [];
  #job = 0;

  /**
   * @param idle how long threads wait for work before they end, in milliseconds; without it until `end`
   * @returns undefined where there are no compiled kernels, or nothing to help with them
   */
  static start(threads: number, idle = Infinity): ThreadTeam | undefined {
    const kernels = thisInstance();
    if (threads < 2 || kernels === undefined || !existsSync(KERNEL_THREAD)) return undefined;
    return new ThreadTeam(kernels, Math.min(threads, MOST_BLOCKS), idle);
  }

  private constructor(kernels: KernelInstance, threads: number, idle: number) {
    const control = new SharedArrayBuffer(4 * CONTROL_WORDS);
    this.#kernels = kernels;
    this.#control = controlOn(control, kernels.memory);
    this.threads = threads;
    for (let thread = 1; thread < threads; thread++) {
      const { port1, port2 } = new MessageChannel();
      const workerData: KernelThreadData = { modules: kernels.modules, memory: kernels.memory, control, thread, port: port2, idle };
      // Without this process's own hooks, which a thread of plain JavaScript does not need.
      const worker = new Worker(KERNEL_THREAD, { workerData, transferList: [port2], execArgv: [], stdin: false });
      worker.on('error', tellOfFailure);
      worker.on('exit', () => Atomics.store(this.#control.words, GONE, 1));
      worker.unref();
      this.#others.push({ worker, port: port1 });
    }
  }

  /** Whether no thread has ended or failed yet. */
  get isWhole(): boolean {
    const { words } = this.#control;
    return [GONE, FAILED, END].every((place) => Atomics.load(words, place) === 0);
  }

  /**
   * Has a job done in `blocks` blocks; this thread does `meanwhile` first.
   * @returns what each block answered, good until the next job
   * @throws WorkerError with the cause where a thread failed; without one where a thread ended in the middle of a block
   */
  run(job: Job, blocks: number, words: readonly number[], numbers: readonly number[] = [], meanwhile?: () => void): Int32Array {
    return this.#run(job, blocks, words, numbers, blocks, meanwhile);
  }

  /** As run, for a job whose data this thread brings: others work on each block as soon as `bring` has told that it is ready. */
  runAsBrought(job: Job, blocks: number, words: readonly number[], bring: Bring): Int32Array {
    return this.#run(job, blocks, words, [], 0, () => bring((ready) => Atomics.store(this.#control.words, READY, ready)));
  }

  #run(job: Job, blocks: number, words: readonly number[], numbers: readonly number[], ready: number, meanwhile: (() => void) | undefined): Int32Array {
    const { words: control, wholes, answers, numbers: others } = this.#control;
    if (blocks > MOST_BLOCKS && job !== 'sort') throw new RangeError(`ThreadTeam: a job has at most ${MOST_BLOCKS} blocks, got ${blocks}.`);
    this.#job = (this.#job + 1) & 0x7fff;
    control[KIND] = JOBS.indexOf(job);
    for (let i = 0; i < words.length; i++) wholes[i] = words[i];
    for (let i = 0; i < numbers.length; i++) others[i] = numbers[i];
    Atomics.store(control, DONE, 0);
    Atomics.store(control, TAKEN, 0);
    Atomics.store(control, READY, ready);
    Atomics.store(control, LIMIT, (this.#job << 16) | blocks);
    Atomics.store(control, NEXT, this.#job << 16);
    Atomics.add(control, CALL, 1);
    if (Atomics.load(control, ASLEEP) > 0) Atomics.notify(control, CALL);
    try {
      meanwhile?.();
    } finally {
      Atomics.store(control, READY, blocks);
      workOn(this.#kernels.exports, this.#control, 0);
      this.#wait(job, blocks);
    }
    const cause = keptError(this.#control);
    if (cause) throw new WorkerError(`ThreadTeam: threads must not fail, but job '${job}' met ${cause.message}. Fit with workers: 1, which needs no threads.`, { cause });
    return answers.subarray(0, blocks);
  }

  /** Until so many blocks are done, or one never will be. */
  #wait(job: Job, blocks: number): void {
    const { words } = this.#control;
    for (let spins = 0; Atomics.load(words, DONE) < blocks; spins++) {
      if (spins < SPINS) continue;
      Atomics.store(words, AWAITED, 1);
      const done = Atomics.load(words, DONE);
      const outcome = done < blocks ? Atomics.wait(words, DONE, done, PATIENCE) : undefined;
      Atomics.store(words, AWAITED, 0);
      if (outcome !== 'timed-out') continue;
      if (!this.#others.some(({ port }, i) => hasEnded(port) && (Atomics.load(words, BUSY) & (2 << i)) !== 0)) continue;
      Atomics.store(words, GONE, 1);
      endThreads(this.#others);
      throw new WorkerError(`ThreadTeam: a thread must live until its work is done, but one ended in the middle of job '${job}', perhaps for want of memory. Fit smaller data, or with workers: 1 where that is an option.`);
    }
  }

  /** Lets the threads go. */
  end(): void {
    const { words } = this.#control;
    Atomics.store(words, END, 1);
    Atomics.add(words, CALL, 1);
    Atomics.notify(words, CALL);
  }
}
