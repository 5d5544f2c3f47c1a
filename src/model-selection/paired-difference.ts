import { DataError, OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { tQuantile, tSurvival } from '../core/student-t.ts';

export interface PairedDifferenceOptions {
  /** Test rows of a fold divided by its training rows: 1/(k − 1) for k folds. */
  testShare: number;
  /** How often intervals made so hold the true difference. Default 0.95. */
  confidence?: number;
}

/** What is known of the difference of two models' scores over the same folds. */
export interface PairedDifference {
  /** Mean of a − b over folds. */
  mean: number;
  /** Corrected standard error of the mean. */
  standardError: number;
  /** The interval mean ± halfWidth holds the true difference at the confidence asked for. */
  halfWidth: number;
  low: number;
  high: number;
  /** mean / standardError; 0 where both are 0, infinite where only the standard error is. */
  t: number;
  /** How likely a difference as large as this one, or larger, in either direction, would be between equal models. */
  pValue: number;
  /** Folds in which a is greater, and smaller. */
  greater: number;
  smaller: number;
}

/**
 * The difference of two models' scores, paired by fold, with an interval that takes into account that the folds share training rows.
 *
 * With dᵢ = aᵢ − bᵢ over k folds, their mean d̄ and variance s² (divided by k − 1), the standard error is
 * √((1/k + n_test/n_train) s²); plain √(s²/k) supposes independent folds, and finds differences where there are none. The interval is
 * d̄ ± t·standard error with k − 1 degrees of freedom.
 *
 * Counterpart: none in scikit-learn; its example "Statistical comparison of models using grid search" does the same by hand.
 * Source: Nadeau and Bengio, "Inference for the Generalization Error", Machine Learning 52 (2003), the corrected resampled t test.
 *
 * @throws DataError for fewer than two folds, unequal numbers of them, or scores that are not finite
 * @example
 * pairedDifference(a.summary().accuracy.folds, b.summary().accuracy.folds, { testShare: 1 / 4 }).low > 0; // a is ahead
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>, { testShare, confidence = 0.95 }: PairedDifferenceOptions): PairedDifference {
  const k = a.length;
  if (!(testShare > 0 && testShare < Infinity)) throw new OptionError(`pairedDifference: testShare must be a number in (0, ∞), got ${show(testShare)}. It is a fold's test rows divided by its training rows.`);
  if (!(confidence > 0 && confidence < 1)) throw new OptionError(`pairedDifference: confidence must be a number in (0, 1), got ${show(confidence)}.`);
  if (b.length !== k || k < 2) throw new DataError(`pairedDifference: both models must have a score for each of at least two folds, got ${k} and ${b.length}.`);
  const differences = Array.from(a, (score, i) => score - b[i]);
  if (!differences.every(Number.isFinite)) throw new DataError('pairedDifference: scores must be finite numbers. A score that is not defined in a fold cannot be compared.');
  const mean = differences.reduce((sum, d) => sum + d, 0) / k;
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (k - 1);
  const standardError = Math.sqrt((1 / k + testShare) * variance);
  const halfWidth = tQuantile((1 - confidence) / 2, k - 1) * standardError;
  const t = mean === 0 ? 0 : mean / standardError;
  return {
    mean,
    standardError,
    halfWidth,
    low: mean - halfWidth,
    high: mean + halfWidth,
    t,
    pValue: 2 * tSurvival(Math.abs(t), k - 1),
    greater: differences.filter((d) => d > 0).length,
    smaller: differences.filter((d) => d < 0).length,
  };
}
