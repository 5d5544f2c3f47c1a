import type { Labels } from '../core/labels.ts';
import { labelPairs } from './label-pairs.ts';
import { mutualInformation } from './mutual-information.ts';

/**
 * Mutual information of two labellings, in nats: Σ n_ab/n · ln(n·n_ab / (n_a·n_b)) over groups a of the one and b of the other.
 * 0 where they tell nothing of each other.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's mutual_info_score, without a contingency matrix of one's own.
 * Source: Cover and Thomas, "Elements of information theory", 2nd ed., §2.3.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * mutualInfoScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.693…
 */
export function mutualInfoScore(labelsTrue: Labels, labelsPred: Labels): number {
  return mutualInformation(labelPairs('mutualInfoScore', labelsTrue, labelsPred));
}
