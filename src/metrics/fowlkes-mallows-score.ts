import type { Labels } from '../core/labels.ts';
import { pairCounts } from './pair-counts.ts';

/**
 * Fowlkes–Mallows index: of pairs of rows that are in one group, TP / √((TP + FP)·(TP + FN)), the geometric mean of precision and recall: 1 for the
 * same groups under any names, 0 where no pair is together in both labellings.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's fowlkes_mallows_score.
 * Source: Fowlkes and Mallows, "A method for comparing two hierarchical clusterings", JASA 78(383), 1983.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * fowlkesMallowsScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.707…
 */
export function fowlkesMallowsScore(labelsTrue: Labels, labelsPred: Labels): number {
  const { together, onlyTrue, onlyPred } = pairCounts('fowlkesMallowsScore', labelsTrue, labelsPred);
  if (together === 0n) return 0;
  return Math.sqrt(Number(together) / Number(together + onlyPred)) * Math.sqrt(Number(together) / Number(together + onlyTrue));
}
