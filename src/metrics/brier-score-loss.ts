import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, type Rules } from '../core/rules.ts';
import { brierTargets, squaredErrors } from './brier-targets.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, posLabelRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { Scores } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export interface BrierScoreLossOptions extends WeightOption {
  /** The label that single probabilities are of. Default null: the greater one; two text labels must name one. */
  posLabel?: Label | null;
  /** Classes of the columns of yProba, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
  /** Halve the sum over classes, for a loss in [0, 1] instead of [0, 2]. Default 'auto': for two classes only. */
  scaleByHalf?: boolean | 'auto';
}

const rules: Rules<BrierScoreLossOptions> = {
  sampleWeight: sampleWeightRule(),
  posLabel: posLabelRule(),
  labels: labelsRule(),
  scaleByHalf: choice<boolean | 'auto'>('auto', [true, false, 'auto']),
};

/**
 * Brier score: the mean over rows of Σₖ (pₖ − tₖ)², t being 1 for the true class and 0 for others; for two
 * classes half of that, which is (p − t)² of the positive class.
 *
 * yProba: one probability per row, of the positive label; or rows × classes, columns ascending.
 *
 * Counterpart: scikit-learn's brier_score_loss.
 * Source: Brier, "Verification of forecasts expressed in terms of probability", 1950.
 *
 * @throws OptionError where the positive label cannot be told; DataError for values outside [0, 1] or NaN
 * @example
 * brierScoreLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.0375
 */
export const brierScoreLoss = defineMetric(
  { metricName: 'brierScore', better: 'lower', range: [0, 1], needs: 'probabilities' },
  (yTrue: Labels, yProba: Scores, options: BrierScoreLossOptions = {}): number => {
    const { scaleByHalf, ...given } = completeOptions<BrierScoreLossOptions>('brierScoreLoss', options, rules);
    const { probabilities, codes, sampleWeight } = brierTargets('brierScoreLoss', yTrue, yProba, given);
    const halve = scaleByHalf === 'auto' ? probabilities.cols < 3 : scaleByHalf;
    return weightedMean(squaredErrors(probabilities, codes), sampleWeight) * (halve ? 0.5 : 1);
  },
);
