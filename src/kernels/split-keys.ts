import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/split-keys.ts';

/*
 * Sorting a node's rows by one column, and parting them. In WebAssembly where all arrays come from one arena, in plain
 * TypeScript otherwise, with the same order of rows.
 */

/** The ranks of one column, by row. */
export type Ranks = twins.Ranks;

/**
 * Sorts samples[start … end) by rank and writes the ranks to the same places of `keys`; those without a value (of rank
 * `missing`) come last and get none. A row's rank is `base` more than ranks has.
 *
 * A quicksort that parts in three, as scikit-learn sorts: which of equal ranks comes first is its order too.
 * @returns how many have no value
 */
export function sortByRank(ranks: Ranks, base: number, missing: number, samples: Int32Array, keys: Int32Array, start: number, end: number): number {
  const kernels = kernelsFor(ranks, samples, keys);
  if (!kernels) return twins.sortByRank(ranks, base, missing, samples, keys, start, end);
  const wide = ranks instanceof Int32Array ? 1 : 0;
  return kernels.sortByRank(ranks.byteOffset, wide, base, missing, samples.byteOffset, keys.byteOffset, start, end, 0, 0);
}

/**
 * Moves the rows whose rank is at most `cut` to the front of samples[start … end), those without a value too if
 * missingLeft. @returns where the others begin
 */
export function partitionByRank(
  ranks: Ranks,
  base: number,
  missing: number,
  samples: Int32Array,
  start: number,
  end: number,
  cut: number,
  missingLeft: boolean,
): number {
  const kernels = kernelsFor(ranks, samples);
  if (!kernels) return twins.partitionByRank(ranks, base, missing, samples, start, end, cut, missingLeft);
  const wide = ranks instanceof Int32Array ? 1 : 0;
  return kernels.partitionByRank(ranks.byteOffset, wide, base, missing, samples.byteOffset, start, end, cut, missingLeft ? 1 : 0);
}
