import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { completeOptions, flag, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import { argsortDescending } from '../core/argsort-descending.ts';
import { checkRows } from './check-rows.ts';
import { posLabelRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { scoreColumn } from './score-matrix.ts';
import { encodeTrue, rowsOfCode } from './targets.ts';

export interface ThresholdOptions extends WeightOption {
  /** The positive label. Default null: 1 if the labels are among 0 and 1 or −1 and 1, true for booleans; others must name one. */
  posLabel?: Label | null;
}

export interface CurveOptions extends ThresholdOptions {
  /** Leave out thresholds that would not show in a plotted curve. */
  dropIntermediate?: boolean;
}

const thresholdRules: Rules<ThresholdOptions> = { sampleWeight: sampleWeightRule(), posLabel: posLabelRule() };

export const curveRules = (dropIntermediate: boolean): Rules<CurveOptions> => ({
  ...thresholdRules,
  dropIntermediate: flag(dropIntermediate),
});

/** Weighted row counts when rows with a score of at least `thresholds[i]` are taken for positive. */
export interface ThresholdCounts {
  trueNegatives: Float64Array;
  falsePositives: Float64Array;
  falseNegatives: Float64Array;
  truePositives: Float64Array;
  /** The distinct scores, descending. */
  thresholds: Float64Array;
}

/**
 * The confusion matrix at every threshold that a score can be cut at: what ROC and precision-recall
 * curves are made of. Rows of weight 0 are left out.
 *
 * yTrue: one label per row; yScore: one finite number per row, larger for the positive class.
 * Counterpart: scikit-learn's confusion_matrix_at_thresholds.
 *
 * @throws OptionError where the positive label cannot be told; DataError naming the row of a NaN score
 * @example
 * const { truePositives, thresholds } = confusionMatrixAtThresholds([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * truePositives; // Float64Array [1, 1, 2, 2] at thresholds 0.8, 0.4, 0.35, 0.1
 */
export function confusionMatrixAtThresholds(yTrue: Labels, yScore: ArrayLike<number>, options: ThresholdOptions = {}): ThresholdCounts {
  const owner = 'confusionMatrixAtThresholds';
  const complete = completeOptions<ThresholdOptions>(owner, options, thresholdRules);
  const { truePositives, falsePositives, thresholds } = countAtThresholds(owner, yTrue, yScore, complete);
  const last = thresholds.length - 1;
  return {
    trueNegatives: falsePositives.map((fp) => falsePositives[last] - fp),
    falsePositives,
    falseNegatives: truePositives.map((tp) => truePositives[last] - tp),
    truePositives,
    thresholds,
  };
}

/** True and false positives at each distinct score, descending. */
export interface PositiveCounts {
  truePositives: Float64Array;
  falsePositives: Float64Array;
  thresholds: Float64Array;
}

/** confusionMatrixAtThresholds without what follows from the rest, for callers that have checked their options. */
export function countAtThresholds(
  owner: string,
  yTrue: Labels,
  yScore: ArrayLike<number>,
  { posLabel = null, sampleWeight }: ThresholdOptions,
): PositiveCounts {
  const rows = checkRows(owner, { yTrue, yScore });
  const { classes, codes } = encodeTrue(owner, yTrue);
  const positive = classes.indexOf(curvePositive(owner, classes, posLabel));
  return countPositives(rowsOfCode(codes, positive), scoreColumn(owner, 'yScore', yScore), checkSampleWeight(owner, sampleWeight, rows));
}

/** The positive label of a curve. @throws OptionError where it cannot be told */
export function curvePositive(owner: string, classes: readonly Label[], posLabel: Label | null): Label {
  const names = showList(classes.map(show));
  if (posLabel !== null) {
    if (typeof posLabel === typeof classes[0]) return posLabel;
    throw new OptionError(`${owner}: posLabel must be one of ${names}, got ${show(posLabel)}.`);
  }
  if (typeof classes[0] === 'boolean') return true;
  const among = (...allowed: Label[]): boolean => classes.every((label) => allowed.includes(label));
  if (among(0, 1) || among(-1, 1)) return 1;
  throw new OptionError(`${owner}: posLabel must be given unless labels are 0 and 1 or -1 and 1. Use one of ${names}.`);
}

/** The counts, of rows that are positive (1) or negative (0). Checked input only. */
export function countPositives(isPositive: Uint8Array, scores: Float64Array, weights: Float64Array | undefined): PositiveCounts {
  const order = argsortDescending(scores);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  const thresholds = new Float64Array(order.length);
  let size = 0;
  let tp = 0;
  let fp = 0;
  for (let at = 0; at < order.length; at++) {
    const i = order[at];
    const weight = weights ? weights[i] : 1;
    if (weight === 0) continue;
    // Rows of one score share a threshold: its counts are overwritten until the score changes.
    if (size === 0 || scores[i] !== thresholds[size - 1]) size++;
    if (isPositive[i] === 1) tp += weight;
    else fp += weight;
    thresholds[size - 1] = scores[i];
    truePositives[size - 1] = tp;
    falsePositives[size - 1] = fp;
  }
  return {
    truePositives: truePositives.slice(0, size),
    falsePositives: falsePositives.slice(0, size),
    thresholds: thresholds.slice(0, size),
  };
}
