import { OptionError, ShapeError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { indicatorOf, type Indicator } from './average-over-classes.ts';
import { checkRows } from './check-rows.ts';
import type { ClassCounts } from './class-counts.ts';
import { isScoreRows, scoreMatrix, type ScoreRows } from './score-matrix.ts';

/** True and predicted labels of rows that may have several: rows × labels of 0 and 1. */
export interface IndicatorTargets {
  truth: Indicator;
  predicted: Indicator;
  sampleWeight: Float64Array | undefined;
}

/**
 * Checks what a metric compares where rows may have several labels; undefined for one label per row.
 * @throws ShapeError unless both have the same columns, DataError for values other than 0 and 1
 */
export function indicatorTargets(owner: string, yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, sampleWeight?: ArrayLike<number>): IndicatorTargets | undefined {
  if (!isScoreRows(yTrue) && !isScoreRows(yPred)) return undefined;
  const rows = checkRows(owner, { yTrue, yPred });
  if (!isScoreRows(yTrue) || !isScoreRows(yPred)) {
    throw new ShapeError(`${owner}: yTrue and yPred must both be one label per row, or both rows × labels of 0 and 1, got ${show(yTrue)} and ${show(yPred)}.`);
  }
  const truth = indicatorOf(owner, scoreMatrix(owner, 'yTrue', yTrue));
  const predicted = indicatorOf(owner, scoreMatrix(owner, 'yPred', yPred), 'yPred');
  if (truth.cols !== predicted.cols) throw new ShapeError(`${owner}: yTrue has ${truth.cols} columns, but yPred has ${predicted.cols}. Give one column per label in both.`);
  return { truth, predicted, sampleWeight: checkSampleWeight(owner, sampleWeight, rows) };
}

/**
 * Counts per label, for the columns given in their order, or for all when null; labels are column numbers.
 * @throws OptionError for a label that is no column
 */
export function countsByLabel(owner: string, targets: IndicatorTargets, labels: Labels | null): ClassCounts {
  const columns = columnsOf(owner, targets, labels);
  const counts = emptyCounts(columns, columns.length);
  visit(targets, columns, (i, k, isTrue, isPredicted) => add(counts, k, isTrue, isPredicted, targets.sampleWeight ? targets.sampleWeight[i] : 1));
  return counts;
}

/** Counts per row, over the columns given or all; a row counts by its weight when rows are averaged. */
export function countsByRow(owner: string, targets: IndicatorTargets, labels: Labels | null): ClassCounts {
  const columns = columnsOf(owner, targets, labels);
  const counts = { ...emptyCounts(columns, targets.truth.rows), rowWeights: targets.sampleWeight };
  visit(targets, columns, (i, _, isTrue, isPredicted) => add(counts, i, isTrue, isPredicted, 1));
  return counts;
}

function columnsOf(owner: string, { truth }: IndicatorTargets, labels: Labels | null): number[] {
  const columns = labels === null ? Array.from({ length: truth.cols }, (_, k) => k) : Array.from(labels);
  for (const column of columns) {
    if (typeof column === 'number' && Number.isInteger(column) && column >= 0 && column < truth.cols) continue;
    throw new OptionError(`${owner}: labels must be column numbers in [0, ${truth.cols - 1}] for rows with several labels, got ${show(column)}.`);
  }
  return columns as number[];
}

const emptyCounts = (labels: readonly number[], length: number): ClassCounts => ({
  labels,
  truePositives: new Float64Array(length),
  predicted: new Float64Array(length),
  actual: new Float64Array(length),
});

function add(counts: ClassCounts, at: number, isTrue: number, isPredicted: number, weight: number): void {
  if (isTrue) counts.actual[at] += weight;
  if (isPredicted) counts.predicted[at] += weight;
  if (isTrue && isPredicted) counts.truePositives[at] += weight;
}

function visit({ truth, predicted }: IndicatorTargets, columns: readonly number[], entry: (row: number, k: number, isTrue: number, isPredicted: number) => void): void {
  for (let i = 0; i < truth.rows; i++) {
    columns.forEach((column, k) => entry(i, k, truth.data[i * truth.cols + column], predicted.data[i * truth.cols + column]));
  }
}
