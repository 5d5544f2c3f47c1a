import type { Label, Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { brierTargets, squaredErrors } from './brier-targets.ts';
import { classShares } from './class-shares.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, posLabelRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { Scores } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export interface D2BrierScoreOptions extends WeightOption {
  /** The label that single probabilities are of. Default null: the greater one; two text labels must name one. */
  posLabel?: Label | null;
  /** Classes of the columns of yProba, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
}

const rules: Rules<D2BrierScoreOptions> = { sampleWeight: sampleWeightRule(), posLabel: posLabelRule(), labels: labelsRule() };

/**
 * The share of the Brier score that predictions explain: 1 − Brier score / Brier score of the classes' shares in yTrue, given to
 * every row. With a single row it is not defined: NaN.
 *
 * yProba: one probability per row, of the positive label; or rows × classes, columns ascending.
 * Counterpart: scikit-learn's d2_brier_score.
 *
 * @throws OptionError where the positive label cannot be told; DataError for values outside [0, 1] or NaN
 * @example
 * d2BrierScore([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.85
 */
export const d2BrierScore = defineMetric(
  { metricName: 'd2BrierScore', better: 'higher', range: [-Infinity, 1], needs: 'probabilities' },
  (yTrue: Labels, yProba: Scores, options: D2BrierScoreOptions = {}): number => {
    const { posLabel, labels, sampleWeight } = completeOptions<D2BrierScoreOptions>('d2BrierScore', options, rules);
    if (yTrue.length === 1) return Number.NaN;
    const { probabilities, codes, sampleWeight: weights } = brierTargets('d2BrierScore', yTrue, yProba, { posLabel, labels, sampleWeight });
    const shares = classShares(codes, probabilities.cols, weights);
    return 1 - weightedMean(squaredErrors(probabilities, codes), weights) / weightedMean(squaredErrors(shares, codes), weights);
  },
);
