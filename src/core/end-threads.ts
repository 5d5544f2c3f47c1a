import type { MessagePort, Worker } from 'node:worker_threads';
import { hasEnded } from './has-ended.ts';

/** Ends threads at once: none of them touches shared memory once this returns. */
export function endThreads(threads: readonly { readonly worker: Worker; readonly port: MessagePort }[]): void {
  for (const { worker } of threads) void worker.terminate();
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (!threads.every(({ port }) => hasEnded(port))) Atomics.wait(nothing, 0, 0, 1);
}
