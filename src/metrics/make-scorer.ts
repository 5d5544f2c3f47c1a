import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { compareLabels, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MetricInfo, MetricNeeds } from './metric.ts';
import type { ScoreRows } from './score-matrix.ts';

/** What a model says of some rows; a scorer takes what it needs. */
export interface Prediction {
  /** The classes that the model knows, ascending: the columns of `probabilities` and of a matrix of `scores`. */
  classes?: readonly Label[];
  /** One predicted label per row. */
  labels?: Labels;
  /** Of a model of several labels a row: rows × labels of 0 and 1. */
  labelRows?: ScoreRows;
  /** Rows × classes. */
  probabilities?: DenseMatrix;
  /** Decision values: for two classes one per row, larger for the greater class; else rows × classes. */
  scores?: Float64Array | DenseMatrix;
  /** One predicted number per row, for regression. */
  values?: ArrayLike<number>;
}

export interface ScoreOptions {
  /** One non-negative weight per row. Default: every row 1. */
  sampleWeight?: ArrayLike<number>;
  /** The positive one of two classes. Default: the greater one. */
  posLabel?: Label;
}

/** A metric that scores a whole prediction: it takes what it needs of it and knows which direction is better. */
export interface Scorer extends MetricInfo {
  /** The text of the metric's own function: another text may be another metric, whatever its name. */
  readonly text?: string;
  score(yTrue: ArrayLike<any>, prediction: Prediction, options?: ScoreOptions): number;
}

/** What a scorer hands to its metric besides yTrue. */
export interface ScoringContext {
  /** Ascending: the model's classes, and others that occur; empty for regression. */
  classes: readonly Label[];
  /** The positive class: `posLabel`, or the greater of the classes. */
  positive: Label | undefined;
}

/** What a metric of one's own must say of itself; a metric of this library says it already. */
export interface MakeScorerOptions {
  /** Default: the metric's own; must be given for a plain function. */
  better?: 'higher' | 'lower';
  /** Default: the metric's own, or (−∞, ∞). */
  range?: readonly [number, number];
  /** What the metric takes as yPred. Default: the metric's own, or 'labels'. */
  needs?: MetricNeeds;
  /** Options for the metric, or what makes them of the classes. Default: none. */
  options?: object | ((context: ScoringContext) => object);
}

/**
 * A scorer of a metric function (yTrue, yPred, options) → number.
 *
 * As yPred the metric gets labels, values, scores or probabilities, as `needs` says. For two classes scores
 * and probabilities are one number per row, larger for the positive class; for more they are rows × classes.
 * Scores fall back on probabilities for models without decision values. The metric's options are `options`,
 * and `sampleWeight` where given.
 *
 * Counterpart: scikit-learn's make_scorer; `better` stands for greater_is_better, but losses keep their sign.
 *
 * @throws OptionError for a function that says no direction; DataError, when scoring, for what the prediction lacks, and for a metric that returns no number
 * @example
 * const kappa = makeScorer('quadraticKappa', cohenKappaScore, { options: { weights: 'quadratic' } });
 * await crossValidate(pipeline, X, y, { scoring: [kappa] });
 */
export function makeScorer(
  name: string,
  metric: ((yTrue: any, yPred: any, options?: any) => number) & Partial<MetricInfo>,
  { better = metric.better, range = metric.range, needs = metric.needs, options = {} }: MakeScorerOptions = {},
): Scorer {
  if (typeof name !== 'string' || name === '') throw new OptionError(`makeScorer: name must be text, got ${show(name)}.`);
  if (better !== 'higher' && better !== 'lower') {
    throw new OptionError(`makeScorer: better must be 'higher' or 'lower', got ${show(better)}. Say which direction is better for ${name}.`);
  }
  const kind = needs ?? 'labels';
  return {
    metricName: name,
    better,
    range: range ?? [-Infinity, Infinity],
    needs: kind,
    text: String(metric),
    score(yTrue, prediction, { sampleWeight, posLabel } = {}) {
      const context = kind === 'values' ? { classes: [], positive: undefined } : contextOf(name, yTrue, prediction, posLabel);
      const score: unknown = metric(yTrue, inputOf(name, kind, prediction, context), {
        ...(typeof options === 'function' ? (options as (context: ScoringContext) => object)(context) : options),
        ...(sampleWeight === undefined ? {} : { sampleWeight }),
      });
      if (typeof score === 'number') return score;
      throw new DataError(`${name}: the metric must return a number, got ${show(score)}. Return NaN where it is not defined.`);
    },
  };
}

function contextOf(name: string, yTrue: Labels, { classes, labels }: Prediction, posLabel: Label | undefined): ScoringContext {
  const all = classes ? withUnseen(name, classes, yTrue) : uniqueLabels(name, yTrue, labels ?? []);
  if (posLabel !== undefined && !all.includes(posLabel)) {
    throw new OptionError(`${name}: posLabel must be one of ${showList(all.map(show))}, got ${show(posLabel)}.`);
  }
  return { classes: all, positive: posLabel ?? all[all.length - 1] };
}

/** The model's classes and those of yTrue that it has not seen. */
function withUnseen(name: string, classes: readonly Label[], yTrue: Labels): readonly Label[] {
  const known = new Set(classes);
  let unseen = false;
  for (let i = 0; i < yTrue.length && !unseen; i++) unseen = !known.has(yTrue[i]);
  return unseen ? uniqueLabels(name, yTrue, classes).sort(compareLabels) : classes;
}

function inputOf(name: string, needs: MetricNeeds, prediction: Prediction, context: ScoringContext): unknown {
  const { labels, probabilities, scores, values } = prediction;
  switch (needs) {
    case 'labels':
      return given(name, 'labels', labels);
    case 'values':
      return given(name, 'values', values);
    case 'probabilities':
      return ofPositive(name, given(name, 'probabilities', probabilities), context, prediction);
    case 'scores':
      return ofPositive(name, given(name, 'scores or probabilities', scores ?? probabilities), context, prediction);
  }
}

function given<T>(name: string, what: string, part: T | undefined): T {
  if (part !== undefined) return part;
  throw new DataError(`${name}: the prediction must hold ${what}, got none. Use a model that gives them, or another scorer.`);
}

/** For two classes the column of the positive one; for more all columns. */
function ofPositive(
  name: string,
  scores: Float64Array | DenseMatrix,
  { classes, positive }: ScoringContext,
  { classes: columns = classes, probabilities }: Prediction,
): Float64Array | DenseMatrix {
  if (classes.length > 2) return scores;
  if (!(scores instanceof DenseMatrix)) return positive === classes[classes.length - 1] ? scores : scores.map((score) => -score);
  if (scores.cols === 1 && scores !== probabilities) return ofPositive(name, scores.data, { classes, positive }, {});
  if (columns.length === scores.cols) return scores.col(columns.indexOf(positive as Label));
  throw new ShapeError(
    `${name}: there must be one column of scores per class, got ${scores.cols} for ${showList(columns.map(show))}. Give the model's classes.`,
  );
}
