import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { checkRows } from './check-rows.ts';
import { columnClasses } from './column-classes.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { isScoreRows, scoreColumn, scoreMatrix, type Scores } from './score-matrix.ts';
import { encodeTrue } from './targets.ts';
import { weightedMean } from './weighted-mean.ts';

export interface HingeLossOptions extends WeightOption {
  /** Classes of the columns, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
}

const rules: Rules<HingeLossOptions> = { sampleWeight: sampleWeightRule(), labels: labelsRule() };

const owner = 'hingeLoss';

/**
 * Hinge loss: the mean of max(0, 1 − m), where m is by how much a row's true class leads: ± the decision value for two classes,
 * the value of the true class less the largest of the others for more.
 *
 * predDecision: one number per row, larger for the greater of two labels; or rows × classes, columns ascending. A single class,
 * without `labels`, counts as the lesser of two.
 * Counterpart: scikit-learn's hinge_loss, which for two classes looks at `labels` for their number only.
 * Source: Crammer and Singer, "On the algorithmic implementation of multiclass kernel-based vector machines", JMLR 2, 2001.
 *
 * @throws DataError where columns do not fit the classes, or for NaN
 * @example
 * hingeLoss([-1, 1, 1], [-2.18, 2.36, 0.09]); // 0.303…
 */
export const hingeLoss = defineMetric(
  { metricName: 'hingeLoss', better: 'lower', range: [0, Infinity], needs: 'scores' },
  (yTrue: Labels, predDecision: Scores, options: HingeLossOptions = {}): number => {
    const { labels, sampleWeight } = completeOptions<HingeLossOptions>(owner, options, rules);
    const rows = checkRows(owner, { yTrue, predDecision });
    const classes = labels ?? encodeTrue(owner, yTrue).classes;
    const margins = classes.length > 2 || isWide(predDecision) ? marginsOfMany(yTrue, predDecision, labels) : marginsOfTwo(yTrue, predDecision, labels);
    return weightedMean(margins.map((margin) => Math.max(0, 1 - margin)), checkSampleWeight(owner, sampleWeight, rows));
  },
);

const isWide = (scores: Scores): boolean => isScoreRows(scores) && scoreMatrix(owner, 'predDecision', scores).cols > 1;

function marginsOfTwo(yTrue: Labels, predDecision: Scores, labels: Labels | null): Float64Array {
  const { codes } = labels && labels.length === 2 ? columnClasses(owner, yTrue, labels, 2) : encodeTrue(owner, yTrue);
  return scoreColumn(owner, 'predDecision', predDecision).map((score, i) => (codes[i] === 1 ? score : -score));
}

function marginsOfMany(yTrue: Labels, predDecision: Scores, labels: Labels | null): Float64Array {
  const scores = isScoreRows(predDecision) ? scoreMatrix(owner, 'predDecision', predDecision) : undefined;
  const { codes } = columnClasses(owner, yTrue, labels, scores?.cols ?? 1);
  return Float64Array.from({ length: yTrue.length }, (_, i) => {
    const row = scores!.row(i);
    return row[codes[i]] - row.reduce((largest, score, k) => (k === codes[i] ? largest : Math.max(largest, score)), -Infinity);
  });
}
