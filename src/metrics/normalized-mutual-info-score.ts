import type { Labels } from '../core/labels.ts';
import { choice, completeOptions, type Rules } from '../core/rules.ts';
import { labelPairs } from './label-pairs.ts';
import { averageOf, entropyOf, mutualInformation, type AverageMethod } from './mutual-information.ts';

export interface MutualInfoOptions {
  /** How the entropies of both labellings are averaged. Default 'arithmetic'. */
  averageMethod?: AverageMethod;
}

export const mutualInfoRules: Rules<MutualInfoOptions> = { averageMethod: choice<AverageMethod>('arithmetic', ['min', 'geometric', 'arithmetic', 'max']) };

/**
 * Mutual information of two labellings over the mean of their entropies: 1 for the same groups under any names, 0 where they tell
 * nothing of each other. More groups make it larger, by chance too; see adjustedMutualInfoScore.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's normalized_mutual_info_score.
 * Source: Vinh, Epps and Bailey, "Information theoretic measures for clusterings comparison", JMLR 11, 2010.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * normalizedMutualInfoScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.8
 */
export function normalizedMutualInfoScore(labelsTrue: Labels, labelsPred: Labels, options: MutualInfoOptions = {}): number {
  const { averageMethod } = completeOptions<MutualInfoOptions>('normalizedMutualInfoScore', options, mutualInfoRules);
  const pairs = labelPairs('normalizedMutualInfoScore', labelsTrue, labelsPred);
  if (pairs.left.length === 1 && pairs.right.length === 1) return 1;
  const information = mutualInformation(pairs);
  return information === 0 ? 0 : information / averageOf(averageMethod, entropyOf(pairs.left, pairs.rows), entropyOf(pairs.right, pairs.rows));
}
