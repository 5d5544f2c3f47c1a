import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { agreements } from './accuracy-score.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { weightedMean } from './weighted-mean.ts';

export type HammingLossOptions = WeightOption;

const rules: Rules<HammingLossOptions> = { sampleWeight: sampleWeightRule() };

/**
 * Hamming loss: the share of labels that were missed. With one label per row it equals zeroOneLoss.
 *
 * Counterpart: scikit-learn's hamming_loss for one label per row.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * hammingLoss([1, 2, 3, 4], [2, 2, 3, 4]); // 0.25
 */
export const hammingLoss = defineMetric(
  { metricName: 'hammingLoss', better: 'lower', range: [0, 1], needs: 'labels' },
  (yTrue: Labels, yPred: Labels, options: HammingLossOptions = {}): number => {
    const { sampleWeight } = completeOptions<HammingLossOptions>('hammingLoss', options, rules);
    const { hits, sampleWeight: weights } = agreements('hammingLoss', yTrue, yPred, sampleWeight);
    return weightedMean(hits.map((hit) => 1 - hit), weights);
  },
);
