import { parentPort, workerData } from 'node:worker_threads';
import { growTrees } from './forest-plan.ts';
import type { ForestTask } from './forest-threads.ts';

const { plan, next } = workerData as ForestTask;
parentPort!.postMessage(growTrees(plan, () => Atomics.add(next, 0, 1)));
