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
  const kept = new Int32Array(thresholds.length);
  let size = 0;
  for (let i = 0; i <= last; i++) {
    if (!dropIntermediate || i === 0 || i === last || bends(falsePositives, i) || bends(truePositives, i)) kept[size++] = i;
  }
  const steps = kept.subarray(0, size);
  return { fpr: rates(falsePositives, steps), tpr: rates(truePositives, steps), thresholds: startingWith(Infinity, thresholds, steps) };
}

/** Whether the second difference is not 0. */
const bends = (counts: Float64Array, i: number): boolean => counts[i + 1] - counts[i] - (counts[i] - counts[i - 1]) !== 0;

/** Counts at the steps as shares of the last, from 0; NaN where the last is 0. */
function rates(counts: Float64Array, steps: Int32Array): Float64Array {
  const total = counts[counts.length - 1];
  const result = startingWith(0, counts, steps);
  for (let k = 0; k < result.length; k++) result[k] = total > 0 ? result[k] / total : Number.NaN;
  return result;
}

function startingWith(first: number, values: Float64Array, steps: Int32Array): Float64Array {
  const result = new Float64Array(steps.length + 1);
  result[0] = first;
  for (let k = 0; k < steps.length; k++) result[k + 1] = values[steps[k]];
  return result;
}
