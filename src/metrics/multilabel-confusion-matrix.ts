import { OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { completeOptions, flag, type Rules } from '../core/rules.ts';
import { classCounts, type ClassCounts } from './class-counts.ts';
import { countsByLabel, countsByRow, indicatorTargets } from './indicator-targets.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { checkTargets } from './targets.ts';

export interface MultilabelConfusionMatrixOptions extends WeightOption {
  /** Labels in the order of the result; column numbers for rows with several labels. Default null: all, ascending. */
  labels?: Labels | null;
  /** One matrix per row in place of one per label; rows must have several labels. Default false. */
  samplewise?: boolean;
}

const rules: Rules<MultilabelConfusionMatrixOptions> = { sampleWeight: sampleWeightRule(), labels: labelsRule(), samplewise: flag(false) };
const owner = 'multilabelConfusionMatrix';

/**
 * [[TN, FP], [FN, TP]] of each label against the rest, or with `samplewise` of each row's labels.
 *
 * yTrue, yPred: one label per row, or rows × labels of 0 and 1.
 * Counterpart: scikit-learn's multilabel_confusion_matrix.
 *
 * @throws OptionError for `samplewise` with one label per row, or labels that are no columns
 * @example
 * multilabelConfusionMatrix([[1, 0], [0, 1]], [[1, 0], [1, 1]]); // [[[0, 1], [0, 1]], [[1, 0], [0, 1]]]
 */
export function multilabelConfusionMatrix(yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: MultilabelConfusionMatrixOptions = {}): number[][][] {
  const { sampleWeight, labels, samplewise } = completeOptions<MultilabelConfusionMatrixOptions>(owner, options, rules);
  const several = indicatorTargets(owner, yTrue, yPred, sampleWeight);
  if (several) {
    const rows = several.truth.rows;
    if (!samplewise) return matricesOf(countsByLabel(owner, several, labels), () => total(several.sampleWeight, rows));
    const counts = countsByRow(owner, several, labels);
    const weights = several.sampleWeight ?? new Float64Array(rows).fill(1);
    const weighted = (values: Float64Array): Float64Array => values.map((value, i) => value * weights[i]);
    const { truePositives, predicted, actual } = counts;
    return matricesOf({ ...counts, truePositives: weighted(truePositives), predicted: weighted(predicted), actual: weighted(actual) }, (i) => weights[i] * counts.labels.length);
  }
  if (samplewise) throw new OptionError(`${owner}: samplewise needs rows × labels of 0 and 1, got one label per row. Use samplewise: false.`);
  const targets = checkTargets(owner, yTrue as Labels, yPred as Labels, sampleWeight);
  return matricesOf(classCounts(owner, targets, labels), () => total(targets.sampleWeight, targets.trueCodes.length));
}

const total = (weights: Float64Array | undefined, rows: number): number => (weights ? pairwiseSum(weights) : rows);

function matricesOf({ truePositives, predicted, actual }: ClassCounts, all: (k: number) => number): number[][][] {
  return Array.from(truePositives, (hits, k) => {
    const falsePositives = predicted[k] - hits;
    const falseNegatives = actual[k] - hits;
    return [[all(k) - hits - falsePositives - falseNegatives, falsePositives], [falseNegatives, hits]];
  });
}
