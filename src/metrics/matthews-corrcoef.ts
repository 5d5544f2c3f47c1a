import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { countConfusions } from './confusion-matrix.ts';
import { defineMetric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { checkTargets } from './targets.ts';
import { weightedSum } from './weighted-mean.ts';

export type MatthewsCorrcoefOptions = WeightOption;

const rules: Rules<MatthewsCorrcoefOptions> = { sampleWeight: sampleWeightRule() };

/**
 * Matthews correlation coefficient: the correlation of true and predicted labels, for any number of classes.
 *
 * With n rows, c of them right, tₖ of class k and pₖ taken for it:
 * (c·n − Σ tₖpₖ) / √((n² − Σ pₖ²)(n² − Σ tₖ²)); 0 where that is 0/0.
 *
 * Counterpart: scikit-learn's matthews_corrcoef.
 * Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * matthewsCorrcoef([1, 1, 1, 0], [1, 0, 1, 1]); // -0.333…
 */
export const matthewsCorrcoef = defineMetric(
  { metricName: 'matthewsCorrcoef', better: 'higher', range: [-1, 1], needs: 'labels' },
  (yTrue: Labels, yPred: Labels, options: MatthewsCorrcoefOptions = {}): number => {
    const owner = 'matthewsCorrcoef';
    const { sampleWeight } = completeOptions<MatthewsCorrcoefOptions>(owner, options, rules);
    // Both sums are of the same cells: with one label only, rounding of weights must not make a spread of its own.
    const counts = countConfusions(owner, checkTargets(owner, yTrue, yPred, sampleWeight), null);
    const actual = counts.map((row) => pairwiseSum(row));
    const predicted = counts.map((_, j) => counts.reduce((sum, row) => sum + row[j], 0));
    const n = pairwiseSum(predicted);
    const covariance = pairwiseSum(counts.map((row, k) => row[k])) * n - weightedSum(actual, predicted);
    const spread = (n * n - weightedSum(predicted, predicted)) * (n * n - weightedSum(actual, actual));
    return spread === 0 ? 0 : covariance / Math.sqrt(spread);
  },
);
