import type { Labels } from '../core/labels.ts';
import { completeOptions } from '../core/rules.ts';
import { accuracyRules, agreements, type AccuracyScoreOptions } from './accuracy-score.ts';
import { defineMetric } from './metric.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import type { ScoreRows } from './score-matrix.ts';
import { weightedMean, weightedSum } from './weighted-mean.ts';

export type ZeroOneLossOptions = AccuracyScoreOptions;

/**
 * Zero-one loss: the share of rows whose label was missed, 1 − accuracy; with `normalize: false` their
 * number or weight. Rows may have several labels (rows × labels of 0 and 1): one missed is a miss.
 *
 * Counterpart: scikit-learn's zero_one_loss.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * zeroOneLoss([0, 1, 2, 2], [0, 1, 2, 0]); // 0.25
 * zeroOneLoss([0, 1, 2, 2], [0, 1, 2, 0], { normalize: false }); // 1
 */
export const zeroOneLoss = defineMetric(
  { metricName: 'zeroOneLoss', better: 'lower', range: [0, 1], needs: 'labels' },
  (yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: ZeroOneLossOptions = {}): number => {
    const { normalize, sampleWeight } = completeOptions<ZeroOneLossOptions>('zeroOneLoss', options, accuracyRules);
    const { hits, sampleWeight: weights } = agreements('zeroOneLoss', yTrue, yPred, sampleWeight);
    if (normalize) return 1 - weightedMean(hits, weights);
    return (weights ? pairwiseSum(weights) : hits.length) - weightedSum(hits, weights);
  },
);
