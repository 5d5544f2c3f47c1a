import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import { judgedModel } from '../model-selection/judged-model.ts';
import type { Model } from '../model-selection/model.ts';
import { predictRows } from '../model-selection/predict-rows.ts';
import type { Split } from '../model-selection/splitter.ts';
import type { ScorerName } from '../metrics/scorer.ts';
import type { LearningCurve } from './diagnostics.ts';

const SHARES = [1 / 8, 1 / 4, 1 / 2];
/** Folds that are asked; each share is learned from once in each. */
const MOST_FOLDS = 3;

/**
 * A model's score on the test rows of a few folds when it learns from an eighth, a quarter and a half of their training rows,
 * drawn with the seed, ended by the scores that the cross-validation found with all of them.
 * @param full the model's score in each fold
 * @returns null where a share would hold too few rows to learn from
 */
export async function learningCurve(
  model: Model,
  X: unknown,
  y: readonly Label[],
  splits: readonly Split[],
  full: readonly number[],
  metric: ScorerName,
  seed: number,
): Promise<LearningCurve | null> {
  const folds = splits.slice(0, MOST_FOLDS);
  const { scorers, methods, classes } = judgedModel('refit run', model, y as never, metric);
  const most = Math.min(...folds.map(({ train }) => train.length));
  const sizes = SHARES.map((share) => Math.floor(share * most));
  if (sizes[0] < 10) return null;
  const byRows: number[][] = sizes.map(() => []);
  for (const { train, test } of folds) {
    const order = new RandomState(seed).permutation(train.length);
    const [Xtest, ytest] = [takeRows(X as never, test), takeRows(y as never, test)];
    for (const [s, size] of sizes.entries()) {
      const rows = order.slice(0, size).sort().map((place) => train[place]);
      const copy = model.clone() as Model;
      const ytrain = takeRows(y as never, rows) as Label[];
      // A small share may hold one class only.
      if (classes !== null && new Set(ytrain).size < classes.length) return null;
      await copy.fit(takeRows(X as never, rows) as never, ytrain as never);
      byRows[s].push(scorers[0].score(ytest as never, await predictRows(copy, Xtest, methods, classes)) as number);
    }
  }
  const all = [...byRows, full.slice(0, MOST_FOLDS)];
  const meanOf = (scores: readonly number[]): number => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const mean = all.map(meanOf);
  const std = all.map((scores, s) => Math.sqrt(meanOf(scores.map((score) => (score - mean[s]) ** 2))));
  return { rows: [...sizes, most], mean, std, folds: folds.length };
}
