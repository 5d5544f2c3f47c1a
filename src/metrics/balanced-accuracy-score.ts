import type { Labels } from '../core/labels.ts';
import { completeOptions, flag, type Rules } from '../core/rules.ts';
import { classCounts } from './class-counts.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { checkTargets } from './targets.ts';
import { weightedMean } from './weighted-mean.ts';

export interface BalancedAccuracyScoreOptions extends WeightOption {
  /** Rescale so that chance scores 0 and perfection 1. Default false. */
  adjusted?: boolean;
}

const rules: Rules<BalancedAccuracyScoreOptions> = { sampleWeight: sampleWeightRule(), adjusted: flag(false) };

/**
 * Balanced accuracy: the mean recall of the classes in yTrue, so that each class counts alike.
 * Classes that occur only in yPred do not count.
 *
 * Adjusted: (score − 1/k) / (1 − 1/k) for k classes; with one class it is NaN.
 *
 * Counterpart: scikit-learn's balanced_accuracy_score.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * balancedAccuracyScore([0, 0, 0, 1], [0, 0, 0, 0]); // 0.5
 * balancedAccuracyScore([0, 0, 0, 1], [0, 0, 0, 0], { adjusted: true }); // 0
 */
export const balancedAccuracyScore = defineMetric(
  { metricName: 'balancedAccuracy', better: 'higher', range: [0, 1], needs: 'labels' },
  (yTrue: Labels, yPred: Labels, options: BalancedAccuracyScoreOptions = {}): number => {
    const owner = 'balancedAccuracyScore';
    const { adjusted, sampleWeight } = completeOptions<BalancedAccuracyScoreOptions>(owner, options, rules);
    const { truePositives, actual } = classCounts(owner, checkTargets(owner, yTrue, yPred, sampleWeight), null);
    const recalls = truePositives.map((hits, k) => hits / actual[k]).filter((recall) => !Number.isNaN(recall));
    const score = weightedMean(recalls);
    const chance = 1 / recalls.length;
    return adjusted ? (score - chance) / (1 - chance) : score;
  },
);
