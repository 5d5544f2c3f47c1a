import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { scorer } from '../metrics/scorer.ts';
import type { Competition } from './define-competition.ts';

/** What a submission's column holds of a classification; a regression's holds numbers either way. */
export type SubmissionValues = 'labels' | 'probabilities';

/** As the competition says, else what its metric needs. */
export function submissionValues({ metric, submission }: Pick<Competition, 'metric' | 'submission'>): SubmissionValues {
  return submission.values ?? (['probabilities', 'scores'].includes(scorer(metric).needs) ? 'probabilities' : 'labels');
}

/** @param classes none for a regression @throws CompetitionError for probabilities of more than two classes */
export function checkSubmissionValues(values: SubmissionValues, classes: readonly Label[]): void {
  if (values === 'labels' || classes.length <= 2) return;
  throw new CompetitionError(`Submission: probabilities are written for two classes, there are ${classes.length}. Set submission.values to 'labels'.`);
}

/** What the submission says of rows: labels, numbers, or the probability of the greater class. @throws CompetitionError as checkSubmissionValues does */
export async function submissionColumn(
  model: object,
  X: unknown,
  task: 'classification' | 'regression',
  values: SubmissionValues,
  classes: readonly Label[],
): Promise<ArrayLike<Label>> {
  checkSubmissionValues(values, classes);
  const asked = model as { predict(X: unknown): Promise<ArrayLike<Label>>; predictProba(X: unknown): Promise<DenseMatrix> };
  return values === 'labels' || task === 'regression' ? asked.predict(X) : (await asked.predictProba(X)).col(1);
}

/** The same column of a fold model's prediction. */
export function predictionColumn({ labels, values, probabilities }: Prediction, task: 'classification' | 'regression', wanted: SubmissionValues): ArrayLike<Label> {
  if (task === 'regression') return values as ArrayLike<number>;
  return wanted === 'labels' ? (labels as ArrayLike<Label>) : (probabilities as DenseMatrix).col(1);
}
