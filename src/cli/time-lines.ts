import type { RunRecord } from '../competition/run-record.ts';
import { timeFoldsSentence } from '../competition/time-folds-sentence.ts';

/** A line that says which rows were scored, where folds are in the order of time; else none. */
export function timeLines({ competition, cv }: Pick<RunRecord, 'competition' | 'cv'>): string[] {
  return cv.inTime ? [timeFoldsSentence(cv.inTime, competition.trainRows)] : [];
}
