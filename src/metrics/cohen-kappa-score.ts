import type { Labels } from '../core/labels.ts';
import { choice, completeOptions, custom, optional, type Rules } from '../core/rules.ts';
import { countConfusions } from './confusion-matrix.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { checkTargets } from './targets.ts';

export interface CohenKappaScoreOptions extends WeightOption {
  /** Labels in the order of their scale; rows with other labels are left out. Default null: all that occur, ascending. */
  labels?: Labels | null;
  /** What a confusion of the i-th with the j-th label costs: 1 (null), |i − j| ('linear') or (i − j)² ('quadratic'). Default null. */
  weights?: 'linear' | 'quadratic' | null;
  /** The score where it is 0/0, in [−1, 1] or NaN. Default NaN. */
  replaceUndefinedBy?: number;
}

const rules: Rules<CohenKappaScoreOptions> = {
  sampleWeight: sampleWeightRule(),
  labels: labelsRule(),
  weights: optional(choice<'linear' | 'quadratic'>('linear', ['linear', 'quadratic'])),
  replaceUndefinedBy: custom<number>(
    Number.NaN,
    'a number in [-1, 1], or NaN',
    (v) => typeof v === 'number' && (Number.isNaN(v) || (v >= -1 && v <= 1)),
    2,
  ),
};

/**
 * Cohen's kappa, 1 − Σ wᵢⱼOᵢⱼ / Σ wᵢⱼEᵢⱼ: how much better than chance two labellings agree. O counts rows
 * by both labels, E is what O would be if the labellings were independent, w the cost of a confusion.
 *
 * `weights: 'quadratic'` is the quadratic weighted kappa of many competitions; give `labels` when a grade
 * may be absent. Undefined (NaN by default) when both use one and the same label only.
 *
 * Counterpart: scikit-learn's cohen_kappa_score.
 * Source: Cohen, "Weighted kappa", Psychological Bulletin 70(4), 1968.
 *
 * @throws OptionError if none of `labels` occurs in yTrue; ShapeError, DataError for labels that cannot be compared
 * @example
 * cohenKappaScore([0, 1, 2, 2], [0, 1, 2, 1]); // 0.636…
 * cohenKappaScore([0, 1, 2, 2], [0, 1, 2, 1], { weights: 'quadratic' }); // 0.8
 */
export const cohenKappaScore = defineMetric(
  { metricName: 'cohenKappa', better: 'higher', range: [-1, 1], needs: 'labels' },
  (yTrue: Labels, yPred: Labels, options: CohenKappaScoreOptions = {}): number => {
    const owner = 'cohenKappaScore';
    const { labels, weights, replaceUndefinedBy, sampleWeight } = completeOptions<CohenKappaScoreOptions>(owner, options, rules);
    const observed = countConfusions(owner, checkTargets(owner, yTrue, yPred, sampleWeight), labels);
    const trueSums = observed.map((row) => row.reduce((a, b) => a + b, 0));
    const predictedSums = observed.map((_, j) => observed.reduce((sum, row) => sum + row[j], 0));
    const total = trueSums.reduce((a, b) => a + b, 0);
    if (total === 0) return replaceUndefinedBy;
    let disagreement = 0;
    let byChance = 0;
    for (let i = 0; i < observed.length; i++) {
      for (let j = 0; j < observed.length; j++) {
        const cost = weights === null ? Number(i !== j) : weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
        disagreement += cost * observed[i][j];
        byChance += (cost * trueSums[i] * predictedSums[j]) / total;
      }
    }
    return byChance === 0 ? replaceUndefinedBy : 1 - disagreement / byChance;
  },
);
