import { OptionError, ShapeError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { averageOverClasses, indicatorOf, oneHot, type Indicator, type RankingAverage } from './average-over-classes.ts';
import { checkRows } from './check-rows.ts';
import { countPositives } from './confusion-matrix-at-thresholds.ts';
import { defineMetric } from './metric.ts';
import { posLabelRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { precisionRecallOfCounts } from './precision-recall-curve.ts';
import { isScoreRows, scoreColumn, scoreMatrix, type ScoreRows, type Scores } from './score-matrix.ts';
import { encodeTrue, positiveLabel, rowsOfCode } from './targets.ts';

export interface AveragePrecisionScoreOptions extends WeightOption {
  /**
   * For more than two classes or an indicator yTrue: 'macro', 'weighted' (by support), 'micro' (all entries
   * ranked together), 'samples' (each row's ranking) or null (one value per class). Default 'macro'.
   */
  average?: RankingAverage;
  /** The positive label of two. Default null: 1, or true; text labels must name one. */
  posLabel?: Label | null;
}

const rules: Rules<AveragePrecisionScoreOptions> = {
  sampleWeight: sampleWeightRule(),
  average: optional(choice<'micro' | 'macro' | 'weighted' | 'samples'>('macro', ['micro', 'macro', 'weighted', 'samples']), 'macro'),
  posLabel: posLabelRule(),
};

export interface AveragePrecisionScore {
  (
    yTrue: Labels | ScoreRows,
    yScore: Scores,
    options?: AveragePrecisionScoreOptions & { average?: Exclude<RankingAverage, null> },
  ): number;
  (yTrue: Labels | ScoreRows, yScore: ScoreRows, options: AveragePrecisionScoreOptions & { average: null }): Float64Array;
}

const owner = 'averagePrecisionScore';

/**
 * Average precision, Σ (Rₙ − Rₙ₋₁)·Pₙ over the steps of the precision-recall curve: no interpolation, no
 * trapezoids. Without positives it is 0.
 *
 * Two classes: yScore is one number per row, larger for the positive label. More classes: rows × classes,
 * columns in ascending order of the labels in yTrue. yTrue may also be rows × classes of 0 and 1.
 *
 * Counterpart: scikit-learn's average_precision_score.
 *
 * @throws OptionError where the positive label cannot be told; ShapeError for columns that do not fit; DataError for NaN scores
 * @example
 * averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.833…
 */
export const averagePrecisionScore = defineMetric(
  { metricName: 'averagePrecision', better: 'higher', range: [0, 1], needs: 'scores' },
  ((yTrue: Labels | ScoreRows, yScore: Scores, options: AveragePrecisionScoreOptions = {}): number | Float64Array => {
    const { average, posLabel, sampleWeight } = completeOptions<AveragePrecisionScoreOptions>(owner, options, rules);
    const weights = checkSampleWeight(owner, sampleWeight, checkRows(owner, { yTrue, yScore }));
    if (isScoreRows(yTrue)) {
      refusePosLabel(posLabel);
      const indicator = indicatorOf(owner, scoreMatrix(owner, 'yTrue', yTrue));
      return averageOverClasses(indicator, columnsFor(indicator, yScore), average, weights, binaryPrecision);
    }
    const { classes, codes } = encodeTrue(owner, yTrue);
    if (classes.length > 2) {
      refusePosLabel(posLabel);
      const indicator = oneHot(codes, classes.length);
      return averageOverClasses(indicator, columnsFor(indicator, yScore, classes), average, weights, binaryPrecision);
    }
    const positive = classes.indexOf(positiveLabel(owner, classes, posLabel));
    return binaryPrecision(rowsOfCode(codes, positive), scoreColumn(owner, 'yScore', yScore), weights);
  }) as AveragePrecisionScore,
);

function binaryPrecision(isPositive: Uint8Array, scores: Float64Array, weights: Float64Array | undefined): number {
  const { precision, recall } = precisionRecallOfCounts(countPositives(isPositive, scores, weights), false);
  let sum = 0;
  for (let i = 0; i + 1 < recall.length; i++) sum += (recall[i] - recall[i + 1]) * precision[i];
  return Math.max(0, sum);
}

function refusePosLabel(posLabel: Label | null): void {
  if (posLabel !== null && posLabel !== 1) {
    throw new OptionError(`${owner}: posLabel must be left out for more than two classes, got ${show(posLabel)}. Use average: null for one value per class.`);
  }
}

function columnsFor({ rows, cols }: Indicator, yScore: Scores, classes?: readonly Label[]): DenseMatrix {
  if (isScoreRows(yScore)) {
    const scores = scoreMatrix(owner, 'yScore', yScore);
    if (scores.cols === cols) return scores;
  }
  const why = classes ? ` for the labels ${showList(classes.map(show))}` : '';
  throw new ShapeError(`${owner}: yScore must be ${rows} × ${cols}${why}, got ${show(yScore)}. Pass one column of scores per class.`);
}
