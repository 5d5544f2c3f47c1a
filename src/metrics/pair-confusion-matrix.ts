import type { Labels } from '../core/labels.ts';
import { pairCounts } from './pair-counts.ts';

/**
 * On how many ordered pairs of rows two labellings agree: entry [i][j] counts the pairs that labelsTrue (i) and labelsPred (j) put into
 * one group, 1, or apart, 0. Nothing beside the diagonal means the same groups.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's pair_confusion_matrix.
 * Source: Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * pairConfusionMatrix([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // [[8, 0], [2, 2]]
 */
export function pairConfusionMatrix(labelsTrue: Labels, labelsPred: Labels): number[][] {
  const { together, onlyTrue, onlyPred, apart } = pairCounts('pairConfusionMatrix', labelsTrue, labelsPred);
  return [
    [Number(apart), Number(onlyPred)],
    [Number(onlyTrue), Number(together)],
  ];
}
