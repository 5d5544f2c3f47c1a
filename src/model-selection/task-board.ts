import type { PlannedTask } from './plan-tasks.ts';

/** What a thread needs to take tasks by itself: they lie in shared memory, so none waits for another to hand it the next. */
export interface SharedBoard {
  readonly tasks: readonly PlannedTask[];
  /** By task: 0 as long as nobody has taken it, then who has; NOBODY if it will not be begun any more. */
  readonly taken: Int32Array;
  /** One number: how many tasks are under way. */
  readonly busy: Int32Array;
}

const NOBODY = -1;

/** Takes a task for a thread, numbered from 1. @returns false if it is taken already, or will not be begun */
export function takeTask({ taken, busy }: SharedBoard, task: number, thread: number): boolean {
  const isTaken = Atomics.compareExchange(taken, task, 0, thread) === 0;
  if (isTaken) Atomics.add(busy, 0, 1);
  return isTaken;
}

/** Tells other threads that this one works on a task of its own no longer. */
export function leaveTask({ busy }: SharedBoard): void {
  Atomics.sub(busy, 0, 1);
}

/** Whether no more than so many tasks are under way. */
export const areLeft = ({ busy }: SharedBoard, tasks: number): boolean => Atomics.load(busy, 0) <= tasks;

/** Sees to it that no further task is begun. */
export function closeBoard({ taken }: SharedBoard): void {
  for (let task = 0; task < taken.length; task++) Atomics.compareExchange(taken, task, 0, NOBODY);
}

/**
 * Tasks that threads take in their order, what has become of them, and the failure that ends the work: of several always
 * that of the first task, however fast each of them was. As tasks are taken in order, all before a failed one are under way.
 */
export class TaskBoard implements SharedBoard {
  readonly tasks: readonly PlannedTask[];
  readonly taken: Int32Array;
  readonly busy = new Int32Array(new SharedArrayBuffer(4));
  /** Rejects with the first task's failure as soon as it is known to be the first; never resolves. */
  readonly failure: Promise<never>;
  /** Resolves when every task is done and none has failed. */
  readonly finished: Promise<void>;
  readonly #done: boolean[];
  readonly #errors = new Map<number, unknown>();
  #reject!: (error: unknown) => void;
  #resolve!: () => void;

  constructor(tasks: readonly PlannedTask[]) {
    this.tasks = tasks;
    this.taken = new Int32Array(new SharedArrayBuffer(4 * tasks.length));
    this.#done = tasks.map(() => false);
    this.failure = new Promise((_, reject) => (this.#reject = reject));
    this.failure.catch(() => {});
    this.finished = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** The task that a thread has taken and not finished; undefined for none. */
  underway(thread: number): number | undefined {
    const task = this.tasks.findIndex((_, i) => this.taken[i] === thread && !this.#done[i]);
    return task < 0 ? undefined : task;
  }

  /** Whether a task has failed: no other is begun, and what else comes of this one is of no interest. */
  hasFailed(task: number): boolean {
    return this.#errors.has(task);
  }

  finish(task: number): void {
    this.#done[task] = true;
    if (this.#errors.size > 0) this.#tellFirst();
    else if (this.#done.every(Boolean)) this.#resolve();
  }

  fail(task: number, error: unknown): void {
    closeBoard(this);
    if (!this.#errors.has(task)) this.#errors.set(task, error);
    this.finish(task);
  }

  #tellFirst(): void {
    const first = Math.min(...this.#errors.keys());
    if (this.#done.slice(0, first).every(Boolean)) this.#reject(this.#errors.get(first));
  }
}
