import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { completeOptions, custom, flag, integer, type Rules } from '../core/rules.ts';
import { classCounts, type ClassCounts } from './class-counts.ts';
import { fixedDigits } from '../core/fixed-digits.ts';
import { countsByLabel, countsByRow, indicatorTargets, type IndicatorTargets } from './indicator-targets.ts';
import { labelsRule, sampleWeightRule, zeroDivisionRule, type Average, type WeightOption, type ZeroDivision } from './metric-rules.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { formatNumber } from '../table/format-csv.ts';
import { scoresOfCounts, totalCounts } from './precision-recall-fscore-support.ts';
import type { ScoreRows } from './score-matrix.ts';
import { checkTargets, type Targets } from './targets.ts';

export interface ClassificationReportOptions extends WeightOption {
  /** Labels to report, in this order. Default null: all that occur, ascending. */
  labels?: Labels | null;
  /** Names to print in place of the labels, in their order. Default null: the labels. */
  targetNames?: readonly string[] | null;
  /** Digits after the point in the text. Default 2. */
  digits?: number;
  /** Give an object instead of text. Default false. */
  outputDict?: boolean;
  /** Value of a ratio with denominator 0; NaN leaves it out of averages. Default 0. */
  zeroDivision?: ZeroDivision;
}

/** A line of the report. */
export interface ReportScores {
  precision: number;
  recall: number;
  f1Score: number;
  /** Rows in yTrue, weighted. */
  support: number;
}

/** The line of one class. */
export interface ClassReport extends ReportScores {
  /** The label as it stands in the data. */
  label: Label;
  /** As printed. */
  name: string;
}

/** The report as an object. */
export interface ClassificationReport {
  classes: ClassReport[];
  /** Share of rows whose label was met; null where `labels` leaves out labels that occur. */
  accuracy: number | null;
  /** Scores of counts added over `labels`, where that is not the accuracy; else null. */
  microAvg: ReportScores | null;
  macroAvg: ReportScores;
  weightedAvg: ReportScores;
  /** Mean over rows; where rows may have several labels. */
  samplesAvg?: ReportScores;
}

const rules: Rules<ClassificationReportOptions> = {
  sampleWeight: sampleWeightRule(),
  labels: labelsRule(),
  targetNames: custom<readonly string[] | null>(
    null,
    'an array of names, or null',
    (v) => v === null || (Array.isArray(v) && v.every((name) => typeof name === 'string')),
  ),
  digits: integer(2, { min: 0, max: 20 }),
  outputDict: flag(false),
  zeroDivision: zeroDivisionRule(),
};

const owner = 'classificationReport';

/**
 * Precision, recall, F1 and support of each class and their averages, as text laid out like scikit-learn's
 * or, with `outputDict: true`, as an object.
 *
 * yTrue, yPred: one label per row, or rows × labels of 0 and 1.
 * Counterpart: scikit-learn's classification_report. Its dictionary mixes
 * labels with 'accuracy' and 'macro avg'; the object here keeps them apart and the labels' types. Whole
 * numbers print as 1, where numpy prints a float label as 1.0; booleans print as True and False.
 *
 * @throws OptionError if `targetNames` does not fit the labels; ShapeError, DataError for labels that cannot be compared
 * @example
 * console.log(classificationReport(yTrue, yPred, { digits: 3 }));
 * classificationReport(yTrue, yPred, { outputDict: true }).macroAvg.f1Score;
 */
