import type { Labels } from '../core/labels.ts';
import { completeOptions } from '../core/rules.ts';
import { labelPairs } from './label-pairs.ts';
import { averageOf, entropyOf, expectedMutualInformation, mutualInformation } from './mutual-information.ts';
import { mutualInfoRules, type MutualInfoOptions } from './normalized-mutual-info-score.ts';

/**
 * Mutual information of two labellings with chance taken off, (I − E[I]) / (mean entropy − E[I]): 1 for the same groups under
 * any names, about 0 for random ones whatever their number.
 *
 * labelsTrue, labelsPred: one label per row, of any type. Takes groups × groups × rows of a group steps.
 * Counterpart: scikit-learn's adjusted_mutual_info_score.
 * Source: Vinh, Epps and Bailey, "Information theoretic measures for clusterings comparison", JMLR 11, 2010.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * adjustedMutualInfoScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.571…
 */
export function adjustedMutualInfoScore(labelsTrue: Labels, labelsPred: Labels, options: MutualInfoOptions = {}): number {
  const { averageMethod } = completeOptions<MutualInfoOptions>('adjustedMutualInfoScore', options, mutualInfoRules);
  const pairs = labelPairs('adjustedMutualInfoScore', labelsTrue, labelsPred);
  if (pairs.left.length === 1 || pairs.right.length === 1) return pairs.left.length === pairs.right.length ? 1 : 0;
  const expected = expectedMutualInformation(pairs);
  const mean = averageOf(averageMethod, entropyOf(pairs.left, pairs.rows), entropyOf(pairs.right, pairs.rows));
  return awayFromZero(mutualInformation(pairs) - expected) / awayFromZero(mean - expected);
}

/** At least ε in size: at a perfect match both differences may be nothing but rounding. */
function awayFromZero(value: number): number {
  return value < 0 ? Math.min(value, -Number.EPSILON) : Math.max(value, Number.EPSILON);
}
