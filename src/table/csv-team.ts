import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { builtFile } from '../core/built-file.ts';
import { endThreads } from '../core/end-threads.ts';
import { WorkerError } from '../core/errors.ts';
import { hasEnded } from '../core/has-ended.ts';
import type { CsvControl, CsvJob } from './csv-job.ts';
import type { CsvPart } from './csv-share.ts';
import type { CsvThreadData } from './csv-thread.ts';
import { CALL, GONE, type CsvAnswer } from './csv-words.ts';

const CSV_THREAD = builtFile('table/csv-thread.js');

/** Bytes of a file that threads are started for: with fewer, this thread is done before they are there. */
const WORTH_STARTING = 16 * 2 ** 20;
/** What threads that are there already are called for. */
const WORTH_CALLING = 2 * 2 ** 20;
/** More threads than this wait for each other: a quarter of the work is done by one at a time. */
const MOST_THREADS = 4;
/** How long threads wait for the next file before they end, in milliseconds. */
const IDLE = 2000;

let current: CsvTeam | undefined;

/** Threads that help this one to read a file of so many bytes; undefined where one thread is as fast. */
export function csvTeam(bytes: number): CsvTeam | undefined {
  if (!isMainThread || bytes < WORTH_CALLING) return undefined;
  if (current?.isWhole) return current;
  current = undefined;
  const threads = Math.min(MOST_THREADS, availableParallelism());
  if (bytes < WORTH_STARTING || threads < 2) return undefined;
  current = CsvTeam.start(threads);
  return current;
}

/**
 * Threads that take pieces of files as this one does, each with kernels of its own. They start while this thread goes on,
 * and take part once they are there; they do not keep the process alive, and end by themselves when no file comes.
 */
export class CsvTeam {
  readonly threads: number;
  readonly #words = new Int32Array(new SharedArrayBuffer(8));
  /** By their numbers, which begin with 1. */
  readonly #others: { worker: Worker; port: MessagePort }[] = [];

  /** @returns undefined where the file that they run has not been built */
  static start(threads: number, idle = IDLE): CsvTeam | undefined {
    return existsSync(CSV_THREAD) ? new CsvTeam(threads, idle) : undefined;
  }

  private constructor(threads: number, idle: number) {
    this.threads = threads;
    for (let thread = 1; thread < threads; thread++) {
      const { port1, port2 } = new MessageChannel();
      const workerData: CsvThreadData = { port: port2, words: this.#words, thread, idle };
      // Without this process's own hooks, which a thread of plain JavaScript does not need.
      const worker = new Worker(CSV_THREAD, { workerData, transferList: [port2], execArgv: [], stdin: false });
      worker.on('error', (error) => process.emitWarning(`readCsv: a thread that was to help has failed: ${error.message}`));
      worker.unref();
      this.#others.push({ worker, port: port1 });
    }
  }

  /** Whether no thread has ended yet. */
  get isWhole(): boolean {
    return Atomics.load(this.#words, GONE) === 0 && !this.#others.some(({ port }) => hasEnded(port));
  }

  /** Gives a job to every thread. */
  begin(job: CsvJob): void {
    for (const { port } of this.#others) port.postMessage(job);
    Atomics.add(this.#words, CALL, 1);
    Atomics.notify(this.#words, CALL);
  }

  /**
   * Looks whether those who are at work on a job still live, while this thread waits for them.
   * @param active one bit for each of them
   * @throws WorkerError where one has ended; the others are ended too then, and read the file no more
   */
  checkLiving(active: number): void {
    if (!this.#others.some(({ port }, i) => (active & (2 << i)) !== 0 && hasEnded(port))) return;
    Atomics.store(this.#words, GONE, 1);
    endThreads(this.#others);
    throw new WorkerError('readCsv: a thread that helped to read the file has ended in the middle of it, perhaps for want of memory. Read it again.');
  }

  /**
   * Waits until those who have taken pieces of a job that is at its end have handed over what they read.
   * @throws WorkerError where one of them failed
   */
  collect({ id }: CsvJob, control: CsvControl): CsvPart[] {
    control.awaitOthers();
    const parts: CsvPart[] = [];
    for (const { port } of this.#others) {
      for (let answer = receiveMessageOnPort(port); answer !== undefined; answer = receiveMessageOnPort(port)) {
        const { id: of, part, error } = answer.message as CsvAnswer;
        if (of !== id) continue;
        if (error !== undefined) throw new WorkerError(`readCsv: a thread that helped to read the file failed: ${error}. Read it again.`);
        if (part !== undefined) parts.push(part);
      }
    }
    return parts;
  }
}
