import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CompetitionError, ParseError, SubmissionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { scorer } from '../metrics/scorer.ts';
import { columnFields } from '../table/format-csv.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { reviewSubmission } from './check-submission.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { submissionValues } from './submission-values.ts';

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
  const { id, target, encoding } = definition;
  const testFile = join(folder, definition.test);
  if (!existsSync(testFile)) throw new CompetitionError(`Check: ${relative(process.cwd(), testFile)} must be there, since a submission is held against it. Put the data of ${name} in place first.`);
  const test = await readCsv(testFile, { encoding, ids: [id] });
  const samplePath = definition.submission.sample === null ? undefined : join(folder, definition.submission.sample);
  const sample = samplePath !== undefined && existsSync(samplePath) ? samplePath : undefined;
  const review: SubmissionReview = { file, competition: name, rows: 0, problems: [], notes: [] };
  if (samplePath !== undefined && sample === undefined) review.notes.push(`${definition.submission.sample} is not there: the file was held against the ids of ${definition.test} only.`);
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
  if (!table.names.includes(target)) {
    if (sample === undefined) add({ problem: 'wrong-columns', message: `columns must be ${id}, ${target}, got ${showList(table.names)}. Name the prediction ${target}.` });
    return review;
  }
  const fields = columnFields(table.data(target));
  const wanted = await trainingLabels(definition, folder);
  try {
    checkMeaning(table, { id, target }, fields, definition, wanted);
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    if (review.problems.every(({ problem }) => !['wrong-kind', 'missing-values'].includes(problem))) add(error);
  }
  if (new Set(fields).size === 1 && fields.length > 1) review.notes.push(`every row has the same ${target}, ${show(fields[0])}: a constant scores as guessing does.`);
  return review;
}

/** The labels of the training rows as files write them; undefined where numbers are predicted, or the file is not there. */
async function trainingLabels({ train, target, metric, task, encoding }: LoadedCompetition['definition'], folder: string): Promise<Set<string> | undefined> {
  const file = join(folder, train);
  if (!existsSync(file) || (task ?? (scorer(metric).needs === 'values' ? 'regression' : 'classification')) === 'regression') return undefined;
  return new Set(columnFields((await readCsv(file, { encoding })).data(target)));
}

/** @throws SubmissionError for values that the competition cannot mean: labels it does not know, probabilities outside 0 to 1 */
function checkMeaning(table: Table, names: { id: string; target: string }, fields: readonly string[], { submission, metric }: LoadedCompetition['definition'], labels: Set<string> | undefined): void {
  if (labels === undefined) return;
  const values = submissionValues({ submission, metric });
  const ids = columnFields(table.data(names.id));
  const rowsWhere = (wrong: (field: string) => boolean): string[] => ids.filter((_, row) => wrong(fields[row]));
  if (values === 'probabilities') {
    const wrong = rowsWhere((field) => !(Number(field) >= 0 && Number(field) <= 1));
    if (wrong.length > 0) throw new SubmissionError(`column ${names.target} must hold probabilities in [0, 1], ${wrong.length} of ${fields.length} rows hold others: ${showList(wrong, 5)}. Write predictProba, not decision values.`, { problem: 'no-probabilities' });
    return;
  }
  const wrong = rowsWhere((field) => !labels.has(field));
  if (wrong.length === 0) return;
  const example = fields.find((field) => !labels.has(field)) as string;
  const share = wrong.length === fields.length ? 'no row does' : `${wrong.length} of ${fields.length} rows do not: ${showList(wrong, 5)}`;
  throw new SubmissionError(`column ${names.target} must hold labels of the training rows (${showList([...labels], 6)}), ${share}. ${example} is none; submit the original labels, as they are written there.`, { problem: 'unknown-labels' });
}
