import type { Labels } from '../core/labels.ts';
import { labelPairs } from './label-pairs.ts';

/**
 * Adjusted Rand index: on how many pairs of rows two labellings agree, together or apart, with chance taken off: 1 for the same
 * groups under any names, about 0 for random ones, −0.5 at least.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's adjusted_rand_score.
 * Source: Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * adjustedRandScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.571…
 */
export function adjustedRandScore(labelsTrue: Labels, labelsPred: Labels): number {
  const { rows, left, right, common } = labelPairs('adjustedRandScore', labelsTrue, labelsPred);
  // Products of numbers of pairs are beyond what a double holds exactly.
  const squares = (counts: Iterable<number>): bigint => [...counts].reduce((sum, count) => sum + BigInt(count) ** 2n, 0n);
  const n = BigInt(rows);
  const both = squares(common.map(({ count }) => count));
  const together = both - n;
  const onlyLeft = squares(left) - both;
  const onlyRight = squares(right) - both;
  const apart = n * n - onlyLeft - onlyRight - both;
  if (onlyLeft === 0n && onlyRight === 0n) return 1;
  const over = (together + onlyLeft) * (onlyLeft + apart) + (together + onlyRight) * (onlyRight + apart);
  return (2 * Number(together * apart - onlyLeft * onlyRight)) / Number(over);
}
