import { completeOptions, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { discountedGains, rankedRows } from './discounted-gains.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export interface DcgScoreOptions extends WeightOption {
  /** Places that count: the k best scores of a row. Default null: all. */
  k?: number | null;
  /** Base of the logarithm: lower bases discount later places more sharply against the first. Default 2. */
  logBase?: number;
  /** Whether equal scores are taken in some order, not scikit-learn's, instead of sharing their places. Default false. */
  ignoreTies?: boolean;
}

const rules: Rules<DcgScoreOptions> = {
  sampleWeight: sampleWeightRule(),
  k: optional(integer(1, { min: 1 })),
  logBase: number(2, { min: 0, openMin: true }),
  ignoreTies: flag(false),
};

/**
 * Discounted cumulative gain: for each row Σ gain / log₂(place + 1) over its items by descending score, averaged over rows.
 *
 * yTrue: rows × items, what each item is worth. yScore: rows × items, larger for what is to come first.
 * Counterpart: scikit-learn's dcg_score.
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
 *
 * @throws ShapeError for other columns, DataError for NaN
 * @example
 * dcgScore([[10, 0, 0, 1, 5]], [[0.1, 0.2, 0.3, 4, 70]]); // 9.499…
 */
export const dcgScore = defineMetric(
  { metricName: 'dcg', better: 'higher', range: [-Infinity, Infinity], needs: 'scores' },
  (yTrue: ScoreRows, yScore: ScoreRows, options: DcgScoreOptions = {}): number => {
    const { sampleWeight, k, logBase, ignoreTies } = completeOptions<DcgScoreOptions>('dcgScore', options, rules);
    const ranked = rankedRows('dcgScore', yTrue, yScore);
    return weightedMean(discountedGains(ranked, { k, logBase, ignoreTies }), checkSampleWeight('dcgScore', sampleWeight, ranked.gains.rows));
  },
);
