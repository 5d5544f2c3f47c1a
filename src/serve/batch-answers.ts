import { basename } from 'node:path';
import { checkColumns, featureValues, idColumn, readAsInTraining } from '../competition/competition-data.ts';
import { csvOptions } from '../competition/csv-format.ts';
import { checkSubmission } from '../competition/check-submission.ts';
import { submissionColumns } from '../competition/submission-form.ts';
import { RefitError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { canPredict } from '../model-selection/model.ts';
import type { LoadedModel } from '../persistence/load-model.ts';
import { columnFields, formatCsv } from '../table/format-csv.ts';
import { Table } from '../table/table.ts';
import type { ModelForm } from './model-form.ts';
import type { OutputFile } from './outputs/file.ts';
import type { UploadedFile } from './uploaded-file.ts';
import { UserError } from './user-error.ts';

/** What was made of an uploaded CSV: a sentence, the rows' predictions, and the file to take away. */
export type BatchAnswer = [said: string, predictions: Table, file: OutputFile];

/**
 * Predicts every row of an uploaded CSV. Where its ids are those of the test set, the answer is a submission, checked
 * against the sample; else it is a table of predictions, with the probability of each class where the model knows them.
 * @throws UserError for a file that cannot be read, or lacks a column
 */
export async function batchAnswer(form: ModelForm, model: LoadedModel, upload: UploadedFile): Promise<BatchAnswer> {
  try {
    return await answer(form, model, upload);
  } catch (error) {
    // What is wrong with the caller's own file the caller may know.
    if (error instanceof RefitError && !(error instanceof UserError)) throw new UserError(error.message.replaceAll(upload.path, upload.name), { title: 'This file cannot be predicted', cause: error });
    throw error;
  }
}

async function answer(form: ModelForm, model: LoadedModel, upload: UploadedFile): Promise<BatchAnswer> {
  const { id, target, features, kinds, task, classes } = form;
  const file = basename(upload.path);
  const rows = await readAsInTraining(upload.path, { ...csvOptions(form), ids: [id], types: kinds }, form.trainFile);
  checkColumns(file, rows, features, {});
  if (rows.rows === 0) throw new UserError(`${file}: it must have rows below its header, got none.`);
  const notes: string[] = [];
  const X = featureValues(rows, file, features, notes);
  const hasIds = rows.has(id);
  const ids: Label[] = hasIds ? idColumn(file, rows, id) : Array.from({ length: rows.rows }, (_, i) => i + 1);
  const submission = { [hasIds ? id : 'row']: ids, ...(await submissionColumns(model, X, { task, target, values: form.submissionValues, classColumns: form.classColumns })) };
  if (hasIds && isTestSet(columnFields(rows.data(id)), form.testIds)) {
    const checked = await checkSubmission(submission, { ...(form.sample !== null && { sample: form.sample }), testIds: ids, id });
    const said = `These are the ${ids.length} rows of the test set: a submission, checked${form.sample === null ? '' : ' against the sample'}.`;
    return [[said, ...notes].join(' '), Table.from(submission), { name: 'submission.csv', content: formatCsv(Table.from(submission).select(checked.names)) }];
  }
  let predictions = Table.from(submission);
  if (task === 'classification' && canPredict(model, 'predictProba')) {
    const probabilities = await model.predictProba(X);
    const labels = await model.predict(X);
    predictions = Table.from({ [hasIds ? id : 'row']: ids, [target]: labels, ...Object.fromEntries(classes.map((label, k) => [`P(${label})`, probabilities.col(k)])) });
  }
  const said = `${ids.length} rows predicted.${hasIds ? '' : ` There is no column ${id}: rows are numbered.`}`;
  return [[said, ...notes].join(' '), predictions, { name: 'predictions.csv', content: formatCsv(predictions) }];
}

function isTestSet(ids: readonly string[], testIds: readonly string[]): boolean {
  if (ids.length !== testIds.length) return false;
  const known = new Set(testIds);
  return ids.every((one) => known.has(one));
}
