import { DataError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { custom, flag, seed, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import { checkCv, iterateSplits, type Cv } from '../model-selection/check-cv.ts';
import { StratifiedShuffleSplit } from '../model-selection/stratified-shuffle-split.ts';
import { interpolate } from './isotonic-fit.ts';
import {
  labelsAbove,
  positiveScores,
  posLabelRule,
  responseMethodRule,
  ThresholdedClassifier,
  type ResponseMethod,
  type ThresholdFitted,
} from './thresholded-classifier.ts';
import { type ClassifierModel, estimatorRule } from './wrapped-classifier.ts';

export interface ThresholdTunerOptions {
  /** A classifier of two classes, or a pipeline that ends in one. Must be given. */
  estimator: ClassifierModel;
  /** What is to be best: the name of a scorer of labels, or a scorer. Default 'balancedAccuracy'. */
  scoring?: ScorerName | Scorer;
  /** What the threshold is on; 'auto' is predictProba where the estimator has it. Default 'auto'. */
  responseMethod?: ResponseMethod;
  /** How many thresholds to try between the least and the greatest score, or which. Default 100. */
  thresholds?: number | readonly number[] | Float64Array;
  /** Folds for out-of-fold scores: a number, a splitter, ready splits, or a share in (0, 1) of rows held out once. Default 5. */
  cv?: Cv;
  /** Whether the estimator learns from all rows in the end; false, for a single split only, keeps the one of its training rows. Default true. */
  refit?: boolean;
  /** The positive label. Default null: the greater of the two. */
  posLabel?: Label | null;
  /** Whether to keep all thresholds with their scores. Default false. */
  storeCvResults?: boolean;
  /** Seed of the split of a share. Default null, which is 0. */
  randomState?: number | null;
}

/** What ThresholdTuner has learned. */
export interface ThresholdTunerFitted extends ThresholdFitted {
  /** Mean score of the folds at `threshold`, in the scorer's own unit and direction. */
  bestScore: number;
  /** All thresholds that were tried, ascending unless given otherwise, with their mean scores; null without storeCvResults. */
  cvResults: { thresholds: Float64Array; scores: Float64Array } | null;
}

interface Curve {
  x: Float64Array;
  y: Float64Array;
}

/**
 * A classifier of two classes whose threshold is the best for a metric on rows that the model has not seen: each
 * fold's scores at many thresholds, joined by straight lines, are averaged over folds, and the best threshold is
 * taken (the first on a tie).
 *
 * X: whatever the estimator takes. `sampleWeight` reaches the estimator and the scorer.
 * `fitted`: estimator, classes, posLabel, responseMethod, threshold, bestScore, cvResults.
 *
 * Counterpart: scikit-learn's TunedThresholdClassifierCV (best_threshold_ is `threshold`); a loss keeps its sign, and
 * there is no cv="prefit", since a threshold is not to be tuned on rows the model may know.
 *
 * @throws OptionError without an estimator or for a scorer that does not take labels; DataError unless y has two
 * classes and scores differ
 * @example
 * const tuned = await new ThresholdTuner({ estimator: new LogisticRegression(), scoring: 'f1' }).fit(X, y);
 * tuned.fitted.threshold; // 0.31
 */
export class ThresholdTuner extends ThresholdedClassifier<ThresholdTunerOptions, ThresholdTunerFitted> {
  static override readonly rules: Rules<ThresholdTunerOptions> = {
    estimator: estimatorRule(),
    scoring: custom<ScorerName | Scorer>('balancedAccuracy', 'the name of a scorer, or a scorer', (v) => typeof v === 'string' || (typeof v === 'object' && v !== null)),
    responseMethod: responseMethodRule(),
    thresholds: custom<number | readonly number[] | Float64Array>(
      100,
      'a whole number of at least 1, or finite numbers',
      (v) =>
        (Number.isInteger(v) && (v as number) >= 1) ||
        ((Array.isArray(v) || v instanceof Float64Array) && v.length > 0 && Array.from(v as ArrayLike<unknown>).every(Number.isFinite)),
      0,
    ),
    cv: custom<Cv>(
      5,
      'a number of folds of at least 2, a share in (0, 1), a splitter or a list of { train, test }',
      (v) => (typeof v === 'number' ? (v > 0 && v < 1) || (Number.isInteger(v) && v >= 2) : typeof v === 'object' && v !== null),
      1,
    ),
    refit: flag(true),
    posLabel: posLabelRule(),
    storeCvResults: flag(false),
    randomState: seed(),
  };

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const classes = this.classesOf(X, y, { binary: true });
    const posLabel = this.positiveOf(classes);
    const responseMethod = this.responseMethod();
    const judge = this.#scorer();
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, y.length);
    const { cv, randomState, refit, thresholds, storeCvResults } = this.options;
    const splitter = typeof cv === 'number' && cv < 1 ? new StratifiedShuffleSplit({ nSplits: 1, testSize: cv, randomState }) : checkCv(this.owner, cv, y, true);
    const splits = [...iterateSplits(splitter, X, y, undefined)];
    if (!refit && splits.length > 1) throw new OptionError(`${this.owner}: refit must be true with several folds, got false for ${splits.length}. Use cv: 0.2.`);

    const curves: Curve[] = [];
    let kept: ClassifierModel | undefined;
    for (const { train, test } of splits) {
      const model = this.options.estimator.clone() as ClassifierModel;
      await model.fit(takeRows(X, train), takeRows(y, train), sampleWeight && { sampleWeight: takeRows(sampleWeight, train) });
      const scores = await positiveScores(model, takeRows(X, test), responseMethod, classes.indexOf(posLabel));
      const yTest = takeRows(y, test);
      const weights = sampleWeight && takeRows(sampleWeight, test);
      const x = typeof thresholds === 'number' ? evenly(minimum(scores), maximum(scores), thresholds) : Float64Array.from(thresholds);
      if (isClose(x[0], x[x.length - 1])) {
        throw new DataError(`${this.owner}: scores must differ for a threshold between them, got ${x[0]} for every row of a fold. Use another estimator.`);
      }
      const values = x.map((threshold) => judge.score(yTest, { classes, labels: labelsAbove(scores, threshold, classes, posLabel) }, { posLabel, sampleWeight: weights }));
      curves.push({ x, y: values });
      kept = model;
    }
    const least = Math.min(...curves.map(({ x }) => minimum(x)));
    const most = Math.max(...curves.map(({ x }) => maximum(x)));
    const tried = typeof thresholds === 'number' ? evenly(least, most, thresholds) : Float64Array.from(thresholds);
    const means = tried.map((threshold) => curves.reduce((sum, curve) => sum + interpolate(curve, threshold), 0) / curves.length);
    const sign = judge.better === 'higher' ? 1 : -1;
    let best = 0;
    for (let i = 1; i < means.length; i++) if (sign * means[i] > sign * means[best]) best = i;

    let model = kept as ClassifierModel;
    if (refit) {
      model = this.options.estimator.clone() as ClassifierModel;
      await model.fit(X, y, sampleWeight && { sampleWeight });
    }
    return this.restore({
      estimator: model.fitted,
      classes,
      posLabel,
      responseMethod,
      threshold: tried[best],
      bestScore: means[best],
      cvResults: storeCvResults ? { thresholds: tried, scores: means } : null,
    });
  }

  #scorer(): Scorer {
    const judge = scorer(this.options.scoring);
    if (judge.needs === 'labels') return judge;
    throw new OptionError(`${this.owner}: scoring must judge labels, which a threshold changes, got ${judge.metricName}. Use 'balancedAccuracy' or 'f1'.`);
  }
}

/** `count` numbers from `from` to `to`, both included. Counterpart: numpy.linspace. */
function evenly(from: number, to: number, count: number): Float64Array {
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  return Float64Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? to : i * step + from));
}

const minimum = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const maximum = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** numpy.isclose. */
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
