import { formatCsv } from '../table/format-csv.ts';
import { Table } from '../table/table.ts';
import { writeFileAtomically } from '../table/write-file-atomically.ts';
import { checkSubmission, type Submission, type SubmissionNeeds } from './check-submission.ts';

/**
 * Writes a submission that will be accepted, or nothing: the columns are put into the sample's order and
 * checked (see checkSubmission) before the file appears, in one piece. Rows stay in the order given.
 *
 * Labels are written as they are: text as it stands, whole numbers whole (`1`), booleans `True` and `False`.
 *
 * @throws SubmissionError with what is wrong; RefitError when the file cannot be written.
 * @example
 * await writeSubmission('submission.csv', { name: test.column('name'), label: await pipeline.predict(X) }, { sample: 'data/sample_submission.csv' });
 */
export async function writeSubmission(path: string, columns: Submission, needs: SubmissionNeeds = {}): Promise<void> {
  const checked = await checkSubmission(columns, needs);
  await writeFileAtomically(path, formatCsv(Table.from(columns).select(checked.names)));
}
