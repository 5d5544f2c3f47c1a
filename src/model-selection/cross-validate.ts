import { DataError, OptionError } from '../core/errors.ts';
import { uniqueLabels, type Labels } from '../core/labels.ts';
import { checkSameRows, rowCount } from '../core/rows.ts';
import { completeOptions, custom, flag, integer, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import type { InOf } from '../pipeline/stage.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { CrossValidation, type FoldResult } from './cross-validation.ts';
import { fitAndScore } from './fit-and-score.ts';
import { hoistStateless } from './hoist-stateless.ts';
import { canPredict, isClassifier, ownerOf, predictorOf, type Model, type PredictionMethod } from './model.ts';
import { collectOutOfFold, type FoldPrediction } from './out-of-fold.ts';

/** A scorer by name, or one of your own. */
export type Scoring = ScorerName | Scorer;

/** The names under which the scores of `scoring` are kept. */
export type ScoringNames<S> = S extends readonly (infer One)[] ? ScoringNames<One> : S extends string ? S : string;

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
  /** How many folds to work on at once. The result does not depend on it. Default 1. */
  workers?: number;
  /** Stops between folds with the signal's reason. */
  signal?: AbortSignal | null;
  /** Called after each fold. */
  onFold?: ((fold: FoldResult<M, ScoringNames<S>>, nSplits: number) => void) | null;
}

const isList = (v: unknown): boolean => typeof v === 'object' && v !== null && 'length' in v;

const rules: Rules<CrossValidateOptions> = {
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null)),
  scoring: custom(null, 'a scorer name, a Scorer, a list of them, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object' || typeof v === 'function', 0),
  groups: custom(null, 'one group per row, or null', (v) => v === null || isList(v), 0),
  sampleWeight: custom(null, 'one weight per row, or null', (v) => v === null || isList(v), 0),
  returnEstimator: flag(false),
  workers: integer(1, { min: 1 }),
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
  y: Labels,
  options: CrossValidateOptions<M, S> = {},
): Promise<CrossValidation<M, ScoringNames<S>>> {
  type Name = ScoringNames<S>;
  const complete = completeOptions<CrossValidateOptions<M, S>>(owner, options, rules as Rules<CrossValidateOptions<M, S>>);
  const { returnEstimator, signal, onFold } = complete;
  const groups = complete.groups ?? undefined;
  if (y == null) throw new DataError(`${owner}: y must be given, got ${show(y)}. Pass one label or number per row.`);
  checkSameRows(owner, { X, y, groups });
  const sampleWeight = checkSampleWeight(owner, complete.sampleWeight ?? undefined, y.length);
  const classifier = isClassifier(model) || typeof y[0] !== 'number';
  const scorers = resolveScoring(complete.scoring ?? (classifier ? 'accuracy' : 'r2'), model);
  const splitter = checkCv(owner, complete.cv, y, classifier);
  const nSplits = splitter.getNSplits(X, y, groups);

  signal?.throwIfAborted();
  const task = {
    model,
    X: await hoistStateless(model, X),
    y,
    classes: classifier ? uniqueLabels(owner, y) : null,
    methods: methodsFor(scorers, model, classifier),
    scorers,
    sampleWeight,
  };
  const folds: FoldResult<M, Name>[] = [];
  const predictions: FoldPrediction[] = [];
  for (const split of iterateSplits(splitter, X, y, groups)) {
    await breathe();
    signal?.throwIfAborted();
    const { estimator, prediction, ...outcome } = await fitAndScore({ ...task, split, fold: folds.length });
    const result = { fold: folds.length, ...split, ...outcome, ...(returnEstimator && { estimator }) } as unknown as FoldResult<M, Name>;
    folds.push(result);
    predictions.push({ test: split.test, prediction });
    onFold?.(result, nSplits);
  }
  if (folds.length === 0) throw new DataError(`${owner}: cv must give at least one split, got none.`);
  const warnings = splitter.warnings?.(y, groups) ?? [];
  return new CrossValidation<M, Name>(folds, collectOutOfFold(rowCount(X), predictions), scorers, warnings);
}

const owner = 'crossValidate';

/** Lets timers and signals have their turn between folds, whose work may never wait. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** @throws OptionError for an unknown or double scorer, or one that asks for what the model cannot tell. */
function resolveScoring(scoring: Scoring | readonly Scoring[], model: Model): Scorer[] {
  const list = Array.isArray(scoring) ? (scoring as readonly Scoring[]) : [scoring as Scoring];
  if (list.length === 0) throw new OptionError(`${owner}: scoring must name at least one scorer, got none.`);
  const scorers = list.map((one) => scorer(one));
  const names = new Set<string>();
  for (const { metricName, needs } of scorers) {
    if (names.has(metricName)) throw new OptionError(`${owner}: scorers must be distinct, ${metricName} stands twice.`);
    names.add(metricName);
    const methods: PredictionMethod[] = needs === 'probabilities' ? ['predictProba'] : needs === 'scores' ? ['predictProba', 'decisionFunction'] : [];
    if (methods.length > 0 && !methods.some((method) => canPredict(model, method))) {
      throw new OptionError(`${owner}: ${metricName} needs ${methods.join(' or ')}, ${ownerOf(predictorOf(model))} has none. Use another scorer or model.`);
    }
  }
  return scorers;
}

/** Labels always; probabilities where the model has them; decision values where a scorer ranks by them or there is nothing else. */
function methodsFor(scorers: readonly Scorer[], model: Model, classifier: boolean): PredictionMethod[] {
  const methods: PredictionMethod[] = ['predict'];
  if (!classifier) return methods;
  const probabilities = canPredict(model, 'predictProba');
  if (probabilities) methods.push('predictProba');
  const ranks = scorers.some(({ needs }) => needs === 'scores');
  if ((ranks || !probabilities) && canPredict(model, 'decisionFunction')) methods.push('decisionFunction');
  return methods;
}

