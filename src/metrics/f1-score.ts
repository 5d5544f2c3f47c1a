import { averagedMetric } from './averaged-metric.ts';
import { classScoreRules, scoresOfCounts, type ClassScoreOptions } from './precision-recall-fscore-support.ts';

export type F1ScoreOptions = ClassScoreOptions;

/**
 * F1, 2·TP / (2·TP + FP + FN): the harmonic mean of precision and recall.
 *
 * (yTrue, yPred, options) → number, or one per class with `average: null`. Rows may have several labels: rows × labels of
 * 0 and 1. Options: `average` ('binary'),
 * `posLabel`, `labels`, `zeroDivision` (0), `sampleWeight`.
 * Counterpart: scikit-learn's f1_score.
 *
 * @throws OptionError for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * f1Score([0, 1, 1, 1], [0, 1, 1, 0]); // 0.8
 * f1Score(['ham', 'spam'], ['ham', 'spam'], { posLabel: 'spam' }); // 1
 */
export const f1Score = averagedMetric<F1ScoreOptions>(
  'f1Score',
  'f1',
  classScoreRules('binary'),
  (counts, { average, zeroDivision }) => scoresOfCounts(counts, 1, average, zeroDivision).fscore,
);
