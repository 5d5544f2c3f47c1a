import type { OutOfFold } from '../competition/run-record.ts';
import { show } from '../core/show.ts';
import { keptBy } from './kept-by.ts';
import type { ReportData } from './report-data.ts';

/** How strongly each row was scored for one class, and whether it belongs to it. */
export interface ClassScores {
  /** 1 for rows of the class, 0 for all others. */
  truth: Int8Array;
  /** Probability or decision value of the class. */
  score: Float64Array;
  /** Test fold of the row, 0-based. */
  fold: Int32Array;
}

/**
 * Out-of-fold scores of one pipeline for class number `classIndex`. Rows that were in no test fold or have
 * no finite score are left out.
 * @returns undefined where the pipeline predicts labels only
 */
export function classScores({ record, y, outOfFold }: ReportData, pipeline: string, classIndex: number): ClassScores | undefined {
  const predictions = outOfFold[pipeline];
  if (predictions === undefined) return undefined;
  const label = record.classes[classIndex];
  const known = scoresOf(predictions).find((one) => one.y === y && one.classIndex === classIndex && one.label === label);
  if (known) return known.scores;
  const scores = scoresOfClass(predictions, y, classIndex, label);
  scoresOf(predictions).push({ y, classIndex, label, scores });
  return scores;
}

/** What was asked for of predictions before. */
const scoresOf = keptBy<OutOfFold, { y: ReportData['y']; classIndex: number; label: unknown; scores: ClassScores | undefined }[]>(() => []);

function scoresOfClass(predictions: OutOfFold, y: ReportData['y'], classIndex: number, label: unknown): ClassScores | undefined {
  const { probabilities, scores } = predictions;
  const table = probabilities ?? (scores instanceof Float64Array ? undefined : scores);
  // One decision value per row speaks for the second class; for the first it counts the other way.
  const values = table ? table.col(classIndex) : scores instanceof Float64Array ? scores.map((s) => (classIndex === 0 ? -s : s)) : undefined;
  if (!values) return undefined;
  const rows: number[] = [];
  for (let i = 0; i < values.length; i++) if (predictions.folds[i] >= 0 && Number.isFinite(values[i])) rows.push(i);
  return {
    truth: Int8Array.from(rows, (i) => (y[i] === label ? 1 : 0)),
    score: Float64Array.from(rows, (i) => values[i]),
    fold: Int32Array.from(rows, (i) => predictions.folds[i]),
  };
}

/** The rows of each fold, in ascending order of fold. */
export function splitFolds({ truth, score, fold }: ClassScores): ClassScores[] {
  const rowsOf = new Map<number, number[]>();
  fold.forEach((f, i) => {
    const rows = rowsOf.get(f);
    if (rows) rows.push(i);
    else rowsOf.set(f, [i]);
  });
  return [...rowsOf]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => ({
      truth: Int8Array.from(rows, (i) => truth[i]),
      score: Float64Array.from(rows, (i) => score[i]),
      fold: Int32Array.from(rows, (i) => fold[i]),
    }));
}

/** Whether rows of the class and others both occur: no curve is defined without. */
export const hasBothClasses = ({ truth }: ClassScores): boolean => truth.includes(0) && truth.includes(1);

/** What one line of a ROC or PR chart is drawn from. */
export interface ScoreSeries {
  name: string;
  /** Its place on the leaderboard or among the classes: what its colour goes by. */
  index: number;
  scores: ClassScores;
}

/** One series per pipeline for two classes; for more, one per class of the winner. */
export function scoreSeries(data: ReportData): ScoreSeries[] {
  const { record } = data;
  const candidates =
    record.classes.length === 2
      ? record.pipelines.map(({ name }, index) => ({ name, index, scores: classScores(data, name, 1) }))
      : record.classes.map((label, index) => ({ name: className(label), index, scores: classScores(data, record.winner, index) }));
  return candidates.filter((series): series is ScoreSeries => series.scores !== undefined && hasBothClasses(series.scores));
}

/** A label in running text and legends: text as it is, numbers and booleans as code shows them. */
export const className = (label: unknown): string => (typeof label === 'string' ? label : show(label));
