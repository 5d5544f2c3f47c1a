import type { Labels } from '../core/labels.ts';
import { pairCounts } from './pair-counts.ts';

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
  const { together, onlyTrue, onlyPred, apart } = pairCounts('adjustedRandScore', labelsTrue, labelsPred);
  if (onlyTrue === 0n && onlyPred === 0n) return 1;
  const over = (together + onlyTrue) * (onlyTrue + apart) + (together + onlyPred) * (onlyPred + apart);
  return (2 * Number(together * apart - onlyTrue * onlyPred)) / Number(over);
}
