import type { Labels } from '../core/labels.ts';
import { completeOptions, flag, type Rules } from '../core/rules.ts';
import { indicatorTargets } from './indicator-targets.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { checkTargets } from './targets.ts';
import { weightedMean, weightedSum } from './weighted-mean.ts';

export interface AccuracyScoreOptions extends WeightOption {
  /** Give the share of rows (true) or their number or weight (false). Default true. */
  normalize?: boolean;
}

export const accuracyRules: Rules<AccuracyScoreOptions> = { sampleWeight: sampleWeightRule(), normalize: flag(true) };

/**
 * Accuracy: the share of rows whose label was met.
 *
 * yTrue, yPred: one label per row, or rows × labels of 0 and 1, of which all must be met (subset accuracy).
 * Counterpart: scikit-learn's accuracy_score.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * accuracyScore(['ham', 'spam', 'ham'], ['ham', 'spam', 'spam']); // 0.666…
 * accuracyScore([0, 1], [0, 0], { sampleWeight: [3, 1] }); // 0.75
 */
export const accuracyScore = defineMetric(
  { metricName: 'accuracy', better: 'higher', range: [0, 1], needs: 'labels' },
  (yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: AccuracyScoreOptions = {}): number => {
    const { normalize, sampleWeight } = completeOptions<AccuracyScoreOptions>('accuracyScore', options, accuracyRules);
    const agreement = agreements('accuracyScore', yTrue, yPred, sampleWeight);
    return (normalize ? weightedMean : weightedSum)(agreement.hits, agreement.sampleWeight);
  },
);

/** 1 where a row's label, or all of its labels, were met, 0 where not; and the checked weights. */
export function agreements(
  owner: string,
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  weights: ArrayLike<number> | undefined,
): { hits: Uint8Array; sampleWeight: Float64Array | undefined } {
  const several = indicatorTargets(owner, yTrue, yPred, weights);
  if (several) {
    const { truth, predicted } = several;
    const hits = new Uint8Array(truth.rows).fill(1);
    for (let p = 0; p < truth.data.length; p++) if (truth.data[p] !== predicted.data[p]) hits[Math.floor(p / truth.cols)] = 0;
    return { hits, sampleWeight: several.sampleWeight };
  }
  const { trueCodes, predictedCodes, sampleWeight } = checkTargets(owner, yTrue as Labels, yPred as Labels, weights);
  const hits = new Uint8Array(trueCodes.length);
  for (let i = 0; i < hits.length; i++) hits[i] = trueCodes[i] === predictedCodes[i] ? 1 : 0;
  return { hits, sampleWeight };
}
