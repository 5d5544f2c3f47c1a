import { DataError, ShapeError } from '../core/errors.ts';
import { completeOptions, flag, integer, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { discountedGains, rankedRows } from './discounted-gains.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export interface NdcgScoreOptions extends WeightOption {
  /** Places that count: the k best scores of a row. Default null: all. */
  k?: number | null;
  /** Whether equal scores are taken in some order, not scikit-learn's, instead of sharing their places. Default false. */
  ignoreTies?: boolean;
}

const rules: Rules<NdcgScoreOptions> = { sampleWeight: sampleWeightRule(), k: optional(integer(1, { min: 1 })), ignoreTies: flag(false) };

/**
 * Normalised discounted cumulative gain: dcgScore of each row over that of its best ranking, averaged over rows. A row in which
 * nothing is worth anything counts 0.
 *
 * yTrue: rows × items, two or more, what each item is worth, none negative. yScore: rows × items, larger for what is to come first.
 * The scorer 'ndcg' ranks a classifier's classes: the true one is worth 1.
 * Counterpart: scikit-learn's ndcg_score, which has no scorer.
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
 *
 * @throws ShapeError for other columns, DataError for NaN and negative worth
 * @example
 * ndcgScore([[10, 0, 0, 1, 5]], [[0.1, 0.2, 0.3, 4, 70]]); // 0.695…
 */
export const ndcgScore = defineMetric(
  { metricName: 'ndcg', better: 'higher', range: [0, 1], needs: 'scores' },
  (yTrue: ScoreRows, yScore: ScoreRows, options: NdcgScoreOptions = {}): number => {
    const owner = 'ndcgScore';
    const { sampleWeight, k, ignoreTies } = completeOptions<NdcgScoreOptions>(owner, options, rules);
    const { gains, scores } = rankedRows(owner, yTrue, yScore);
    if (gains.cols < 2) throw new ShapeError(`${owner}: there must be at least 2 items in a row, got ${gains.cols}.`);
    const negative = gains.data.findIndex((gain) => gain < 0);
    if (negative >= 0) throw new DataError(`${owner}: yTrue must not be negative, row ${Math.floor(negative / gains.cols)} column ${negative % gains.cols} has ${gains.data[negative]}.`);
    const found = discountedGains({ gains, scores }, { k, logBase: 2, ignoreTies });
    const best = discountedGains({ gains, scores: gains }, { k, logBase: 2, ignoreTies: true });
    return weightedMean(found.map((gain, i) => (best[i] === 0 ? 0 : gain / best[i])), checkSampleWeight(owner, sampleWeight, gains.rows));
  },
);
