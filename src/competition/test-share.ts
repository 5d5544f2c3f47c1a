import type { RunRecord } from './run-record.ts';

/**
 * A fold's test rows divided by its training rows, for pairedDifference: folds are of equal size, so that one holds 1/(k − 1) of
 * what the others hold; in the order of time training rows become more from fold to fold, and the folds' mean counts.
 */
export function testShare({ nSplits, inTime }: RunRecord['cv']): number {
  if (inTime === undefined) return 1 / (nSplits - 1);
  return inTime.folds.reduce((sum, { train, test }) => sum + test.rows / train.rows, 0) / inTime.folds.length;
}
