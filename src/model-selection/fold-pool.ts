import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Tinypool } from 'tinypool';
import { builtFile } from '../core/built-file.ts';
import { RefitError, WorkerError } from '../core/errors.ts';
import type { FoldReply, FoldTasks } from './fold-worker.ts';

/**
 * The built worker. From TypeScript sources (under a test runner) it is the one in dist/, as threads load plain
 * JavaScript; undefined where that has not been built.
 */
export function workerFile(): string | undefined {
  const file = builtFile('model-selection/fold-worker.js');
  return existsSync(file) ? file : undefined;
}

/** Milliseconds after which a thread whose port has closed is taken for dead. */
const LONGEST_EXIT = 5000;

/** How long threads wait for another evaluation before they end, in milliseconds: one that has worked does so at twice a new one's speed. */
const KEPT_MILLISECONDS = 3000;

/** Threads that wait for another evaluation. */
let kept: FoldPool | undefined;

/** Whether so many threads are there already. */
export const areThreadsReady = (workers: number): boolean => kept?.workers === workers;

/** Worker threads for an evaluation; they load the library while it is still being made ready. */
export class FoldPool {
  readonly workers: number;
  readonly #pool: Tinypool;
  #ending: NodeJS.Timeout | undefined;
  /** Where answers come from. */
  readonly #ports = new Set<MessagePort>();
  readonly #broken: Promise<never>;
  /** How many ports closed while their task was under way, how many threads have exited, and who waits for as many as closed. */
  #closed = 0;
  #exits = 0;
  readonly #waiting: { exits: number; go: () => void }[] = [];
  #exitCode: number | undefined;
  #ended = false;

  /** New threads, or those that wait. */
  static async open(file: string, workers: number): Promise<FoldPool> {
    const there = kept;
    kept = undefined;
    if (there !== undefined) {
      clearTimeout(there.#ending);
      if (there.workers === workers && there.#exitCode === undefined) return there;
      await there.destroy();
    }
    const { Tinypool } = await import('tinypool');
    // A worker registers what it needs for itself: a loader that this process was started with would cost each thread another one.
    return new FoldPool(workers, new Tinypool({ filename: file, minThreads: workers, maxThreads: workers, execArgv: [] }));
  }

  private constructor(workers: number, pool: Tinypool) {
    this.workers = workers;
    this.#pool = pool;
    // A thread that fails without a task on it, while it loads, would leave the tasks waiting.
    this.#broken = new Promise((_, reject) => this.#pool.on('error', reject));
    this.#broken.catch(() => {});
    for (const thread of this.#pool.threads) {
      (thread as unknown as { thread: NodeJS.EventEmitter }).thread.on('exit', (code: number) => {
        this.#exitCode = code;
        this.#exits++;
        for (const { exits, go } of this.#waiting) if (exits <= this.#exits) go();
      });
    }
  }

  /**
   * Has one thread work on tasks; `onReply` gets what comes of them, one reply after the other.
   * @throws WorkerError when the thread ends before it has told the end
   */
  async run(tasks: Omit<FoldTasks, 'port'>, onReply: (reply: Exclude<FoldReply, { end: true }>) => Promise<void>): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    this.#ports.add(port1);
    let handled = Promise.resolve();
    const ended = new Promise<void>((resolve, reject) => {
      port1.on('message', (reply: FoldReply) => {
        handled = handled.then(async () => ('end' in reply ? undefined : onReply(reply)));
        handled.catch(reject);
        if ('end' in reply) void handled.then(resolve, () => {});
      });
      // The port closes with its thread, whose exit is told later on a busy machine; what the pool knows of the reason comes
      // within the same moment.
      port1.on('close', () => void this.#exitAfterClose().then(() => setTimeout(() => reject(this.#death()), 50)));
    });
    const worked = this.#pool.run({ ...tasks, port: port2 } satisfies FoldTasks, { transferList: [port2] });
    ended.catch(() => {});
    try {
      await Promise.race([worked.then(() => ended), ended, this.#broken]);
    } catch (error) {
      throw outOfMemory(error) ?? error;
    } finally {
      port1.removeAllListeners('close');
      port1.close();
      this.#ports.delete(port1);
    }
  }

  /** Has the threads wait for another evaluation for a while, which keeps no process alive. None may have a task of this one. */
  release(): void {
    for (const port of this.#ports) port.unref();
    this.#ending = setTimeout(() => forget(this), KEPT_MILLISECONDS).unref();
    keep(this);
  }

  /** Ends all threads, whatever they are doing. */
  async destroy(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const destroyed = this.#pool.destroy().catch(() => {});
    // The pool would wait for ever for the end of a thread that has ended already.
    if (this.#exitCode === undefined) await destroyed;
  }

  /** Until as many threads have exited as ports have closed: this one's is then among them. */
  #exitAfterClose(): Promise<unknown> {
    const exits = ++this.#closed;
    if (this.#exits >= exits) return Promise.resolve();
    return Promise.race([new Promise<void>((go) => this.#waiting.push({ exits, go })), delay(LONGEST_EXIT, undefined, { ref: false })]);
  }

  #death(): WorkerError {
    const code = this.#exitCode === undefined ? '' : ` with exit code ${this.#exitCode}`;
    return new WorkerError(`the worker thread ended${code} before it answered. Look for what ends the process, or run with 1 worker to see it there.`);
  }
}

function keep(pool: FoldPool): void {
  void kept?.destroy();
  kept = pool;
}

function forget(pool: FoldPool): void {
  if (kept === pool) kept = undefined;
  void pool.destroy();
}

function outOfMemory(error: unknown): RefitError | undefined {
  if ((error as { code?: unknown } | null)?.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined;
  return new WorkerError('the worker thread ran out of memory. Use fewer workers, or give Node more with --max-old-space-size.', { cause: error });
}
