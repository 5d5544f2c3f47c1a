import { ShapeError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { completeOptions, flag, integer, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import { checkRows } from './check-rows.ts';
import { columnClasses } from './column-classes.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { isScoreRows, scoreColumn, scoreMatrix, type Scores } from './score-matrix.ts';
import { encodeTrue } from './targets.ts';
import { weightedMean, weightedSum } from './weighted-mean.ts';

export interface TopKAccuracyScoreOptions extends WeightOption {
  /** How many of the highest scores of a row may hold the true label. Default 2. */
  k?: number;
  /** Give the share of rows (true) or their number or weight (false). Default true. */
  normalize?: boolean;
  /** Classes of the columns of yScore, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
}

const rules: Rules<TopKAccuracyScoreOptions> = {
  sampleWeight: sampleWeightRule(),
  k: integer(2, { min: 1 }),
  normalize: flag(true),
  labels: labelsRule(),
};

/**
 * Top-k accuracy: the share of rows whose true label has one of the k highest scores. Of equal scores those
 * of greater labels come first.
 *
 * yScore: rows × classes of probabilities or decision values, columns ascending. With two classes, one score
 * per row: k = 1 cuts at ½ if all scores lie in [0, 1], else at 0; k ≥ 2 scores 1.
 *
 * Counterpart: scikit-learn's top_k_accuracy_score.
 *
 * @throws ShapeError, DataError for columns that do not fit the classes, NaN scores or no rows
 * @example
 * topKAccuracyScore([0, 1, 2], [[0.5, 0.2, 0.3], [0.3, 0.4, 0.3], [0.6, 0.3, 0.1]], { k: 2 }); // 0.666…
 */
export const topKAccuracyScore = defineMetric(
  { metricName: 'topKAccuracy', better: 'higher', range: [0, 1], needs: 'scores' },
  (yTrue: Labels, yScore: Scores, options: TopKAccuracyScoreOptions = {}): number => {
    const { k, labels, normalize, sampleWeight } = completeOptions<TopKAccuracyScoreOptions>('topKAccuracyScore', options, rules);
    const weights = checkSampleWeight('topKAccuracyScore', sampleWeight, checkRows('topKAccuracyScore', { yTrue, yScore }));
    return (normalize ? weightedMean : weightedSum)(topHits(yTrue, yScore, k, labels), weights);
  },
);

/** 1 where a row's true label is among the k best, 0 where not. */
function topHits(yTrue: Labels, yScore: Scores, k: number, labels: Labels | null): Uint8Array {
  const owner = 'topKAccuracyScore';
  const present = encodeTrue(owner, yTrue).classes;
  if (present.length <= 2 && (labels === null || labels.length <= 2)) {
    const scores = scoreColumn(owner, 'yScore', yScore);
    const { codes } = columnClasses(owner, yTrue, labels, 2);
    if (k > 1) return new Uint8Array(scores.length).fill(1);
    const cut = scores.every((score) => score >= 0 && score <= 1) ? 0.5 : 0;
    return Uint8Array.from(scores, (score, i) => Number(Number(score > cut) === codes[i]));
  }
  if (!isScoreRows(yScore)) {
    throw new ShapeError(`${owner}: yScore must be rows × classes for more than two labels (${showList(present.map(show))}), got one score per row.`);
  }
  const { cols, data } = scoreMatrix(owner, 'yScore', yScore);
  const { codes } = columnClasses(owner, yTrue, labels, cols);
  const hits = new Uint8Array(codes.length);
  for (let i = 0; i < hits.length; i++) {
    const own = data[i * cols + codes[i]];
    let above = 0;
    for (let j = 0; j < cols; j++) if (data[i * cols + j] > own || (data[i * cols + j] === own && j > codes[i])) above++;
    hits[i] = above < k ? 1 : 0;
  }
  return hits;
}
