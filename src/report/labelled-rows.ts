import type { Label } from '../core/labels.ts';
import type { ReportData } from './report-data.ts';

/** True and predicted labels of the rows that a pipeline predicted out of fold. */
export function labelledRows({ y, outOfFold }: ReportData, pipeline: string): { yTrue: Label[]; yPred: Label[] } {
  const { folds, labels } = outOfFold[pipeline];
  const yTrue: Label[] = [];
  const yPred: Label[] = [];
  for (let i = 0; i < folds.length; i++) {
    if (folds[i] < 0) continue;
    yTrue.push(y[i]);
    yPred.push(labels[i]);
  }
  return { yTrue, yPred };
}
