import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { completeOptions, custom, type Rules } from '../core/rules.ts';
import { countConfusions } from './confusion-matrix.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { checkTargets } from './targets.ts';

/** Both likelihood ratios of a classifier of two classes. */
export interface ClassLikelihoodRatios {
  /** LR+: how much likelier a positive row is taken for positive than a negative one, TPR / FPR; above 1 for a classifier of use. */
  positive: number;
  /** LR−: how much likelier a positive row is taken for negative than a negative one, FNR / TNR; below 1 for a classifier of use. */
  negative: number;
}

export interface ClassLikelihoodRatiosOptions extends WeightOption {
  /** The negative and the positive label. Default null: both that occur, ascending. */
  labels?: Labels | null;
  /** What stands for a division by 0: NaN, 1 for both, or one value for each, at least 1 and from 0 to 1, or NaN. Default NaN. */
  replaceUndefinedBy?: number | ClassLikelihoodRatios;
}

const between = (v: unknown, low: number, high: number): boolean => typeof v === 'number' && (Number.isNaN(v) || (v >= low && v <= high));
const isPair = (v: unknown): v is ClassLikelihoodRatios =>
  typeof v === 'object' && v !== null && between((v as Partial<ClassLikelihoodRatios>).positive, 1, Infinity) && between((v as Partial<ClassLikelihoodRatios>).negative, 0, 1);

const rules: Rules<ClassLikelihoodRatiosOptions> = {
  sampleWeight: sampleWeightRule(),
  labels: labelsRule(),
  replaceUndefinedBy: custom<number | ClassLikelihoodRatios>(Number.NaN, 'NaN, 1, or { positive, negative } of at least 1 and in [0, 1]', (v) => v === 1 || (typeof v === 'number' && Number.isNaN(v)) || isPair(v), 0.5),
};

/**
 * By how much a prediction moves the odds that a row is positive: times LR+ = TPR / FPR if it was taken for positive, times LR− = FNR / TNR if not. They do
 * not depend on how many rows are positive.
 *
 * yTrue, yPred: one of two labels per row. Without positive rows both are NaN, unless the denominator is 0 without them too.
 *
 * Counterpart: scikit-learn's class_likelihood_ratios, which gives a pair; { 'LR+', 'LR-' } is { positive, negative }.
 * Source: Deeks and Altman, "Diagnostic tests 4: likelihood ratios", BMJ 329, 2004.
 *
 * @throws DataError unless there are two classes; ShapeError for other lengths
 * @example
 * classLikelihoodRatios([0, 1, 0, 1, 0], [1, 1, 0, 0, 0]); // { positive: 1.5, negative: 0.75 }
 */
export function classLikelihoodRatios(yTrue: Labels, yPred: Labels, options: ClassLikelihoodRatiosOptions = {}): ClassLikelihoodRatios {
  const owner = 'classLikelihoodRatios';
  const { labels, replaceUndefinedBy, sampleWeight } = completeOptions<ClassLikelihoodRatiosOptions>(owner, options, rules);
  const targets = checkTargets(owner, yTrue, yPred, sampleWeight);
  const counts = countConfusions(owner, targets, labels);
  if (targets.classes.length > 2 || counts.length !== 2) throw new DataError(`${owner}: there must be two classes, got ${Math.max(targets.classes.length, counts.length)}.`);
  const [[trueNegative, falsePositive], [falseNegative, truePositive]] = counts;
  const positives = truePositive + falseNegative;
  const negatives = trueNegative + falsePositive;
  const undefinedOnes = typeof replaceUndefinedBy === 'number' ? { positive: replaceUndefinedBy, negative: replaceUndefinedBy } : replaceUndefinedBy;
  return {
    positive: falsePositive === 0 ? undefinedOnes.positive : (truePositive * negatives) / (falsePositive * positives),
    negative: trueNegative === 0 ? undefinedOnes.negative : (falseNegative * negatives) / (trueNegative * positives),
  };
}
