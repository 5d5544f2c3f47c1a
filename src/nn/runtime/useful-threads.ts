import { isSteady } from '../operators/product.ts';
import type { Operation, Tensor } from '../tensor.ts';

/** A step of a loop that multiplies with no larger matrix than this is over before a second thread has begun. */
const SMALL = 200_000;

/**
 * How many threads a graph is better off with: one where it spends its time in a loop of small products, as a recurrent
 * layer of up to about 128 units does; threads that wait for each other at every product of every step only cost. And no
 * more than leave every product its bits.
 */
export function usefulThreads(results: readonly Tensor[], threads: number): number {
  const operations = [...operationsOf(results)];
  const inLoops = operations.flatMap(({ body }) => (body ? [...operationsOf(body.outputs)] : [])).filter(isProduct);
  if (inLoops.length > 0 && inLoops.every(({ inputs }) => inputs.every((factor) => numbersOf(factor) <= SMALL))) return 1;
  return Math.min(threads, ...[...operations.filter(isProduct), ...inLoops].map((product) => steadyThreads(product, threads)));
}

const isProduct = ({ op }: Operation): boolean => op === 'Gemm';

/**
 * How many threads a product may be shared by without that its bits change, as far as the batch has no say in it; products
 * that are written otherwise where needed take any number, see operators/product.ts.
 */
function steadyThreads({ attributes, inputs: [a], outputs: [{ shape: [rows, columns] }] }: Operation, threads: number): number {
  if ('transA' in attributes || rows < 0) return threads;
  const [, terms] = a!.shape;
  const isShort = terms >= 0 && terms <= 128;
  const most = (fits: (count: number) => boolean): number => {
    for (let count = threads; count > 1; count--) if (fits(count)) return count;
    return 1;
  };
  // Each thread has two rows at least: one alone is multiplied in another way.
  if (columns >= 0 && columns <= rows) return rows === 1 ? threads : most((count) => rows >= 2 * count);
  if (columns >= 0) return rows === 1 ? threads : most((count) => isShort || isSteady(columns, Infinity, count));
  // Any number of columns above that of rows.
  return most((count) => rows >= 2 * count && (isShort || rows >= 80 * count));
}

/** How many numbers a factor has for one row of the batch. */
const numbersOf = (factor: Tensor | null): number => (factor?.shape ?? []).reduce((product, size) => product * Math.abs(size), 1);

/** Everything that tensors are computed with, without what is inside loops. */
function operationsOf(results: readonly Tensor[]): Set<Operation> {
  const found = new Set<Operation>();
  const stack = [...results];
  while (stack.length > 0) {
    const { operation } = stack.pop()!;
    if (operation === undefined || found.has(operation)) continue;
    found.add(operation);
    for (const input of operation.inputs) if (input !== null) stack.push(input);
  }
  return found;
}
