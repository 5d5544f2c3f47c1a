import type { Labels } from '../core/labels.ts';
import { completeOptions } from '../core/rules.ts';
import { countAtThresholds, curveRules, type CurveOptions, type PositiveCounts } from './confusion-matrix-at-thresholds.ts';

/** Options of rocCurve; `dropIntermediate` leaves out points on a straight line between others, default true. */
export type RocCurveOptions = CurveOptions;

/** Points of a ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** False positive rate: share of the negatives with a score of at least the threshold. */
  fpr: Float64Array;
  /** True positive rate: share of the positives with a score of at least the threshold. */
  tpr: Float64Array;
  /** Descending; the first is Infinity, where nothing is taken for positive. */
  thresholds: Float64Array;
}

/**
 * Receiver operating characteristic: what share of negatives must be taken for positive to find a share of
 * the positives. Rows with equal scores are one step, so the curve does not depend on their order.
 *
 * yTrue: one label per row; yScore: one number per row, larger for the positive class.
 * Without negatives fpr is NaN throughout, without positives tpr is; scikit-learn warns in that case.
 *
 * Counterpart: scikit-learn's roc_curve, which returns a tuple.
 * Source: Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27(8), 2006.
 *
 * @throws OptionError where the positive label cannot be told; DataError naming the row of a NaN score
 * @example
 * const { fpr, tpr } = rocCurve(['ham', 'ham', 'spam', 'spam'], [0.1, 0.4, 0.35, 0.8], { posLabel: 'spam' });
 * auc(fpr, tpr); // 0.75
 */
export function rocCurve(yTrue: Labels, yScore: ArrayLike<number>, options: RocCurveOptions = {}): RocCurve {
  const { dropIntermediate, ...given } = completeOptions<RocCurveOptions>('rocCurve', options, curveRules(true));
  return rocOfCounts(countAtThresholds('rocCurve', yTrue, yScore, given), dropIntermediate);
}

/** The curve of counts at descending thresholds. */
export function rocOfCounts({ truePositives, falsePositives, thresholds }: PositiveCounts, dropIntermediate: boolean): RocCurve {
  const last = thresholds.length - 1;
  const kept: number[] = [];
  for (let i = 0; i <= last; i++) {
    if (!dropIntermediate || i === 0 || i === last || bends(falsePositives, i) || bends(truePositives, i)) kept.push(i);
  }
  const rates = (counts: Float64Array): Float64Array =>
    Float64Array.from({ length: kept.length + 1 }, (_, k) => {
      if (!(counts[last] > 0)) return Number.NaN;
      return k === 0 ? 0 : counts[kept[k - 1]] / counts[last];
    });
  return {
    fpr: rates(falsePositives),
    tpr: rates(truePositives),
    thresholds: Float64Array.from({ length: kept.length + 1 }, (_, k) => (k === 0 ? Infinity : thresholds[kept[k - 1]])),
  };
}

/** Whether the second difference is not 0. */
const bends = (counts: Float64Array, i: number): boolean => counts[i + 1] - counts[i] - (counts[i] - counts[i - 1]) !== 0;
