import { randomUUID } from 'node:crypto';
import type { CallFiles, Payload } from './component.ts';
import type { Endpoint } from './endpoint.ts';

/** What a job tells whoever waits for it; SSE streams and plain calls word it each in their way. */
export type JobEvent =
  | { type: 'estimation'; rank: number; waiting: number; seconds: number | null }
  | { type: 'starts'; seconds: number | null }
  | { type: 'progress'; done: number; total: number | null; unit: string; text: string }
  | { type: 'log'; message: string; level: string }
  | { type: 'partial'; data: Payload[]; before: Payload[] | null }
  | { type: 'completed'; data: Payload[]; seconds: number; average: number }
  | { type: 'failed'; message: string | null; title: string }
  | { type: 'cancelled' };

/** One call from its arrival to its end. */
export class Job {
  /** 122 random bits: who knows them may ask for the result. */
  readonly id = randomUUID().replaceAll('-', '');
  readonly endpoint: Endpoint;
  readonly data: readonly unknown[];
  readonly files: CallFiles;
  state: 'waiting' | 'running' | 'done' = 'waiting';
  #controller: AbortController | undefined;
  readonly #listener: (event: JobEvent) => void;

  constructor(endpoint: Endpoint, data: readonly unknown[], files: CallFiles, listener: (event: JobEvent) => void) {
    this.endpoint = endpoint;
    this.data = data;
    this.files = files;
    this.#listener = listener;
  }

  /** Aborted when nobody waits any more; made when first asked for, since most calls never look at it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.state === 'done') this.#controller.abort();
    return this.#controller.signal;
  }

  /** Tells the function that nobody waits for it any more. */
  stop(): void {
    this.#controller?.abort();
  }

  /** Tells an event; after the last one nothing is heard any more. */
  tell(event: JobEvent): void {
    if (this.state === 'done') return;
    if (event.type === 'completed' || event.type === 'failed' || event.type === 'cancelled') {
      this.state = 'done';
      if (event.type === 'cancelled') this.stop();
    }
    this.#listener(event);
  }
}
