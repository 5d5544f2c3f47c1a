import { basename } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { showList } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Competition } from './define-competition.ts';
import { submissionValues, type SubmissionValues } from './submission-values.ts';

/** Which columns a submission has besides the id, and what they hold. */
export interface SubmissionForm {
  task: 'classification' | 'regression';
  target: string;
  values: SubmissionValues;
  /** The column that holds the probability of each class, in the order of the classes; null where the column of the target says all. */
  classColumns: readonly string[] | null;
}

/**
 * What the competition wants uploaded: one column called as the target, or a column for the probability of each class where
 * there are more than two, or where the sample has them.
 *
 * @param sample full path of the sample submission
 * @param classes ascending; none for a regression
 * @throws CompetitionError where probabilities of several classes are wanted, and the sample's columns are not called as the classes
 */
export async function submissionForm(definition: Competition, task: SubmissionForm['task'], classes: readonly Label[], sample: string | undefined): Promise<SubmissionForm> {
  const values = submissionValues(definition);
  const form: SubmissionForm = { task, target: definition.target, values, classColumns: null };
  if (values === 'labels' || task === 'regression') return form;
  const columns = sample === undefined ? null : (await readCsv(sample)).names.filter((name) => name !== definition.id);
  if (columns === null) return { ...form, classColumns: classes.length <= 2 ? null : classes.map(String) };
  const classColumns = columnsOfClasses(columns, classes);
  if (classColumns === null && classes.length > 2) {
    throw new CompetitionError(
      `${basename(sample as string)}: probabilities of ${classes.length} classes need a column each, called as the class is (${showList(classes, 5)}), with the same words before each or none, got ${showList(columns, 10)}. ` +
        "Rename them, or set submission.values to 'labels'.",
    );
  }
  return { ...form, classColumns };
}

/**
 * The column of each class: `a`, `b` or `Status_a`, `Status_b` for classes a and b.
 * @param columns in any order
 * @returns in the order of the classes; null where the columns are not those of the classes
 */
export function columnsOfClasses(columns: readonly string[], classes: readonly Label[]): string[] | null {
  if (columns.length !== classes.length || columns.length < 2) return null;
  const given = new Set(columns);
  const before = classes.map(String).filter((name) => columns[0].endsWith(name)).map((name) => columns[0].slice(0, columns[0].length - name.length));
  for (const prefix of before) {
    const names = classes.map((label) => `${prefix}${label}`);
    if (names.every((name) => given.has(name))) return names;
  }
  return null;
}

/** The submission's columns besides the id: labels, numbers, the probability of the greater class, or of each. */
export async function submissionColumns(model: object, X: unknown, form: SubmissionForm): Promise<Record<string, ArrayLike<Label>>> {
  const asked = model as { predict(X: unknown): Promise<ArrayLike<Label>>; predictProba(X: unknown): Promise<DenseMatrix> };
  if (form.values === 'labels' || form.task === 'regression') return { [form.target]: await asked.predict(X) };
  return probabilityColumns(await asked.predictProba(X), form);
}

/** The same columns of a fold model's prediction. */
export function predictionColumns({ labels, values, probabilities }: Prediction, form: SubmissionForm): Record<string, ArrayLike<Label>> {
  if (form.task === 'regression') return { [form.target]: values as ArrayLike<number> };
  if (form.values === 'labels') return { [form.target]: labels as ArrayLike<Label> };
  return probabilityColumns(probabilities as DenseMatrix, form);
}

function probabilityColumns(probabilities: DenseMatrix, { target, classColumns }: SubmissionForm): Record<string, ArrayLike<Label>> {
  if (classColumns === null) return { [target]: probabilities.col(1) };
  return Object.fromEntries(classColumns.map((name, k) => [name, probabilities.col(k)]));
}
