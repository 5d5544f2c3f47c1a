import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { completeOptions, number, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { classCounts, type ClassCounts } from './class-counts.ts';
import { countsByLabel, countsByRow, indicatorTargets, type IndicatorTargets } from './indicator-targets.ts';
import { averageRule, labelsRule, posLabelRule, sampleWeightRule, zeroDivisionRule, type Average, type WeightOption, type ZeroDivision } from './metric-rules.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import type { ScoreRows } from './score-matrix.ts';
import { checkTargets, positiveLabel } from './targets.ts';
import { meanOfDefined } from './weighted-mean.ts';

/** Options of precision, recall, F1 and Jaccard. */
export interface ClassScoreOptions extends WeightOption {
  /**
   * Labels to score, in this order; they need not occur; column numbers for rows with several labels. Ignored with average
   * 'binary'. Default null: all that occur, ascending.
   */
  labels?: Labels | null;
  /** The positive label with average 'binary'. Default null: 1, or true; text labels must name one. */
  posLabel?: Label | null;
  /**
   * 'binary': the positive label's score. 'micro': of counts added over labels. 'macro': the mean over labels.
   * 'weighted': the mean weighted by support. 'samples': the mean over rows that may have several labels. null: one score
   * per label. Default 'binary'.
   */
  average?: Average | null;
  /** Value of a ratio with denominator 0; NaN leaves it out of averages. Default 0. */
  zeroDivision?: ZeroDivision;
}

export interface PrecisionRecallFscoreSupportOptions extends ClassScoreOptions {
  /** Weight of recall against precision in the F-score, in [0, ∞). Default 1. */
  beta?: number;
  /** As for precisionScore, but null unless given: one value per label. */
  average?: Average | null;
}

/** One value per label. */
export interface ScoresByClass {
  precision: Float64Array;
  recall: Float64Array;
  fscore: Float64Array;
  /** Rows of each label in yTrue, weighted. */
  support: Float64Array;
}

/** One value over the labels. */
export interface AveragedScores {
  precision: number;
  recall: number;
  fscore: number;
  support: null;
}

export const classScoreRules = (average: Average | null): Rules<ClassScoreOptions> => ({
  sampleWeight: sampleWeightRule(),
  labels: labelsRule(),
  posLabel: posLabelRule(),
  average: averageRule(average),
  zeroDivision: zeroDivisionRule(),
});

const rules: Rules<PrecisionRecallFscoreSupportOptions> = { ...classScoreRules(null), beta: number(1, { min: 0 }) };

/**
 * Precision TP/(TP+FP), recall TP/(TP+FN), Fβ = (1+β²)·TP / ((1+β²)·TP + β²·FN + FP), and support, the
 * number of rows, of each label or averaged.
 *
 * yTrue, yPred: one label per row, or rows × labels of 0 and 1.
 * Counterpart: scikit-learn's
 * precision_recall_fscore_support, which returns a tuple. An undefined ratio is `zeroDivision`, without a warning.
 *
 * @throws OptionError for average 'binary' with more than two labels, or a posLabel that does not occur
 * @example
 * const { recall } = precisionRecallFscoreSupport(yTrue, yPred); // one recall per class, ascending
 * precisionRecallFscoreSupport(yTrue, yPred, { average: 'macro' }).fscore;
 */
export function precisionRecallFscoreSupport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options: PrecisionRecallFscoreSupportOptions & { average: Average },
): AveragedScores;
export function precisionRecallFscoreSupport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options?: PrecisionRecallFscoreSupportOptions & { average?: null },
): ScoresByClass;
export function precisionRecallFscoreSupport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options: PrecisionRecallFscoreSupportOptions = {},
): ScoresByClass | AveragedScores {
  const owner = 'precisionRecallFscoreSupport';
  const { beta, average, zeroDivision, ...given } = completeOptions<PrecisionRecallFscoreSupportOptions>(owner, options, rules);
  const counts = averagedCounts(owner, yTrue, yPred, { ...given, average });
  return scoresOfCounts(counts, beta, average, zeroDivision);
}

