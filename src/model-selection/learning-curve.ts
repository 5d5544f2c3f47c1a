import { DataError, OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { completeOptions, custom, flag, seed, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { InOf } from '../pipeline/stage.ts';
import { storedLabels } from '../table/stored-labels.ts';
import { checkCv, iterateSplits } from './check-cv.ts';
import { curveRules, foldScores, type CurveOptions } from './curve-scores.ts';
import { evaluateVariants } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel } from './judged-model.ts';
import { isClassifier, type Model } from './model.ts';

export interface LearningCurveOptions extends CurveOptions {
  /** Rows to learn from: shares of a fold's training rows in (0, 1], or numbers of 2 and more. Default [0.1, 0.325, 0.55, 0.775, 1]. */
  trainSizes?: ArrayLike<number>;
  /** Whether each fold's training rows are shuffled before the first ones are taken. Default false. */
  shuffle?: boolean;
  /** Seed of the shuffling. Default null, which is 0. */
  randomState?: number | null;
}

export interface LearningCurve {
  /** Rows learned from at each point, ascending. */
  trainSizes: Int32Array;
  /** points × folds: scores on the rows that were learned from, in the scorer's own sign. */
  trainScores: DenseMatrix;
  /** points × folds: scores on the rows that were left out. */
  testScores: DenseMatrix;
}

const isShare = (v: unknown): boolean => typeof v === 'number' && v > 0 && v <= 1;
const isCount = (v: unknown): boolean => Number.isSafeInteger(v) && (v as number) >= 2;
const isList = (v: unknown): v is ArrayLike<unknown> => typeof v === 'object' && v !== null && (v as { length?: number }).length! > 0;

const rules: Rules<LearningCurveOptions> = {
  ...curveRules,
  trainSizes: custom<ArrayLike<number>>(
    [0.1, 0.325, 0.55, 0.775, 1],
    'a list of shares in (0, 1], or of whole numbers of at least 2',
    (v) => isList(v) && (Array.from(v).every(isShare) || Array.from(v).every(isCount)),
    [0.5, 20],
  ),
  shuffle: flag(false),
  randomState: seed(),
};

const owner = 'learningCurve';

/**
 * Scores on training and test rows for ever more rows to learn from: where the test scores still rise, more rows would help; where both have met, only
 * another model would.
 *
 * X: rows of what the model takes. y: one label or number per row. Each point takes the first rows of a fold's training rows; with labels in order set
 * `shuffle`. Shares are of the first fold's training rows.
 *
 * Counterpart: scikit-learn's learning_curve; the same seed shuffles alike, losses keep their sign. Up to 1 a size is a share. Without
 * `exploit_incremental_learning`, `error_score` and `return_times`.
 *
 * @throws OptionError for more rows than a fold has to learn from; what crossValidate throws
 * @example
 * const { trainSizes, testScores } = await learningCurve(model, X, y, { shuffle: true, scoring: 'rocAuc' });
 */
export async function learningCurve<M extends Model>(model: M, X: InOf<M>, given: Labels, options: LearningCurveOptions = {}): Promise<LearningCurve> {
  const { cv, scoring, groups, workers, signal, shuffle, randomState, ...rest } = completeOptions<LearningCurveOptions>(owner, options, rules);
  const y = storedLabels(given);
  checkSameRows(owner, { X, y, groups: groups ?? undefined });
  const sampleWeight = checkSampleWeight(owner, rest.sampleWeight ?? undefined, y.length);
  const judged = judgedModel(owner, model, y, scoring);
  const folds = [...iterateSplits(checkCv(owner, cv, y, isClassifier(model)), X, y, groups ?? undefined)];
  if (folds.length === 0) throw new DataError(`${owner}: cv must give at least one split, got none.`);
  const trainSizes = numbersOf(rest.trainSizes, folds[0].train.length);
  const random = new RandomState(randomState);
  const splits = folds.flatMap(({ train, test }) => {
    const rows = shuffle ? random.permutation(Int32Array.from(train)) : train;
    return Array.from(trainSizes, (size) => ({ train: rows.slice(0, size), test }));
  });
  const shared = { also: null, keepEstimators: true, errors: 'throw', onFold: null } as const;
  const { variants } = await evaluateVariants([judged], { ...shared, rows: new HoistedRows(X), y, sampleWeight, splits, workers, signal });
  const trainScores = new DenseMatrix(trainSizes.length, folds.length);
  const testScores = new DenseMatrix(trainSizes.length, folds.length);
  for (const [s, fold] of variants[0].entries()) {
    const scores = await foldScores(owner, judged, fold, { X, y, sampleWeight });
    const [point, f] = [s % trainSizes.length, Math.floor(s / trainSizes.length)];
    trainScores.row(point)[f] = scores.train;
    testScores.row(point)[f] = scores.test;
  }
  return { trainSizes, trainScores, testScores };
}

/** Numbers of rows, ascending and each once. */
function numbersOf(sizes: ArrayLike<number>, most: number): Int32Array {
  const list = Array.from(sizes);
  const counts = list.every(isShare) ? list.map((share) => Math.max(1, Math.floor(share * most))) : list;
  if (Math.max(...counts) > most) throw new OptionError(`${owner}: trainSizes must be at most the training rows of a fold, ${most}, got ${showList(list.map(String))}.`);
  return Int32Array.from(new Set(counts)).sort();
}
