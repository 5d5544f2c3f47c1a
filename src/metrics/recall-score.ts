import { averagedMetric } from './averaged-metric.ts';
import { classScoreRules, scoresOfCounts, type ClassScoreOptions } from './precision-recall-fscore-support.ts';

export type RecallScoreOptions = ClassScoreOptions;

/**
 * Recall, TP / (TP + FN): the share of a class's rows that were taken for it.
 *
 * (yTrue, yPred, options) → number, or one per class with `average: null`. Rows may have several labels: rows × labels of
 * 0 and 1. Options: `average` ('binary'),
 * `posLabel`, `labels`, `zeroDivision` (0), `sampleWeight`.
 * Counterpart: scikit-learn's recall_score.
 *
 * @throws OptionError for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * recallScore([0, 1, 1, 0], [0, 1, 0, 0]); // 0.5
 * recallScore(['a', 'b', 'b'], ['a', 'b', 'a'], { average: null }); // Float64Array [1, 0.5]
 */
export const recallScore = averagedMetric<RecallScoreOptions>(
  'recallScore',
  'recall',
  classScoreRules('binary'),
  (counts, { average, zeroDivision }) => scoresOfCounts(counts, 0, average, zeroDivision).recall,
);
