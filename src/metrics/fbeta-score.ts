import { OptionError } from '../core/errors.ts';
import { custom, type Rules } from '../core/rules.ts';
import { averagedMetric } from './averaged-metric.ts';
import { classScoreRules, scoresOfCounts, type ClassScoreOptions } from './precision-recall-fscore-support.ts';

export interface FbetaScoreOptions extends ClassScoreOptions {
  /** Weight of recall against precision, in [0, ∞): 2 cares more for recall, 0.5 for precision. Must be given. */
  beta?: number;
}

const rules: Rules<FbetaScoreOptions> = {
  ...classScoreRules('binary'),
  beta: custom<number | undefined>(undefined, 'a number in [0, ∞)', (v) => typeof v === 'number' && v >= 0 && v < Infinity, -1),
};

/**
 * Fβ, (1+β²)·TP / ((1+β²)·TP + β²·FN + FP): the weighted harmonic mean of precision and recall.
 *
 * (yTrue, yPred, options) → number, or one per class with `average: null`. Rows may have several labels: rows × labels of
 * 0 and 1. Options: `beta`, and those of
 * f1Score.
 * Counterpart: scikit-learn's fbeta_score.
 *
 * Source: van Rijsbergen, "Information Retrieval", 2nd ed., 1979, ch. 7.
 *
 * @throws OptionError without `beta`, for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * fbetaScore([0, 1, 1, 1], [0, 1, 1, 0], { beta: 2 }); // 0.714…
 * fbetaScore([0, 1, 1, 1], [0, 1, 1, 0], { beta: 0.5 }); // 0.909…
 */
export const fbetaScore = averagedMetric<FbetaScoreOptions>('fbetaScore', 'fbeta', rules, (counts, { beta, average, zeroDivision }) => {
  if (beta === undefined) throw new OptionError('fbetaScore: beta must be given, got undefined. Use f1Score for beta 1.');
  return scoresOfCounts(counts, beta, average, zeroDivision).fscore;
});
