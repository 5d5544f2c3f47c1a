import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { completeOptions } from '../core/rules.ts';
import { countAtThresholds, curveRules, type CurveOptions } from './confusion-matrix-at-thresholds.ts';

/** Options of detCurve; `dropIntermediate` leaves out points between others of the same false negative rate, default false. */
export type DetCurveOptions = CurveOptions;

/** Points of a DET curve, from the largest false positive rate to the smallest. */
export interface DetCurve {
  /** False positive rate, descending. */
  fpr: Float64Array;
  /** False negative rate, ascending. */
  fnr: Float64Array;
  /** Ascending; the last may be Infinity, where nothing is taken for positive. */
  thresholds: Float64Array;
}

/**
 * Detection error tradeoff: what share of positives is missed for what share of negatives that are taken for positive, between
 * the last threshold that takes no negative and the first that misses no positive.
 *
 * yTrue: one label per row, of two; yScore: one number per row, larger for the positive class.
 * Counterpart: scikit-learn's det_curve, which returns a tuple.
 * Source: Martin, Doddington, Kamm, Ordowski and Przybocki, "The DET curve in assessment of detection task performance", 1997.
 *
 * @throws OptionError where the positive label cannot be told; DataError naming the row of a NaN score, or for one class only
 * @example
 * const { fpr, fnr } = detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * fpr; // Float64Array [0.5, 0.5, 0]; fnr is [0, 0.5, 0.5]
 */
export function detCurve(yTrue: Labels, yScore: ArrayLike<number>, options: DetCurveOptions = {}): DetCurve {
  const { dropIntermediate, ...given } = completeOptions<DetCurveOptions>('detCurve', options, curveRules(false));
  const counts = countAtThresholds('detCurve', yTrue, yScore, given);
  const all = [...counts.thresholds.keys()].map((i) => ({ tp: counts.truePositives[i], fp: counts.falsePositives[i], threshold: counts.thresholds[i] }));
  all.unshift({ tp: 0, fp: 0, threshold: Infinity });
  const { tp: positives, fp: negatives } = all[all.length - 1];
  if (!(positives > 0 && negatives > 0)) throw new DataError('detCurve: there must be rows of both classes, got one only.');
  const isCorner = (i: number): boolean => i === 0 || i === all.length - 1 || all[i].tp !== all[i - 1].tp || all[i].tp !== all[i + 1].tp;
  const steps = dropIntermediate && all.length > 2 ? all.filter((_, i) => isCorner(i)) : all;
  const first = steps.findLastIndex(({ fp }) => fp === 0);
  const last = steps.findIndex(({ tp }) => tp === positives);
  const kept = steps.slice(first, last + 1).reverse();
  return {
    fpr: Float64Array.from(kept, ({ fp }) => fp / negatives),
    fnr: Float64Array.from(kept, ({ tp }) => (positives - tp) / positives),
    thresholds: Float64Array.from(kept, ({ threshold }) => threshold),
  };
}
