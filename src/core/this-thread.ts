import { isMainThread } from 'node:worker_threads';

/** What this thread is, and is at. */
export const thisThread = {
  /** A worker does all its work itself, so that a search within a fold starts no threads of its own. */
  isWorker: false,
  /** How many threads a fit may use while this thread works on a task of an evaluation that others work on too; null otherwise, for no limit. */
  share: null as number | null,
  /** Whether the other threads of its share have come: as long as they work on tasks of their own, helpers would take the processors from them. */
  isShareFree: (): boolean => true,
};

/** Threads that work in this one may take: its share; without one, any number in the main thread, and one in another, which is presumably one of several. */
export const threadsAtHand = (): number => thisThread.share ?? (isMainThread ? Infinity : 1);