export function classificationReport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options: ClassificationReportOptions & { outputDict: true },
): ClassificationReport;
export function classificationReport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options?: ClassificationReportOptions & { outputDict?: false },
): string;
export function classificationReport(
  yTrue: Labels | ScoreRows,
  yPred: Labels | ScoreRows,
  options: ClassificationReportOptions = {},
): string | ClassificationReport {
  const complete = completeOptions<ClassificationReportOptions>(owner, options, rules);
  const several = indicatorTargets(owner, yTrue, yPred, complete.sampleWeight);
  if (several) {
    const report = makeReport(countsByLabel(owner, several, complete.labels), undefined, complete, several);
    const isFloat = several.sampleWeight !== undefined;
    return complete.outputDict ? report : printReport(report, complete.digits, isFloat);
  }
  const targets = checkTargets(owner, yTrue as Labels, yPred as Labels, complete.sampleWeight);
  const report = makeReport(classCounts(owner, targets, complete.labels), targets, complete);
  if (complete.outputDict) return report;
  // Counts are whole numbers unless weighted, or where no row was right: there numpy's counts are floats too.
  const floatSupport = targets.sampleWeight !== undefined || targets.trueCodes.every((code, i) => code !== targets.predictedCodes[i]);
  return printReport(report, complete.digits, floatSupport);
}

function makeReport(
  counts: ClassCounts,
  targets: Targets | undefined,
  { labels, targetNames, zeroDivision }: Readonly<Required<ClassificationReportOptions>>,
  several?: IndicatorTargets,
): ClassificationReport {
  if (targetNames !== null && targetNames.length !== counts.labels.length) {
    throw new OptionError(
      `${owner}: targetNames must have one name per label (${counts.labels.length}), got ${targetNames.length}. Pass labels to choose which to report.`,
    );
  }
  const { precision, recall, fscore, support } = scoresOfCounts(counts, 1, null, zeroDivision);
  const supportSum = pairwiseSum(support);
  const averaged = (average: Average, of: ClassCounts): ReportScores => {
    const scores = scoresOfCounts(of, 1, average, zeroDivision);
    return { precision: scores.precision, recall: scores.recall, f1Score: scores.fscore, support: supportSum };
  };
  const micro = averaged('micro', totalCounts(counts));
  const microIsAccuracy = targets !== undefined && targets.classes.every((label) => counts.labels.includes(label));
  return {
    classes: counts.labels.map((label, k) => ({
      label,
      name: targetNames?.[k] ?? printed(label),
      precision: precision[k],
      recall: recall[k],
      f1Score: fscore[k],
      support: support[k],
    })),
    accuracy: microIsAccuracy ? micro.precision : null,
    microAvg: microIsAccuracy ? null : micro,
    macroAvg: averaged('macro', counts),
    weightedAvg: averaged('weighted', counts),
    ...(several && { samplesAvg: averaged('samples', countsByRow(owner, several, labels)) }),
  };
}

const printed = (label: Label): string => (typeof label === 'boolean' ? (label ? 'True' : 'False') : String(label));

/** Python counts code points, not UTF-16 units. */
const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - [...text].length)) + text;

function printReport({ classes, accuracy, microAvg, macroAvg, weightedAvg, samplesAvg }: ClassificationReport, digits: number, floatSupport: boolean): string {
  const width = Math.max('weighted avg'.length, digits, ...classes.map(({ name }) => [...name].length));
  const line = (heading: string, cells: readonly string[]): string =>
    `${padStart(heading, width)} ${cells.map((cell) => ` ${padStart(cell, 9)}`).join('')}\n`;
  const count = (support: number): string => (floatSupport ? formatNumber(support) : String(support));
  const scores = (heading: string, row: ReportScores): string =>
    line(heading, [...[row.precision, row.recall, row.f1Score].map((score) => fixedDigits(score, digits)), count(row.support)]);
  const accuracyLine =
    accuracy === null ? '' : line('accuracy', ['', '', fixedDigits(accuracy, digits), count(macroAvg.support)]);
  return (
    `${line('', ['precision', 'recall', 'f1-score', 'support'])}\n` +
    `${classes.map((row) => scores(row.name, row)).join('')}\n` +
    accuracyLine +
    (microAvg ? scores('micro avg', microAvg) : '') +
    scores('macro avg', macroAvg) +
    scores('weighted avg', weightedAvg) +
    (samplesAvg ? scores('samples avg', samplesAvg) : '')
  );
}
