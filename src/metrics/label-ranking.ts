import { ShapeError } from '../core/errors.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { indicatorOf } from './average-over-classes.ts';
import { checkRows } from './check-rows.ts';
import { defineMetric, type Metric, type MetricInfo } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { isScoreRows, scoreMatrix, type ScoreRows } from './score-matrix.ts';
import { weightedMean } from './weighted-mean.ts';

export type LabelRankingOptions = WeightOption;

/** A metric of how each row ranks its labels. */
export type LabelRankingMetric = Metric<(yTrue: ScoreRows, yScore: ScoreRows, options?: LabelRankingOptions) => number>;

const rules: Rules<LabelRankingOptions> = { sampleWeight: sampleWeightRule() };

/** Makes a metric of what a row's labels (0 and 1) and their scores are worth; rows are averaged, by their weights. */
export function labelRankingMetric(
  owner: string,
  info: Omit<MetricInfo, 'needs'>,
  ofRow: (isTrue: Uint8Array, scores: Float64Array) => number,
): LabelRankingMetric {
  return defineMetric({ ...info, needs: 'scores' }, (yTrue: ScoreRows, yScore: ScoreRows, options: LabelRankingOptions = {}): number => {
    const { sampleWeight } = completeOptions<LabelRankingOptions>(owner, options, rules);
    const rows = checkRows(owner, { yTrue, yScore });
    for (const [name, part] of [['yTrue', yTrue], ['yScore', yScore]] as const) {
      if (!isScoreRows(part)) throw new ShapeError(`${owner}: ${name} must be rows × labels, got ${show(part)}. Pass one column per label.`);
    }
    const { cols, data } = indicatorOf(owner, scoreMatrix(owner, 'yTrue', yTrue));
    const scores = scoreMatrix(owner, 'yScore', yScore);
    if (scores.cols !== cols) throw new ShapeError(`${owner}: yTrue has ${cols} columns, but yScore has ${scores.cols}. Give one column per label in both.`);
    const values = Float64Array.from({ length: rows }, (_, i) => ofRow(data.subarray(i * cols, (i + 1) * cols), scores.row(i)));
    return weightedMean(values, checkSampleWeight(owner, sampleWeight, rows));
  });
}