/** The counts that an average is made of: of the positive label, of all labels together, of each label, or of each row. */
export function averagedCounts(
  owner: string,
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  { labels = null, posLabel = null, average = null, sampleWeight }: ClassScoreOptions,
): ClassCounts {
  const several = indicatorTargets(owner, yTrue, yPred, sampleWeight);
  if (several) return severalCounts(owner, several, labels, average);
  const targets = checkTargets(owner, yTrue as Labels, yPred as Labels, sampleWeight);
  if (average === 'samples') {
    throw new OptionError(`${owner}: average 'samples' needs rows × labels of 0 and 1, got one label per row. Use average: 'micro', 'macro', 'weighted' or null.`);
  }
  if (average !== 'binary') {
    const counts = classCounts(owner, targets, labels);
    return average === 'micro' ? totalCounts(counts) : counts;
  }
  const { classes } = targets;
  if (classes.length > 2) {
    throw new OptionError(
      `${owner}: average 'binary' needs two labels, got ${classes.length} (${showList(classes.map(show))}). ` +
        `Use average: 'micro', 'macro', 'weighted' or null.`,
    );
  }
  return classCounts(owner, targets, [positiveLabel(owner, classes, posLabel)]);
}

function severalCounts(owner: string, targets: IndicatorTargets, labels: Labels | null, average: Average | null): ClassCounts {
  if (average === 'binary') {
    throw new OptionError(`${owner}: average 'binary' needs one label per row, got ${targets.truth.cols} columns of labels. Use average: 'micro', 'macro', 'weighted', 'samples' or null.`);
  }
  if (average === 'samples') return countsByRow(owner, targets, labels);
  const counts = countsByLabel(owner, targets, labels);
  return average === 'micro' ? totalCounts(counts) : counts;
}

/** The counts of all labels together. */
export function totalCounts({ labels, truePositives, predicted, actual }: ClassCounts): ClassCounts {
  const total = (counts: Float64Array): Float64Array => Float64Array.of(pairwiseSum(counts));
  return { labels, truePositives: total(truePositives), predicted: total(predicted), actual: total(actual) };
}

/** Precision, recall and Fβ of counts. */
export function scoresOfCounts(counts: ClassCounts, beta: number, average: null, zeroDivision: ZeroDivision): ScoresByClass;
export function scoresOfCounts(counts: ClassCounts, beta: number, average: Average, zeroDivision: ZeroDivision): AveragedScores;
export function scoresOfCounts(
  counts: ClassCounts,
  beta: number,
  average: Average | null,
  zeroDivision: ZeroDivision,
): ScoresByClass | AveragedScores;
export function scoresOfCounts(
  { truePositives, predicted, actual, rowWeights }: ClassCounts,
  beta: number,
  average: Average | null,
  zeroDivision: ZeroDivision,
): ScoresByClass | AveragedScores {
  const squared = beta * beta;
  const precision = ratio(truePositives, predicted, zeroDivision);
  const recall = ratio(truePositives, actual, zeroDivision);
  const fscore =
    beta === 0
      ? precision
      : ratio(
          truePositives.map((tp) => (1 + squared) * tp),
          actual.map((rows, k) => squared * rows + predicted[k]),
          zeroDivision,
        );
  if (average === null) return { precision, recall, fscore, support: actual };
  const weights = average === 'weighted' ? actual : rowWeights;
  const mean = (scores: Float64Array): number => meanOfDefined(scores, weights);
  return { precision: mean(precision), recall: mean(recall), fscore: mean(fscore), support: null };
}

/** numerators / denominators, `zeroDivision` where a denominator is 0. */
export function ratio(numerators: Float64Array, denominators: Float64Array, zeroDivision: ZeroDivision): Float64Array {
  return numerators.map((numerator, k) => (denominators[k] === 0 ? zeroDivision : numerator / denominators[k]));
}
