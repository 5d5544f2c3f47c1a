import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/split-keys.ts';

/*
 * Sorting a node's rows by one column, and parting them. In WebAssembly where all arrays come from one arena, in plain
 * TypeScript otherwise, with the same order of rows.
 */

/** The ranks of one column, by row. */
export type Ranks = twins.Ranks;

/**
 * Moves samples[start … end) without a value (of rank `missing`) to the end, and writes the ranks of the others to the
 * same places of `keys`. A row's rank is `base` more than ranks has. @returns how many have no value
 */
export const gatherKeys = twins.gatherKeys;

/**
 * Sorts keys[start … end) and samples with them, by a quicksort that parts in three, as scikit-learn sorts: which of equal
 * keys comes first is its order too.
 */
export const sortKeys = twins.sortKeys;

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
