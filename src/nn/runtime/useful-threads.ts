import type { Operation, Tensor } from '../tensor.ts';

/** A step of a loop that multiplies with no larger matrix than this is over before a second thread has begun. */
const SMALL = 200_000;

/**
 * How many threads a graph is better off with: one where it spends its time in a loop of small products, as a recurrent
 * layer of up to about 128 units does; threads that wait for each other at every product of every step only cost.
 */
export function usefulThreads(results: readonly Tensor[], threads: number): number {
  const loops = [...operationsOf(results)].filter(({ body }) => body);
  if (threads === 1 || loops.length === 0) return threads;
  const products = loops.flatMap(({ body }) => [...operationsOf(body!.outputs)]).filter(({ op }) => op === 'Gemm');
  return products.every(({ inputs }) => inputs.every((factor) => numbersOf(factor) <= SMALL)) ? 1 : threads;
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
