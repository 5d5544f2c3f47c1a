import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { checkProbabilities } from './class-probabilities.ts';
import { classShares } from './class-shares.ts';
import { lossesOfCodes } from './log-loss.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { Scores } from './score-matrix.ts';
import { weightedSum } from './weighted-mean.ts';

export interface D2LogLossScoreOptions extends WeightOption {
  /** Classes of the columns of yProba, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
}

const rules: Rules<D2LogLossScoreOptions> = { sampleWeight: sampleWeightRule(), labels: labelsRule() };

/**
 * The share of log loss that predictions explain: 1 − log loss / log loss of the classes' shares in yTrue, given to every row.
 * With a single row it is not defined: NaN.
 *
 * yProba: rows × classes, columns ascending; or one probability per row, of the greater of two labels.
 * Counterpart: scikit-learn's d2_log_loss_score.
 *
 * @throws DataError for one class only, values outside [0, 1] or NaN, or columns that do not fit the classes
 * @example
 * d2LogLossScore([0, 1, 1, 0], [0.1, 0.9, 0.6, 0.3]); // 0.61…
 */
export const d2LogLossScore = defineMetric(
  { metricName: 'd2LogLossScore', better: 'higher', range: [-Infinity, 1], needs: 'probabilities' },
  (yTrue: Labels, yProba: Scores, options: D2LogLossScoreOptions = {}): number => {
    const { labels, sampleWeight } = completeOptions<D2LogLossScoreOptions>('d2LogLossScore', options, rules);
    if (yTrue.length === 1) return Number.NaN;
    const { probabilities, codes, sampleWeight: weights } = checkProbabilities('d2LogLossScore', yTrue, yProba, labels, sampleWeight);
    const shares = classShares(codes, probabilities.cols, weights);
    return 1 - weightedSum(lossesOfCodes(probabilities, codes, yProba), weights) / weightedSum(lossesOfCodes(shares, codes, yProba), weights);
  },
);
