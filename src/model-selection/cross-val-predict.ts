import { DataError, OptionError, RefitError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows, takeRows } from '../core/rows.ts';
import { choice, completeOptions, custom, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { InOf, PredictionOf } from '../pipeline/stage.ts';
import { alignColumns, alignScores } from './align-classes.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { askModel, canPredict, isClassifier, learnedBy, ownerOf, predictorOf, type Model, type PredictionMethod } from './model.ts';

export interface CrossValPredictOptions<Method extends PredictionMethod = PredictionMethod> {
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** What to ask the models. Default 'predict'. */
  method?: Method;
  /** One group per row, for group splitters. Default none. */
  groups?: Labels | null;
  /** One weight per row, for `fit`. Default: every row 1. */
  sampleWeight?: ArrayLike<number> | null;
  /** Stops between folds with the signal's reason. */
  signal?: AbortSignal | null;
}

/** What a method gives for all rows together. */
export type PredictedRows<M, Method extends PredictionMethod> = Method extends 'predict'
  ? PredictionOf<M>
  : Method extends 'decisionFunction'
    ? Float64Array | DenseMatrix
    : DenseMatrix;

const owner = 'crossValPredict';
const isObject = (v: unknown): boolean => typeof v === 'object' && v !== null;

const rules: Rules<CrossValPredictOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || isObject(v)),
  method: choice<PredictionMethod>('predict', ['predict', 'predictProba', 'predictLogProba', 'decisionFunction']),
  groups: optional(custom<Labels | null>(null, 'one group per row', isObject)),
  sampleWeight: optional(custom<ArrayLike<number> | null>(null, 'one weight per row', isObject)),
  signal: optional(custom<AbortSignal | null>(null, 'an AbortSignal', (v) => v instanceof AbortSignal)),
};

/**
 * For every row, what a model says of it that was fitted without its fold. Columns stand for all classes,
 * ascending; a class that a fold's training rows lack gets probability 0, or the least double.
 *
 * Counterpart: scikit-learn's cross_val_predict.
 * @throws DataError unless the test folds hold every row exactly once
 * @example
 * const proba = await crossValPredict(model, X, y, { cv: 5, method: 'predictProba' });
 */
export async function crossValPredict<M extends Model, const Method extends PredictionMethod = 'predict'>(
  model: M,
  X: InOf<M>,
  y: Labels,
  options: CrossValPredictOptions<Method> = {},
): Promise<PredictedRows<M, Method>> {
  const complete = completeOptions<CrossValPredictOptions>(owner, options, rules);
  const { method, signal } = complete;
  const groups = complete.groups ?? undefined;
  checkSameRows(owner, { X, y, groups });
  const sampleWeight = checkSampleWeight(owner, complete.sampleWeight ?? undefined, y.length);
  if (!canPredict(model, method)) {
    throw new OptionError(`${owner}: the model must have ${method}, ${ownerOf(predictorOf(model))} has none. Use another method or model.`);
  }
  const splits = [...iterateSplits(checkCv(owner, complete.cv, y, isClassifier(model)), X, y, groups)];
  checkPartition(splits.map(({ test }) => test), y.length);
  const classes = method === 'predict' ? [] : uniqueLabels(owner, y);

  signal?.throwIfAborted();
  const hoisted = new HoistedRows(X).for(model);
  const parts: RowValues[] = [];
  for (const [fold, { train, test }] of splits.entries()) {
    signal?.throwIfAborted();
    try {
      const estimator = model.clone();
      await estimator.fit(takeRows(hoisted, train), takeRows(y, train), sampleWeight && { sampleWeight: takeRows(sampleWeight, train) });
      const answers = await askModel(estimator, takeRows(hoisted, test), [method]);
      parts.push(aligned(estimator, answers.get(method) as RowValues, method, classes));
    } catch (error) {
      if (error instanceof RefitError) error.message = `fold ${fold + 1}: ${error.message}`;
      throw error;
    }
  }
  return inRowOrder(parts, splits.map(({ test }) => test), y.length) as PredictedRows<M, Method>;
}

type RowValues = DenseMatrix | Float64Array | readonly Label[];

function aligned(model: Model, values: RowValues, method: PredictionMethod, classes: readonly Label[]): RowValues {
  if (method === 'predict') return values;
  const predictor = predictorOf(model);
  const learned = learnedBy(predictor).classes ?? classes;
  if (method === 'decisionFunction') return alignScores(ownerOf(predictor), values as Float64Array | DenseMatrix, learned, classes);
  return alignColumns(ownerOf(predictor), values as DenseMatrix, learned, classes, method === 'predictProba' ? 0 : -Number.MAX_VALUE);
}

function checkPartition(tests: readonly Int32Array[], rows: number): void {
  const times = new Int32Array(rows);
  for (const test of tests) for (const row of test) times[row]++;
  const row = times.findIndex((count) => count !== 1);
  if (row < 0) return;
  throw new DataError(`${owner}: cv must test every row exactly once, row ${row} is tested ${times[row]} times. Use crossValidate, or a k-fold splitter.`);
}

function inRowOrder(parts: readonly RowValues[], tests: readonly Int32Array[], rows: number): RowValues {
  const [first] = parts;
  if (first instanceof DenseMatrix) {
    const all = new DenseMatrix(rows, first.cols);
    parts.forEach((part, fold) => tests[fold].forEach((row, i) => all.row(row).set((part as DenseMatrix).row(i))));
    return all;
  }
  const all: Float64Array | Label[] = first instanceof Float64Array ? new Float64Array(rows) : Array.from({ length: rows }, () => '');
  parts.forEach((part, fold) => tests[fold].forEach((row, i) => (all[row] = (part as Label[])[i] as never)));
  return all;
}
