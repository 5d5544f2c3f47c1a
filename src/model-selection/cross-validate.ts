import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { checkSameRows, rowCount } from '../core/rows.ts';
import { completeOptions, custom, flag, integer, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import type { InOf } from '../pipeline/stage.ts';
import { storedLabels } from '../table/stored-labels.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { CrossValidation, type FoldResult } from './cross-validation.ts';
import { evaluateVariants, type FoldEvaluation } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel, type Scoring, type ScoringNames } from './judged-model.ts';
import type { Model } from './model.ts';
import { collectOutOfFold } from './out-of-fold.ts';

export type { Scoring, ScoringNames } from './judged-model.ts';

export interface CrossValidateOptions<M = unknown, S extends Scoring | readonly Scoring[] = Scoring | readonly Scoring[]> {
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How to judge the predictions. Default: accuracy for classifiers, else r2. */
  scoring?: S | null;
  /** One group per row, for group splitters. Default none. */
  groups?: Labels | null;
  /** One weight per row; it reaches `fit` and the scorers. Default: every row 1. */
  sampleWeight?: ArrayLike<number> | null;
  /** Whether to keep each fold's fitted model. Default false. */
  returnEstimator?: boolean;
  /**
   * How many threads to work in; 1 works in this one. The result does not depend on it, and little work is done in this
   * thread in any case. Threads wait three seconds for the next evaluation; they keep no process alive. A model with functions as options, or of a class of your own, stays in this thread.
   * Default null: one per core.
   */
  workers?: number | null;
  /** Stops the work with the signal's reason: at once in threads, between folds in this one. */
  signal?: AbortSignal | null;
  /** Called after each fold; with several workers folds may be done in another order than theirs. */
  onFold?: ((fold: FoldResult<M, ScoringNames<S>>, nSplits: number) => void) | null;
}

const isList = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v;

const rules: Rules<CrossValidateOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null)),
  scoring: custom(null, 'a scorer name, a Scorer, a list of them, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object' || typeof v === 'function', 0),
  groups: custom(null, 'one group per row, or null', (v) => v === null || isList(v), 0),
  sampleWeight: custom(null, 'one weight per row, or null', (v) => v === null || isList(v), 0),
  returnEstimator: flag(false),
  workers: optional(integer(1, { min: 1 })),
  signal: custom(null, 'an AbortSignal, or null', (v) => v === null || v instanceof AbortSignal, 0),
  onFold: custom(null, 'a function, or null', (v) => v === null || typeof v === 'function', 0),
};

/**
 * Judges a model on rows that it has not seen: for each split, a copy is fitted on the training rows and asked
 * about the test rows. Nothing learned passes from one fold to another, nor to `model`, which stays unfitted.
 *
 * X: rows of what the model takes. y: one label or number per row. Every fold is asked once per kind of prediction,
 * whatever the number of scorers. Where a fold's training rows lack a class, its probability is 0 and its decision
 * value the least double, as in scikit-learn's cross_val_predict, so that columns always stand for the same classes.
 * Work of the first stage that depends on no other row (tokenising) is done once for all folds.
 *
 * Counterpart: scikit-learn's cross_validate; errors within a fold are thrown, and `sampleWeight` also weighs the scores.
 *
 * @throws OptionError, ShapeError, DataError; errors of the model name the fold
 * @example
 * const cv = await crossValidate(pipeline, X, y, { cv: new StratifiedKFold({ nSplits: 5 }), scoring: ['accuracy', 'rocAuc'] });
 * cv.summary().accuracy.mean;
 */
export async function crossValidate<M extends Model, const S extends Scoring | readonly Scoring[]>(
  model: M,
  X: InOf<M>,
  given: Labels,
  options: CrossValidateOptions<M, S> = {},
): Promise<CrossValidation<M, ScoringNames<S>>> {
  type Name = ScoringNames<S>;
  const complete = completeOptions<CrossValidateOptions<M, S>>(owner, options, rules as Rules<CrossValidateOptions<M, S>>);
  const { returnEstimator, signal, onFold } = complete;
  const groups = complete.groups ?? undefined;
  if (given == null) throw new DataError(`${owner}: y must be given, got ${show(given)}. Pass one label or number per row.`);
  const y = storedLabels(given);
  checkSameRows(owner, { X, y, groups });
  const sampleWeight = checkSampleWeight(owner, complete.sampleWeight ?? undefined, y.length);
  const judged = judgedModel(owner, model, y, complete.scoring, true);
  const splitter = checkCv(owner, complete.cv, y, judged.classes !== null);
  const splits = [...iterateSplits(splitter, X, y, groups)];
  if (splits.length === 0) throw new DataError(`${owner}: cv must give at least one split, got none.`);

  const { variants, inlineReason } = await evaluateVariants([judged], {
    rows: new HoistedRows(X),
    y,
    sampleWeight,
    splits,
    also: null,
    keepEstimators: returnEstimator,
    workers: complete.workers,
    signal,
    errors: 'throw',
    onFold: onFold && ((_, fold) => onFold(fold as FoldResult<M, Name>, splits.length)),
  });
  const folds = variants[0] as Extract<FoldEvaluation, { result: unknown }>[];
  const warnings = splitter.warnings?.(y, groups) ?? [];
  // Whoever asks for threads should know that there were none.
  if (complete.workers !== null && inlineReason !== undefined) warnings.push(`${owner}: one thread did all the work, since ${inlineReason}.`);
  const predictions = folds.map(({ result, prediction }) => ({ test: result.test, prediction }));
  return new CrossValidation<M, Name>(
    folds.map(({ result }) => result as FoldResult<M, Name>),
    collectOutOfFold(rowCount(X), predictions),
    judged.scorers,
    warnings,
  );
}

const owner = 'crossValidate';
