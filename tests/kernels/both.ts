import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';

/**
 * What `work` returns on the compiled kernels, after checking that the plain-TypeScript twins return the
 * very same bits. `work` must copy its results out of the arena.
 */
export function onBoth<Result>(work: (arena: Arena) => Result): Result {
  const compiled = withArena(work);
  const twin = withoutKernels(() => withArena(work));
  expect(compiled).toStrictEqual(twin);
  return compiled;
}

/** Lengths around the lanes of the vector kernels. */
export const LENGTHS: readonly number[] = [0, 1, 3, 4, 5, 7, 8, 9, 127, 128, 129, 1000];

/** Repeatable numbers of mixed sign and size. */
export function numbers(length: number, seed: number): Float64Array {
  let state = Math.imul(seed, 2654435761) | 1;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const unit = (state >>> 8) / 2 ** 24 - 0.5;
    return unit * 10 ** ((state >>> 3) % 5);
  });
}

/** Repeatable whole numbers up to 2²⁰: sums of some thousand products of two are exact, in whatever order and however rounded. */
export function wholeNumbers(length: number, seed: number): Float64Array {
  return numbers(length, seed).map((value) => Math.round(value * 1e9) % 2 ** 20);
}
