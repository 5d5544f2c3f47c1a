import { averagedMetric } from './averaged-metric.ts';
import { classScoreRules, scoresOfCounts, type ClassScoreOptions } from './precision-recall-fscore-support.ts';

export type PrecisionScoreOptions = ClassScoreOptions;

/**
 * Precision, TP / (TP + FP): the share of rows taken for a class that are of it.
 *
 * (yTrue, yPred, options) → number, or one per class with `average: null`. Rows may have several labels: rows × labels of
 * 0 and 1. Options: `average` ('binary'),
 * `posLabel`, `labels`, `zeroDivision` (0), `sampleWeight`.
 * Counterpart: scikit-learn's precision_score.
 *
 * @throws OptionError for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * precisionScore([0, 1, 1, 0], [0, 1, 0, 1]); // 0.5
 * precisionScore(['a', 'b', 'c'], ['a', 'b', 'b'], { average: 'macro' }); // 0.5
 */
export const precisionScore = averagedMetric<PrecisionScoreOptions>(
  'precisionScore',
  'precision',
  classScoreRules('binary'),
  (counts, { average, zeroDivision }) => scoresOfCounts(counts, 0, average, zeroDivision).precision,
);
