import type { RunRecord } from '../competition/run-record.ts';

/** How a run was validated, in a few words. */
export function validationText({ nSplits, inTime }: RunRecord['cv'], seed: number): string {
  return `${nSplits} folds${inTime ? ` in the order of ${inTime.column ?? 'the rows'}` : ''}, seed ${seed}`;
}
