/** Some variants of one fold, to be worked on in one go. */
export interface PlannedTask {
  fold: number;
  variants: readonly number[];
}

/** Part of a fold's time that its first stages take, which every part of a split fold has to repeat. */
const PREFIX_SHARE = 0.3;

/**
 * Cuts folds × variants into tasks, in the order of the folds.
 *
 * A task is a whole fold, so that its variants share their first stages, as long as every worker gets one. The folds
 * of the last round, which would leave workers without work, are split by variants into as many parts as end soonest.
 * @param order the variants, neighbours sharing most
 */
export function planTasks(folds: number, order: readonly number[], workers: number): PlannedTask[] {
  const last = folds % workers;
  const parts = last === 0 ? 1 : partsOf(last, order.length, workers);
  return Array.from({ length: folds }, (_, fold) => (fold < folds - last ? [order] : split(order, parts)).map((variants) => ({ fold, variants }))).flat();
}

/**
 * How many threads may work within a task, by its place among all: one as long as each has a task of its own; in the last
 * round, where fewer tasks than threads are left, an equal part of all threads.
 */
export function threadsWithin(task: number, tasks: number, workers: number): number {
  const last = tasks % workers;
  return task < tasks - last ? 1 : Math.floor(workers / last);
}

function partsOf(folds: number, variants: number, workers: number): number {
  let best = 1;
  let bestTime = Infinity;
  for (let parts = 1; parts <= Math.min(variants, workers); parts++) {
    const time = Math.ceil((folds * parts) / workers) * (PREFIX_SHARE + (1 - PREFIX_SHARE) / parts);
    if (time < bestTime) [best, bestTime] = [parts, time];
  }
  return best;
}

function split(order: readonly number[], parts: number): (readonly number[])[] {
  return Array.from({ length: parts }, (_, part) =>
    order.slice(Math.round((part * order.length) / parts), Math.round(((part + 1) * order.length) / parts)),
  );
}
