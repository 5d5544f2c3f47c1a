import { totalmem } from 'node:os';
import { DataError } from '../core/errors.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Bytes an entry of X takes while its columns are ranked, and in each thread from then on; sparse ones lie there by row too, and are chained. */
const DENSE = { ranking: 8, ranked: 4 };
const SPARSE = { ranking: 20, ranked: 28 };

/** Bytes that this process may hold: the machine's, or what it is limited to. */
export function memoryOfProcess(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** @throws DataError with the arithmetic, before anything is computed, where the ranks of X outgrow the memory */
export function checkRanks(owner: string, X: Matrix, threads: number, memory: number): void {
  const entries = X.kind === 'dense' ? X.rows * X.cols : X.data.length;
  const { ranking, ranked } = X.kind === 'dense' ? DENSE : SPARSE;
  const bytes = ranking + ranked * threads;
  if (entries * bytes <= memory) return;
  const counted = X.kind === 'dense' ? `${X.rows} rows × ${X.cols} columns` : `${entries} entries`;
  throw new DataError(
    `${owner}: the ranks of X must fit ${gib(memory)} of memory, but ${counted} × ${bytes} bytes (${ranking} while they are made, ${ranked} for each of ${threads} threads) ` +
      `make ${gib(entries * bytes)}. Fit on fewer rows or columns.`,
  );
}

/** Checked once a first tree is there: the others come out much alike. @throws DataError with the arithmetic where all of them outgrow the memory */
export function checkTrees(owner: string, first: TreeNodes, trees: number, memory: number): void {
  const nodes = first.left.length;
  const bytes = Math.round(Object.values(first).reduce((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0) / nodes);
  if (nodes * bytes * trees <= memory) return;
  throw new DataError(
    `${owner}: the trees must fit ${gib(memory)} of memory, but the first has ${nodes} nodes × ${bytes} bytes, and ${trees} such trees make ${gib(nodes * bytes * trees)}. ` +
      'Raise minSamplesLeaf, or lower maxLeafNodes or nEstimators.',
  );
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
