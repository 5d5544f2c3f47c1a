import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../core/built-file.ts';
import { RefitError, WorkerError } from '../../core/errors.ts';
import type { SessionReply, SessionRequest } from '../session-worker.ts';

/** The built worker; from TypeScript sources it is the one in dist/, as threads load plain JavaScript. Undefined where that has not been built. */
function workerFile(): string | undefined {
  const file = builtFile('nn/session-worker.js');
  return existsSync(file) ? file : undefined;
}

let thread: SessionThread | undefined;

/**
 * The thread that nets compute in, started when it is first asked for and kept; a process need not wait for it to end.
 * undefined where the library has not been built, so that there is no file for a thread.
 */
export function sessionThread(): SessionThread | undefined {
  if (thread !== undefined && !thread.hasEnded) return thread;
  const file = workerFile();
  return file === undefined ? undefined : (thread = new SessionThread(file));
}

/** Another thread that sessions live in, each under a number. */
export class SessionThread {
  readonly #worker: Worker;
  #sessions = 0;
  /** Those who wait for a reply, in the order in which they asked. */
  readonly #waiting: { resolve: (reply: any) => void; reject: (error: unknown) => void }[] = [];
  #death: WorkerError | undefined;

  constructor(file: string) {
    this.#worker = new Worker(file);
    this.#worker.unref();
    this.#worker.on('message', (reply: SessionReply) => this.#answered(reply));
    this.#worker.on('error', (error) => this.#died(String(error)));
    this.#worker.on('exit', (code) => this.#died(`exit code ${code}`));
  }

  get hasEnded(): boolean {
    return this.#death !== undefined;
  }

  /** A number that no session has yet. */
  newSession(): number {
    return this.#sessions++;
  }

  /** Ends a session. */
  async close(session: number): Promise<void> {
    if (!this.hasEnded) await this.ask({ kind: 'close', session });
  }

  /** @param moved memory that goes over to the thread instead of being copied */
  ask<Reply extends SessionReply>(request: SessionRequest, moved: ArrayBuffer[] = []): Promise<Reply> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    // The process lives as long as someone waits.
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, moved);
    });
  }

  #answered(reply: SessionReply): void {
    const { resolve, reject } = this.#waiting.shift()!;
    if (this.#waiting.length === 0) this.#worker.unref();
    if ('error' in reply) reject(new RefitError(reply.error.message, { cause: reply.error }));
    else resolve(reply);
  }

  #died(reason: string): void {
    this.#death ??= new WorkerError(`nn: the thread that nets compute in ended (${reason}) before it answered. Look for what ends it, or train with thread: false to see it.`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#death);
  }
}
