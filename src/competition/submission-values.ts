import { scorer } from '../metrics/scorer.ts';
import type { Competition } from './define-competition.ts';

/** What a submission holds of a classification; a regression's holds numbers either way. */
export type SubmissionValues = 'labels' | 'probabilities';

/** As the competition says, else what its metric needs. */
export function submissionValues({ metric, submission }: Pick<Competition, 'metric' | 'submission'>): SubmissionValues {
  return submission.values ?? (['probabilities', 'scores'].includes(scorer(metric).needs) ? 'probabilities' : 'labels');
}
