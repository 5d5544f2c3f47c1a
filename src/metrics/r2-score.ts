import { flag, type Rules } from '../core/rules.ts';
import { perRow, regressionMetric, weightRules, type RegressionOptions } from './regression-metric.ts';
import { weightedMean, weightedSum } from './weighted-mean.ts';

export interface ExplainedOptions extends RegressionOptions {
  /** For a constant y: 1 if met exactly, else 0, in place of NaN and −∞. Default true. */
  forceFinite?: boolean;
}

export const explainedRules: Rules<ExplainedOptions> = { ...weightRules, forceFinite: flag(true) };

/**
 * R², the coefficient of determination: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Predicting the mean scores 0, worse is
 * negative. With a single row it is not defined: NaN.
 *
 * Counterpart: scikit-learn's r2_score for one output.
 *
 * @throws ShapeError for other lengths or no rows, DataError naming the row of what is no finite number
 * @example
 * r2Score([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.948…
 */
export const r2Score = regressionMetric<ExplainedOptions>(
  'r2Score',
  { metricName: 'r2', better: 'higher', range: [-Infinity, 1] },
  explainedRules,
  (values, { forceFinite }) => {
    const { yTrue, sampleWeight } = values;
    if (yTrue.length < 2) return Number.NaN;
    const mean = weightedMean(yTrue, sampleWeight);
    const missed = weightedSum(perRow(values, (y, guess) => (y - guess) ** 2), sampleWeight);
    const spread = weightedSum(yTrue.map((y) => (y - mean) ** 2), sampleWeight);
    return explainedShare(missed, spread, forceFinite);
  },
);

/** 1 − missed / spread; where spread is 0 and `forceFinite`, 1 if nothing was missed, else 0. */
export function explainedShare(missed: number, spread: number, forceFinite: boolean): number {
  if (forceFinite && missed === 0) return 1;
  if (forceFinite && spread === 0) return 0;
  return 1 - missed / spread;
}
