import type { Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { custom, integer, optional, type Rules } from '../core/rules.ts';
import type { Cv } from './check-cv.ts';
import type { FoldEvaluation } from './evaluate-variants.ts';
import type { judgedModel, Scoring } from './judged-model.ts';
import { predictRows } from './predict-rows.ts';

/** What validationCurve and learningCurve share. */
export interface CurveOptions {
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How to judge predictions. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** One group per row, for group splitters. Default null. */
  groups?: Labels | null;
  /** One weight per row; it reaches `fit` and the scorer. Default null: every row 1. */
  sampleWeight?: ArrayLike<number> | null;
  /** How many threads to work in, see crossValidate. Default null: one per core. */
  workers?: number | null;
  /** Stops the work with the signal's reason. Default null. */
  signal?: AbortSignal | null;
}

const isList = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v;

export const curveRules: Rules<CurveOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null)),
  scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
  groups: custom<Labels | null>(null, 'one group per row, or null', (v) => v === null || isList(v), 0),
  sampleWeight: custom<ArrayLike<number> | null>(null, 'one weight per row, or null', (v) => v === null || isList(v), 0),
  workers: optional(integer(1, { min: 1 })),
  signal: custom<AbortSignal | null>(null, 'an AbortSignal, or null', (v) => v === null || v instanceof AbortSignal, 0),
};

/** Scores of a fold's model, which was kept: on the rows that it learned from, and on those that were left out. */
export async function foldScores(
  owner: string,
  { scorers, methods, classes }: ReturnType<typeof judgedModel>,
  fold: FoldEvaluation,
  { X, y, sampleWeight }: { X: unknown; y: Labels; sampleWeight: Float64Array | undefined },
): Promise<{ train: number; test: number }> {
  const { estimator, train, scores } = (fold as Extract<FoldEvaluation, { result: unknown }>).result;
  const prediction = await predictRows(estimator as object, takeRows(X as never, train), methods, classes, owner);
  const weights = sampleWeight && { sampleWeight: takeRows(sampleWeight, train) };
  return { train: scorers[0].score(takeRows(y, train), prediction, weights), test: scores[scorers[0].metricName] };
}
