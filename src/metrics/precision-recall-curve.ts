import type { Labels } from '../core/labels.ts';
import { completeOptions } from '../core/rules.ts';
import { countAtThresholds, curveRules, type CurveOptions, type PositiveCounts } from './confusion-matrix-at-thresholds.ts';

/** Options of precisionRecallCurve; `dropIntermediate` keeps only the ends of a run of equal recall, default false. */
export type PrecisionRecallCurveOptions = CurveOptions;

/** Points of a precision-recall curve, from recall 1 down to the point (recall 0, precision 1). */
export interface PrecisionRecallCurve {
  /** One longer than thresholds; the last is 1. */
  precision: Float64Array;
  /** Descending; one longer than thresholds; the last is 0. */
  recall: Float64Array;
  /** Ascending; a row counts as positive from its threshold on. */
  thresholds: Float64Array;
}

/**
 * Precision and recall at every threshold that a score can be cut at.
 *
 * yTrue: one label per row; yScore: one number per row, larger for the positive class.
 * Without positives recall is 1 at every threshold; scikit-learn warns in that case.
 *
 * Counterpart: scikit-learn's precision_recall_curve, which returns a tuple.
 *
 * @throws OptionError where the positive label cannot be told; DataError naming the row of a NaN score
 * @example
 * const { precision, recall } = precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * recall; // Float64Array [1, 1, 0.5, 0.5, 0]
 */
export function precisionRecallCurve(
  yTrue: Labels,
  yScore: ArrayLike<number>,
  options: PrecisionRecallCurveOptions = {},
): PrecisionRecallCurve {
  const owner = 'precisionRecallCurve';
  const { dropIntermediate, ...given } = completeOptions<PrecisionRecallCurveOptions>(owner, options, curveRules(false));
  return precisionRecallOfCounts(countAtThresholds(owner, yTrue, yScore, given), dropIntermediate);
}

/** The curve of counts at descending thresholds. */
export function precisionRecallOfCounts(
  { truePositives: tp, falsePositives: fp, thresholds }: PositiveCounts,
  dropIntermediate: boolean,
): PrecisionRecallCurve {
  const last = thresholds.length - 1;
  const kept: number[] = [];
  for (let i = last; i >= 0; i--) {
    if (!dropIntermediate || i === 0 || i === last || tp[i] !== tp[i - 1] || tp[i] !== tp[i + 1]) kept.push(i);
  }
  const precision = new Float64Array(kept.length + 1);
  const recall = new Float64Array(kept.length + 1);
  kept.forEach((i, k) => {
    precision[k] = tp[i] / (tp[i] + fp[i]);
    recall[k] = tp[last] === 0 ? 1 : tp[i] / tp[last];
  });
  precision[kept.length] = 1;
  return { precision, recall, thresholds: Float64Array.from(kept, (i) => thresholds[i]) };
}
