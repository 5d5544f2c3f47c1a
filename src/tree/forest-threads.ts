import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../core/built-file.ts';
import { WorkerError } from '../core/errors.ts';
import { threadsAtHand } from '../core/this-thread.ts';
import type { ForestOptions } from './forest-options.ts';
import { growTrees, type ForestPlan } from './forest-plan.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Rows × features tried × trees below which starting threads takes longer than they save. */
const SMALL = 2_000_000;

/** What a thread is given. */
export interface ForestTask {
  plan: ForestPlan;
  /** The number of the next tree, in shared memory. */
  next: Int32Array;
}

/**
 * Grows the trees of a plan that are not kept. @returns all of them, in order of their numbers
 *
 * Threads help where there is work enough for them; beside other folds, no more than this thread's share, since its
 * siblings have the other processors. Each takes the next tree when it has grown one. The result is the same for any
 * number of threads.
 * @param kept trees that are there already, whose numbers come first
 */
export async function growForest(plan: ForestPlan, kept: readonly TreeNodes[]): Promise<TreeNodes[]> {
  const { columns, options, seeds } = plan;
  const trees = [...kept];
  if (trees.length === seeds.length) return trees;
  const next = new Int32Array(new SharedArrayBuffer(4));
  next[0] = trees.length;
  const threads = Math.min(threadsFor(columns.rows, columns.cols, options), seeds.length - trees.length);
  const file = threads > 1 ? workerFile() : undefined;
  const helpers = file === undefined ? [] : Array.from({ length: threads - 1 }, () => help(file, { plan, next }));
  // A failure is reported by whoever awaits it below, or not at all if this thread fails first.
  for (const helper of helpers) helper.catch(() => {});
  try {
    const grown = [growTrees(plan, () => Atomics.add(next, 0, 1)), ...(await Promise.all(helpers))];
    for (const some of grown) for (const [t, tree] of some) trees[t] = tree;
    return trees;
  } finally {
    // After a failure: nobody begins another tree.
    Atomics.store(next, 0, seeds.length);
  }
}

/** How many threads grow a forest's trees: `workers`, or one where there is little to do, else one per processor; no more than this thread's share. */
export function threadsFor(rows: number, cols: number, { maxFeatures, nEstimators, workers }: Required<ForestOptions>): number {
  const tried = maxFeatures === 'sqrt' ? Math.sqrt(cols) : cols;
  if (workers === null && rows * tried * nEstimators < SMALL) return 1;
  return Math.min(workers ?? availableParallelism(), nEstimators, threadsAtHand());
}

/** The built worker; undefined where it has not been built. */
function workerFile(): string | undefined {
  const file = builtFile('tree/forest-worker.js');
  return existsSync(file) ? file : undefined;
}

function help(file: string, task: ForestTask): Promise<Map<number, TreeNodes>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task });
    worker.once('message', (trees: Map<number, TreeNodes>) => {
      resolve(trees);
      void worker.terminate();
    });
    worker.once('error', (error) => reject(new WorkerError(`${task.plan.owner}: a thread failed while it grew trees: ${error.message}. Use workers: 1.`, { cause: error })));
    worker.once('exit', (code) => reject(new WorkerError(`${task.plan.owner}: a thread ended with exit code ${code} before its trees were grown. Use workers: 1.`)));
  });
}
