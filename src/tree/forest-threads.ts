import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { WorkerError } from '../core/errors.ts';
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
 * Grows all trees of a plan, in order of their numbers.
 *
 * Threads help where there is work enough for them and this is the main thread: a fold's worker keeps to itself, since
 * its siblings have the other processors. Each takes the next tree when it has grown one. The result is the same for any
 * number of threads.
 * @param workers most threads, this one included; null for one per processor
 */
export async function growForest(plan: ForestPlan, workers: number | null): Promise<TreeNodes[]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const take = (): number => Atomics.add(next, 0, 1);
  const count = helpersFor(plan, workers);
  const file = count > 0 ? workerFile() : undefined;
  const helpers = file === undefined ? [] : Array.from({ length: count }, () => help(file, { plan, next }));
  // A failure is reported by whoever awaits it below, or not at all if this thread fails first.
  for (const helper of helpers) helper.catch(() => {});
  const grown = [growTrees(plan, take), ...(await Promise.all(helpers))];
  const trees: TreeNodes[] = [];
  for (const some of grown) for (const [t, tree] of some) trees[t] = tree;
  return trees;
}

function helpersFor({ columns, options, seeds }: ForestPlan, workers: number | null): number {
  if (!isMainThread) return 0;
  const tried = options.maxFeatures === 'sqrt' ? Math.sqrt(columns.cols) : columns.cols;
  if (workers === null && columns.rows * tried * seeds.length < SMALL) return 0;
  return Math.min(workers ?? availableParallelism(), seeds.length) - 1;
}

/** The built worker; undefined where it has not been built. */
function workerFile(): string | undefined {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`${fromSource ? '../../dist' : '..'}/tree/forest-worker.js`, import.meta.url));
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
