import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CompetitionError, ParseError, SubmissionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { scorer } from '../metrics/scorer.ts';
import { columnData } from '../table/column-data.ts';
import { columnFields } from '../table/format-csv.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { reviewSubmission } from './check-submission.ts';
import { csvOptions } from './csv-format.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { sampleFile } from './sample-file.ts';
import { submissionForm, type SubmissionForm } from './submission-form.ts';
import { trainingClasses } from './training-classes.ts';

/** What would become of a submission file. */
export interface SubmissionReview {
  file: string;
  competition: string;
  rows: number;
  /** Why it would be refused, each with what to do; empty for a file that would be accepted. */
  problems: { problem: string; message: string }[];
  /** What is allowed and seldom meant. */
  notes: string[];
}

/**
 * Holds a submission file against a competition's sample, test set, labels and metric, and tells all that is wrong with it.
 * @throws CompetitionError when the file or the competition's data are not there
 */
export async function checkSubmissionFile({ definition, folder, name }: LoadedCompetition, file: string): Promise<SubmissionReview> {
  if (!existsSync(file)) throw new CompetitionError(`Check: there is no file ${file}.`);
  const { id } = definition;
  const testFile = join(folder, definition.test);
  if (!existsSync(testFile)) throw new CompetitionError(`Check: ${relative(process.cwd(), testFile)} must be there, since a submission is held against it. Put the data of ${name} in place first.`);
  const test = await readCsv(testFile, { ...csvOptions(definition), ids: [id] });
  const sample = sampleFile({ definition, folder });
  const review: SubmissionReview = { file, competition: name, rows: 0, problems: [], notes: [] };
  if (definition.submission.sample !== null && sample === undefined) review.notes.push(`${definition.submission.sample} is not there: the file was held against the ids of ${definition.test} only.`);
  const add = ({ problem = 'unreadable', message }: { problem?: string; message: string }): void => void review.problems.push({ problem, message: message.replace(/^Submission: /, '') });
  let table: Table | undefined;
  try {
    const reviewed = await reviewSubmission(file, { sample, testIds: test.column(id).toArray() as Label[], id });
    table = reviewed.table;
    reviewed.problems.forEach(add);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    add({ message: error.message });
  }
  if (table === undefined) return review;
  review.rows = table.rows;
  const task = definition.task ?? (scorer(definition.metric).needs === 'values' ? 'regression' : 'classification');
  const classes = task === 'regression' ? [] : await trainingClasses({ definition, folder });
  const form = await submissionForm(definition, task, classes, sample);
  const columns = form.classColumns ?? [form.target];
  if (columns.some((column) => !(table as Table).has(column))) {
    if (sample === undefined) add({ problem: 'wrong-columns', message: `columns must be ${showList([id, ...columns])}, got ${showList(table.names)}. Name the prediction${columns.length === 1 ? ` ${columns[0]}` : 's so'}.` });
    return review;
  }
  const labels = columnFields(columnData('Check', form.target, classes));
  for (const column of columns) {
    const fields = columnFields(table.data(column));
    try {
      if (classes.length > 0) checkMeaning(columnFields(table.data(id)), column, fields, form.values, labels);
    } catch (error) {
      if (!(error instanceof SubmissionError)) throw error;
      if (review.problems.every(({ problem }) => !['wrong-kind', 'missing-values'].includes(problem))) add(error);
    }
    if (new Set(fields).size === 1 && fields.length > 1) review.notes.push(`every row has the same ${column}, ${show(fields[0])}: a constant scores as guessing does.`);
  }
  return review;
}

/** @throws SubmissionError for values that the competition cannot mean: labels it does not know, probabilities outside 0 to 1 */
function checkMeaning(ids: readonly string[], column: string, fields: readonly string[], values: SubmissionForm['values'], labels: readonly string[]): void {
  const rowsWhere = (wrong: (field: string) => boolean): string[] => ids.filter((_, row) => wrong(fields[row]));
  if (values === 'probabilities') {
    const wrong = rowsWhere((field) => !(Number(field) >= 0 && Number(field) <= 1));
    if (wrong.length > 0) throw new SubmissionError(`column ${column} must hold probabilities in [0, 1], ${wrong.length} of ${fields.length} rows hold others: ${showList(wrong, 5)}. Write predictProba, not decision values.`, { problem: 'no-probabilities' });
    return;
  }
  const known = new Set(labels);
  const wrong = rowsWhere((field) => !known.has(field));
  if (wrong.length === 0) return;
  const example = fields.find((field) => !known.has(field)) as string;
  const share = wrong.length === fields.length ? 'no row does' : `${wrong.length} of ${fields.length} rows do not: ${showList(wrong, 5)}`;
  throw new SubmissionError(`column ${column} must hold labels of the training rows (${showList([...labels], 6)}), ${share}. ${example} is none; submit the original labels, as they are written there.`, { problem: 'unknown-labels' });
}
