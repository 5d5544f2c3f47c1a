import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { agreements } from './accuracy-score.ts';
import { indicatorTargets } from './indicator-targets.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export type HammingLossOptions = WeightOption;

const rules: Rules<HammingLossOptions> = { sampleWeight: sampleWeightRule() };

/**
 * Hamming loss: the share of labels that were missed. With one label per row it equals zeroOneLoss.
 *
 * yTrue, yPred: one label per row, or rows × labels of 0 and 1.
 * Counterpart: scikit-learn's hamming_loss.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * hammingLoss([1, 2, 3, 4], [2, 2, 3, 4]); // 0.25
 * hammingLoss([[0, 1], [1, 1]], [[0, 0], [0, 0]]); // 0.75
 */
export const hammingLoss = defineMetric(
  { metricName: 'hammingLoss', better: 'lower', range: [0, 1], needs: 'labels' },
  (yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: HammingLossOptions = {}): number => {
    const { sampleWeight } = completeOptions<HammingLossOptions>('hammingLoss', options, rules);
    const several = indicatorTargets('hammingLoss', yTrue, yPred, sampleWeight);
    if (several) {
      const { truth, predicted } = several;
      const missed = new Float64Array(truth.rows);
      for (let p = 0; p < truth.data.length; p++) if (truth.data[p] !== predicted.data[p]) missed[Math.floor(p / truth.cols)]++;
      return weightedMean(missed, several.sampleWeight) / truth.cols;
    }
    const { hits, sampleWeight: weights } = agreements('hammingLoss', yTrue, yPred, sampleWeight);
    return weightedMean(hits.map((hit) => 1 - hit), weights);
  },
);
