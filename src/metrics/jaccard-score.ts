import { choice } from '../core/rules.ts';
import { averagedMetric } from './averaged-metric.ts';
import { classScoreRules, ratio, type ClassScoreOptions } from './precision-recall-fscore-support.ts';
import { weightedMean } from './weighted-mean.ts';

export type JaccardScoreOptions = ClassScoreOptions;

/**
 * Jaccard index, TP / (TP + FP + FN): rows that are of a class and were taken for it, of those that are or were.
 *
 * (yTrue, yPred, options) → number, or one per class with `average: null`. Rows may have several labels: rows × labels of
 * 0 and 1. Options as for f1Score, but
 * `zeroDivision` is 0 or 1.
 * Counterpart: scikit-learn's jaccard_score.
 *
 * @throws OptionError for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * jaccardScore([0, 1, 1, 1], [0, 1, 1, 0]); // 0.666…
 * jaccardScore(['a', 'b', 'c'], ['a', 'b', 'b'], { average: 'macro' }); // 0.5
 */
export const jaccardScore = averagedMetric<JaccardScoreOptions>(
  'jaccardScore',
  'jaccard',
  { ...classScoreRules('binary'), zeroDivision: choice<number>(0, [0, 1]) },
  ({ truePositives, predicted, actual, rowWeights }, { average, zeroDivision }) => {
    const union = truePositives.map((tp, k) => predicted[k] + actual[k] - tp);
    const scores = ratio(truePositives, union, zeroDivision);
    if (average === null) return scores;
    return weightedMean(scores, average === 'weighted' && actual.some((rows) => rows > 0) ? actual : rowWeights);
  },
);
