import type { MessagePort } from 'node:worker_threads';

/**
 * Whether the thread at the other end of a port has ended. Its events tell of that only once this thread waits for nothing,
 * but a message says at once whether anybody can get it. The other end gets null.
 */
export const hasEnded = (port: MessagePort): boolean => (port.postMessage(null) as unknown) === false;
