import type { Labels } from '../core/labels.ts';
import { labelPairs } from './label-pairs.ts';

/** How two labellings treat ordered pairs of different rows; exact, beyond what a double holds. */
export interface PairCounts {
  /** In one group of both. */
  together: bigint;
  /** In one group of the first labelling only. */
  onlyTrue: bigint;
  /** In one group of the second one only. */
  onlyPred: bigint;
  /** In one group of neither. */
  apart: bigint;
}

export function pairCounts(owner: string, labelsTrue: Labels, labelsPred: Labels): PairCounts {
  const { rows, left, right, common } = labelPairs(owner, labelsTrue, labelsPred);
  const squares = (counts: Iterable<number>): bigint => [...counts].reduce((sum, count) => sum + BigInt(count) ** 2n, 0n);
  const n = BigInt(rows);
  const both = squares(common.map(({ count }) => count));
  const onlyTrue = squares(left) - both;
  const onlyPred = squares(right) - both;
  return { together: both - n, onlyTrue, onlyPred, apart: n * n - onlyTrue - onlyPred - both };
}
