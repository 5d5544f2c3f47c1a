import { OptionError, ShapeError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, optional, positive, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { auc } from './auc.ts';
import { averageOverClasses, indicatorOf, oneHot, type RankingAverage } from './average-over-classes.ts';
import { checkRows } from './check-rows.ts';
import { columnClasses } from './column-classes.ts';
import { countPositives } from './confusion-matrix-at-thresholds.ts';
import { checkSumsToOne } from './class-probabilities.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { oneVersusOne } from './one-versus-one.ts';
import { rocOfCounts } from './roc-curve.ts';
import { isScoreRows, scoreColumn, scoreMatrix, type ScoreRows, type Scores } from './score-matrix.ts';
import { encodeTrue, rowsOfCode } from './targets.ts';

export interface RocAucScoreOptions extends WeightOption {
  /**
   * For more than two classes: 'macro' (mean over classes or pairs), 'weighted' (by prevalence), 'micro' (all
   * entries ranked together; 'ovr' only) or null (one AUC per class; 'ovr' only). 'samples' for an indicator yTrue. Default 'macro'.
   */
  average?: RankingAverage;
  /** Standardised area up to this false positive rate only, in (0, 1]; two classes only. Default null: all of it. */
  maxFpr?: number | null;
  /** More than two classes: each against the rest ('ovr') or each pair ('ovo'). Default null, which refuses them. */
  multiClass?: 'ovr' | 'ovo' | null;
  /** Classes of the columns of yScore, ascending; for more than two classes. Default null: those in yTrue. */
  labels?: Labels | null;
}

const rules: Rules<RocAucScoreOptions> = {
  sampleWeight: sampleWeightRule(),
  average: optional(choice<'micro' | 'macro' | 'weighted' | 'samples'>('macro', ['micro', 'macro', 'weighted', 'samples']), 'macro'),
  maxFpr: optional(positive(1, { max: 1 })),
  multiClass: optional(choice<'ovr' | 'ovo'>('ovr', ['ovr', 'ovo'])),
  labels: labelsRule(),
};

type Options = Readonly<Required<RocAucScoreOptions>>;

export interface RocAucScore {
  (yTrue: Labels | ScoreRows, yScore: Scores, options?: RocAucScoreOptions & { average?: Exclude<RankingAverage, null> }): number;
  (yTrue: Labels | ScoreRows, yScore: ScoreRows, options: RocAucScoreOptions & { average: null }): Float64Array;
}

const owner = 'rocAucScore';

/**
 * Area under the ROC curve: the chance that a random positive scores above a random negative, ties counting ½.
 *
 * Two classes: yScore is one number per row, larger for the greater label; decision values and probabilities
 * alike. More classes: yScore is rows × classes of probabilities that sum to 1, and `multiClass` says how
 * pairs are formed. yTrue may also be rows × classes of 0 and 1, several a row.
 * With one class in yTrue the area is not defined: NaN. `maxFpr` gives the partial area rescaled so that
 * chance is ½ and perfection 1.
 *
 * Counterpart: scikit-learn's roc_auc_score, whose multi_class default 'raise' is null here.
 * Sources: Fawcett, "An introduction to ROC analysis", 2006; Hand and Till, Machine Learning 45, 2001 (ovo);
 * McClish, "Analyzing a portion of the ROC curve", 1989 (maxFpr).
 *
 * @throws OptionError for more than two classes without multiClass; DataError for rows that do not sum to 1 or NaN scores
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 * rocAucScore(y, await model.predictProba(X), { multiClass: 'ovr', labels: model.fitted.classes });
 */
export const rocAucScore = defineMetric(
  { metricName: 'rocAuc', better: 'higher', range: [0, 1], needs: 'scores' },
  ((yTrue: Labels | ScoreRows, yScore: Scores, options: RocAucScoreOptions = {}): number | Float64Array => {
    const complete = completeOptions<RocAucScoreOptions>(owner, options, rules);
    const rows = checkRows(owner, { yTrue, yScore });
    const weights = checkSampleWeight(owner, complete.sampleWeight, rows);
    const { average, maxFpr } = complete;
    const area = (isPositive: Uint8Array, scores: Float64Array, w?: Float64Array): number => binaryArea(isPositive, scores, w, maxFpr);
    if (isScoreRows(yTrue)) {
      const indicator = indicatorOf(owner, scoreMatrix(owner, 'yTrue', yTrue));
      const scores = sameShape(indicator, yScore);
      return averageOverClasses(indicator, scores, average, weights, area);
    }
    const columns = isScoreRows(yScore) ? scoreMatrix(owner, 'yScore', yScore) : undefined;
    const { classes, codes } = encodeTrue(owner, yTrue);
    if (classes.length > 2 || (columns && columns.cols > 2)) return multiclassArea(yTrue, classes, columns, complete, weights);
    return area(rowsOfCode(codes, 1), scoreColumn(owner, 'yScore', yScore), weights);
  }) as RocAucScore,
);

/** Area under the curve, up to maxFpr if given; NaN unless both kinds of rows occur. Checked input only. */
function binaryArea(isPositive: Uint8Array, scores: Float64Array, weights: Float64Array | undefined, maxFpr: number | null): number {
  if (!isPositive.includes(1) || !isPositive.includes(0)) return Number.NaN;
  const { fpr, tpr } = rocOfCounts(countPositives(isPositive, scores, weights), true);
  if (maxFpr === null || maxFpr === 1) return auc(fpr, tpr);
  const stop = fpr.findIndex((rate) => rate > maxFpr);
  if (stop < 0) return Number.NaN;
  const slope = (tpr[stop] - tpr[stop - 1]) / (fpr[stop] - fpr[stop - 1]);
  const end = tpr[stop - 1] + slope * (maxFpr - fpr[stop - 1]);
  const partial = auc([...fpr.subarray(0, stop), maxFpr], [...tpr.subarray(0, stop), end]);
  const byChance = maxFpr ** 2 / 2;
  return (1 + (partial - byChance) / (maxFpr - byChance)) / 2;
}

function multiclassArea(
  yTrue: Labels,
  present: readonly Label[],
  scores: DenseMatrix | undefined,
  { average, maxFpr, multiClass, labels }: Options,
  weights: Float64Array | undefined,
): number | Float64Array {
  const names = showList(present.map(show));
  if (maxFpr !== null && maxFpr !== 1) throw new OptionError(`${owner}: maxFpr must be null for more than two classes, got ${maxFpr}.`);
  if (multiClass === null) {
    throw new OptionError(`${owner}: multiClass must be 'ovr' or 'ovo' for more than two classes, got null. The labels are ${names}.`);
  }
  if (scores === undefined) {
    throw new ShapeError(`${owner}: yScore must be rows × classes for more than two classes (${names}), got one score per row. Pass predictProba(X).`);
  }
  checkSumsToOne(owner, scores);
  const allowed = multiClass === 'ovr' ? ['micro', 'macro', 'weighted', null] : ['macro', 'weighted'];
  if (!allowed.includes(average)) {
    throw new OptionError(`${owner}: average must be one of ${allowed.map(show).join(', ')} for multiClass '${multiClass}', got ${show(average)}.`);
  }
  const { classes, codes } = columnClasses(owner, yTrue, labels, scores.cols);
  const area = (isPositive: Uint8Array, column: Float64Array, w?: Float64Array): number => binaryArea(isPositive, column, w, null);
  if (multiClass === 'ovr') return averageOverClasses(oneHot(codes, classes.length), scores, average, weights, area);
  if (weights) throw new OptionError(`${owner}: sampleWeight must be left out for multiClass 'ovo'. Use multiClass: 'ovr'.`);
  return oneVersusOne(codes, classes.length, scores, average === 'weighted', area);
}

function sameShape({ rows, cols }: { rows: number; cols: number }, yScore: Scores): DenseMatrix {
  if (isScoreRows(yScore)) {
    const scores = scoreMatrix(owner, 'yScore', yScore);
    if (scores.cols === cols) return scores;
  }
  throw new ShapeError(`${owner}: yScore must have the shape of yTrue, ${rows} × ${cols}, got ${show(yScore)}.`);
}
