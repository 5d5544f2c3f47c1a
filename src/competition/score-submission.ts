import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import { scorer } from '../metrics/scorer.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { uniqueLabels } from '../core/labels.ts';
import { csvOptions } from './csv-format.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { asPrediction } from './blender.ts';
import { readLabelTable } from './read-image-table.ts';
import { runNames } from './stored-run.ts';
import { sampleFile } from './sample-file.ts';
import { submissionForm, type SubmissionForm } from './submission-form.ts';
import { trainingClasses } from './training-classes.ts';
import { chosen } from './test-prediction.ts';

/** Scores of a submission on the local leaderboard. */
export interface SubmissionScores {
  metric: string;
  better: 'higher' | 'lower';
  rows: number;
  /** The submission's score by the competition's metric. */
  score: number;
  /** Scores of the winner's fold models, each of which has seen a part of the training rows only; empty when unknown. */
  foldScores: number[];
}

/** The newest run of a competition. @throws CompetitionError when there is none. */
export function newestRun(competition: string, out = 'outputs'): string {
  const newest = runNames(join(out, competition)).at(-1);
  if (newest === undefined) {
    throw new CompetitionError(`Score: there is no run of ${competition} in ${out}. Run refit run ${competition} first, or name a file with --submission.`);
  }
  return join(out, competition, newest);
}

/**
 * Scores a submission against the competition's solution file.
 *
 * Labels where the metric takes probabilities count as certainties, as a leaderboard would take them.
 *
 * @throws CompetitionError when there is no solution, ids do not match, or the metric cannot be told of what is submitted.
 */
export async function scoreSubmission(
  competition: LoadedCompetition,
  submissionFile: string,
  foldPredictionsFile?: string,
): Promise<SubmissionScores> {
  const { definition, folder, name } = competition;
  if (definition.solution === null || !existsSync(join(folder, definition.solution))) {
    throw new CompetitionError(
      `${name}: a local score needs the true targets of the test rows, and there are none. Name the file as solution in competition.ts, or upload ${relative(process.cwd(), submissionFile)}.`,
    );
  }
  if (!existsSync(submissionFile)) throw new CompetitionError(`Score: there is no file ${submissionFile}.`);
  const { id, target } = definition;
  const file = join(folder, definition.solution);
  const solution = definition.labels === null || file.endsWith('.csv') ? await readCsv(file, { ...csvOptions(definition), ids: [id] }) : await readLabelTable(file, { id, target });
  const submission = await readCsv(submissionFile, { ids: [id] });
  const truth = completeValues(solution, target);
  const metric = scorer(definition.metric);
  const rowsOf = rowsById(solution, submission, id, submissionFile);
  const classes = metric.needs === 'values' ? [] : uniqueLabels('Score', truth, await trainingClasses(competition));
  const form = await submissionForm(definition, metric.needs === 'values' ? 'regression' : 'classification', classes, sampleFile(competition));
  const scoreOf = (table: Table, columns: readonly string[], rows: Int32Array, path: string): number =>
    score(metric, truth, columns.map((column) => pick(table, column, rows, path)), form, classes);
  const columns = form.classColumns ?? [target];
  const foldScores: number[] = [];
  if (foldPredictionsFile !== undefined && existsSync(foldPredictionsFile)) {
    const folds = await readCsv(foldPredictionsFile, { ids: [id] });
    const rows = rowsById(solution, folds, id, foldPredictionsFile);
    for (let fold = 1; folds.names.some((column) => column === `fold${fold}` || column.startsWith(`fold${fold}: `)); fold++) {
      foldScores.push(scoreOf(folds, form.classColumns?.map((column) => `fold${fold}: ${column}`) ?? [`fold${fold}`], rows, foldPredictionsFile));
    }
  }
  return { metric: definition.metric, better: metric.better, rows: truth.length, score: scoreOf(submission, columns, rowsOf, submissionFile), foldScores };
}

/** @param columns what the submission says of each row: one column, or the probability of each class */
function score(metric: Scorer, truth: Label[], columns: Label[][], { values: submitted, classColumns }: SubmissionForm, classes: readonly Label[]): number {
  const [values] = columns;
  if (metric.needs === 'values') return metric.score(truth, { values: Float64Array.from(values as number[]) });
  if (metric.needs === 'labels') {
    if (submitted === 'labels') return metric.score(truth, { labels: values });
    throw new CompetitionError(`Score: ${metric.metricName} is of labels, but probabilities are submitted, and what the leaderboard makes of them is not known here. Name a metric of probabilities, or submit labels.`);
  }
  if (submitted === 'labels') return metric.score(truth, asPrediction(new DenseMatrix(values.length, classes.length, chosen(values, classes)), classes));
  if (classColumns !== null) {
    const probabilities = DenseMatrix.from(truth.map((_, row) => columns.map((column) => column[row] as number)));
    return metric.score(truth, { classes, probabilities, scores: classes.length === 2 ? probabilities.col(1) : probabilities });
  }
  const scores = Float64Array.from(values as number[]);
  const probabilities = new DenseMatrix(scores.length, 2);
  for (let i = 0; i < scores.length; i++) probabilities.data.set([1 - scores[i], scores[i]], 2 * i);
  return metric.score(truth, { classes, scores, probabilities });
}

function completeValues(table: Table, name: string): Label[] {
  const column = table.column(name);
  return Array.from({ length: table.rows }, (_, i) => column.at(i) as Label);
}

/** For each row of the solution, the row of the submission with the same id. */
function rowsById(solution: Table, submission: Table, id: string, file: string): Int32Array {
  if (!submission.names.includes(id)) {
    throw new CompetitionError(`${file}: there is no id column ${show(id)}. Columns are ${showList(submission.names)}.`);
  }
  const rowOf = new Map(completeValues(submission, id).map((value, row) => [String(value), row]));
  const ids = completeValues(solution, id);
  const missing = ids.filter((value) => !rowOf.has(String(value)));
  if (missing.length > 0) {
    throw new CompetitionError(`${file}: every id of the test set must stand in it, ${missing.length} are missing: ${showList(missing, 3)}.`);
  }
  return Int32Array.from(ids, (value) => rowOf.get(String(value)) as number);
}

function pick(table: Table, name: string, rows: Int32Array, file: string): Label[] {
  if (!table.names.includes(name)) throw new CompetitionError(`${file}: there is no column ${show(name)}. Columns are ${showList(table.names)}.`);
  const column = table.column(name);
  return Array.from(rows, (row) => column.at(row) as Label);
}
