import { classScores, type ClassScores } from './class-scores.ts';
import { keptBy } from './kept-by.ts';
import type { ReportData } from './report-data.ts';

/** What calling a row positive from a threshold on gives, out of fold. */
export interface ThresholdScores {
  threshold: number;
  accuracy: number;
  precision: number;
  recall: number;
  f1: number;
  /** Share of rows called positive. */
  positive: number;
}

/** Probabilities at which the winner's scores are told. */
const THRESHOLDS = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** The winner's scores at each threshold of the second class's probability. @returns undefined without two classes or probabilities */
export function thresholdScores(data: ReportData): ThresholdScores[] | undefined {
  const { classes, winner } = data.record;
  if (classes.length !== 2 || data.outOfFold[winner]?.probabilities === undefined) return undefined;
  const scores = classScores(data, winner, 1);
  return scores === undefined || scores.truth.length === 0 ? undefined : atThresholds(scores);
}

const atThresholds = keptBy(({ truth, score }: ClassScores): ThresholdScores[] => {
  const rows = truth.length;
  const positives = truth.reduce<number>((sum, one) => sum + one, 0);
  return THRESHOLDS.map((threshold) => {
    let called = 0;
    let right = 0;
    for (let i = 0; i < rows; i++) {
      if (score[i] < threshold) continue;
      called++;
      right += truth[i];
    }
    const precision = called === 0 ? Number.NaN : right / called;
    const recall = positives === 0 ? Number.NaN : right / positives;
    return {
      threshold,
      accuracy: (right + (rows - positives) - (called - right)) / rows,
      precision,
      recall,
      f1: (2 * right) / (called + positives),
      positive: called / rows,
    };
  });
});
