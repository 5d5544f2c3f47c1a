import type { Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, timesWeights, type ClassWeight } from '../core/class-weight.ts';
import { OptionError } from '../core/errors.ts';
import { custom, flag, optional, type Rules } from '../core/rules.ts';
import { takeRows } from '../core/rows.ts';
import { leaveOneOut, type LeaveOneOut } from '../linear/leave-one-out-ridge.ts';
import { LinearClassifier, type LinearClassifierFitted } from '../linear/linear-classifier.ts';
import { RidgeClassifier } from '../linear/ridge-classifier.ts';
import { RidgeCV } from '../linear/ridge-cv.ts';
import { centre, centredTarget, interceptOf, type Centred } from '../matrix/centre.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { predictRows } from './predict-rows.ts';

export interface RidgeClassifierCVOptions {
  /** Penalties to choose from, each above 0 (0 is allowed with `cv`). Default [0.1, 1, 10]. */
  alphas?: readonly number[];
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** How to judge: a scorer's name, or a scorer. Default null: the mean squared error of leave-one-out, or accuracy with `cv`. */
  scoring?: Scoring | null;
  /** A splitter, ready splits, or a number of unshuffled, stratified folds. Default null: leave one out. */
  cv?: Cv | null;
  /** Weight of each class, multiplied into the rows' weights; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
  /** Whether to keep what leaving each row out gave, in fitted.cvResults; only without `cv`. Default false. */
  storeCvResults?: boolean;
}

export interface RidgeClassifierCVFitted extends LinearClassifierFitted {
  /** The chosen penalty: the first of those that score best. */
  alpha: number;
  /** The chosen penalty's score: minus the mean squared error of leave-one-out, or the scorer's value, with `cv` its mean over folds. */
  bestScore: number;
  /** For each row of coef, rows × alphas: squared errors, or scores with `scoring`, of each row left out; null unless stored. */
  cvResults: DenseMatrix[] | null;
}

/**
 * A RidgeClassifier that chooses its penalty by cross-validation.
 *
 * Without `cv`, every row is left out once, for all classes and penalties at the cost of a single decomposition, as in RidgeCV.
 * With `cv`, a RidgeClassifier is fitted per fold and penalty. Weights, those of classes too, count in fitting and in judging.
 *
 * X: samples × features, dense or sparse (a sparse X is never filled, but rows × min(rows, columns) numbers are made of it).
 * y: one label per row, two classes or more. Predicts as the RidgeClassifier of the chosen penalty; there are no probabilities.
 *
 * @throws OptionError unless alphas are positive without `cv`; DataError for fewer than two classes
 * Counterpart: scikit-learn's RidgeClassifierCV, without multi-label y. `scoring` keeps its sign, and for two classes without `cv`
 * judges labels by the score's sign, where scikit-learn takes every row for the same class.
 * Source: Rifkin and Lippert, "Notes on regularized least squares", MIT-CSAIL-TR-2007-025.
 *
 * @example
 * const model = await new RidgeClassifierCV({ alphas: [0.1, 1, 10, 100] }).fit(X, y);
 * model.fitted.alpha; // 10
 */
export class RidgeClassifierCV extends LinearClassifier<RidgeClassifierCVOptions, RidgeClassifierCVFitted> {
  static override readonly rules: Rules<RidgeClassifierCVOptions> = {
    alphas: RidgeCV.rules.alphas,
    fitIntercept: flag(true),
    scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
    cv: optional(custom<Cv | null>(null, 'a number of folds, a splitter or a list of { train, test }', (v) => Number.isInteger(v) || (typeof v === 'object' && v !== null), 'five')),
    classWeight: classWeightRule(),
    storeCvResults: flag(false),
  };

  protected async learn(X: Matrix, target: Target): Promise<RidgeClassifierCVFitted> {
    const { cv, alphas, classWeight, storeCvResults } = this.options;
    const { classes, codes, sampleWeight } = target;
    // As in RidgeClassifier, the balance goes by the number of rows, whatever they weigh.
    const perClass = classWeight === null ? undefined : classWeights(this.owner, classWeight, classes, codes);
    const weights = timesWeights(sampleWeight, perClass && Float64Array.from(codes, (code) => perClass[code]));
    if (cv !== null) {
      if (storeCvResults) throw new OptionError(`${this.owner}: storeCvResults must be false with cv, got true. Leave cv out.`);
      return this.#byFolds(X, target, weights, cv);
    }
    if (alphas.includes(0)) throw new OptionError(`${this.owner}: alphas must be above 0 without cv, got 0. Use a small number.`);
    return this.#byLeavingOneOut(X, target, weights);
  }

  #byLeavingOneOut(X: Matrix, { classes, codes }: Target, weights: Float64Array | undefined): RidgeClassifierCVFitted {
    const { alphas, fitIntercept, storeCvResults } = this.options;
    const positives = classes.length === 2 ? [1] : Array.from(classes.keys());
    const signs = positives.map((k) => Float64Array.from(codes, (code) => (code === k ? 1 : -1)));
    const problem = centre(X, signs[0], fitIntercept, weights);
    const targets = signs.map((y) => centredTarget(y, fitIntercept, weights));
    const solve = leaveOneOut(problem, fitIntercept, targets.map(({ y }) => y));
    const judge = this.#judgeOfScores({ classes, codes, sampleWeight: weights });
    const kept = positives.map(() => new DenseMatrix(X.rows, alphas.length));
    let best: { alpha: number; score: number; found: LeaveOneOut[] } | undefined;
    for (const [a, alpha] of alphas.entries()) {
      const found = solve(alpha);
      const values = found.map(({ errors }, t) => (judge ? scoresOf(problem, targets[t], errors) : errors.map((error) => error * error)));
      for (const [t, column] of values.entries()) for (let i = 0; i < X.rows; i++) kept[t].data[i * alphas.length + a] = column[i];
      const score = judge ? judge.score(values) : -values.reduce((sum, squares) => squares.reduce((part, square) => part + square, sum), 0) / (X.rows * positives.length);
      if (!best || beats(score, best.score, judge?.better ?? 'higher')) best = { alpha, score, found };
    }
    const { alpha, score, found } = best!;
    return {
      coef: DenseMatrix.from(found.map(({ coef }) => coef)),
      intercept: Float64Array.from(found, ({ coef }, t) => interceptOf({ xOffset: problem.xOffset, yOffset: targets[t].yOffset }, coef)),
      alpha,
      bestScore: score,
      cvResults: storeCvResults ? kept : null,
    };
  }

  /** What `scoring` says of the scores of rows that were left out; undefined where their squared errors decide. */
  #judgeOfScores({ classes, codes, sampleWeight }: Target): { better: 'higher' | 'lower'; score: (columns: readonly Float64Array[]) => number } | undefined {
    if (this.options.scoring === null) return undefined;
    const labels = Array.from(codes, (code) => classes[code]);
    const [scorer] = judgedModel(this.owner, new RidgeClassifier(), labels, this.options.scoring).scorers;
    const score = (columns: readonly Float64Array[]): number => {
      const scores = columns.length === 1 ? columns[0] : DenseMatrix.from(columns).transpose();
      const predicted = Array.from(codes, (_, i) => classes[classOf(columns, i)]);
      const prediction: Prediction = { classes, labels: predicted, scores, ...(typeof classes[0] === 'number' && { values: Float64Array.from(predicted as number[]) }) };
      return scorer.score(labels, prediction, sampleWeight && { sampleWeight });
    };
    return { better: scorer.better, score };
  }

  async #byFolds(X: Matrix, { classes, codes }: Target, weights: Float64Array | undefined, cv: Cv): Promise<RidgeClassifierCVFitted> {
    const { alphas, fitIntercept, scoring } = this.options;
    const labels = Array.from(codes, (code) => classes[code]);
    const base = new RidgeClassifier({ fitIntercept });
    const { scorers, methods } = judgedModel(this.owner, base, labels, scoring);
    const totals = new Float64Array(alphas.length);
    let folds = 0;
    for (const { train, test } of iterateSplits(checkCv(this.owner, cv, labels, true), X, labels, undefined)) {
      const [Xtrain, ytrain, Xtest, ytest] = [takeRows(X, train), takeRows(labels, train), takeRows(X, test), takeRows(labels, test)];
      const fitting = weights && { sampleWeight: takeRows(weights, train) };
      const judging = weights && { sampleWeight: takeRows(weights, test) };
      for (const [a, alpha] of alphas.entries()) {
        const model = await base.with({ alpha }).fit(Xtrain, ytrain, fitting);
        totals[a] += scorers[0].score(ytest, await predictRows(model, Xtest, methods, classes), judging);
      }
      folds++;
    }
    // Means rather than sums: their last digits decide between penalties that do equally well, as in scikit-learn.
    const means = totals.map((total) => total / folds);
    let best = 0;
    for (let a = 1; a < alphas.length; a++) if (beats(means[a], means[best], scorers[0].better)) best = a;
    const { coef, intercept } = (await base.with({ alpha: alphas[best] }).fit(X, labels, weights && { sampleWeight: weights })).fitted;
    return { coef, intercept, alpha: alphas[best], bestScore: means[best], cvResults: null };
  }
}

/** Scores in units of −1 and 1 of rows that were left out, from errors of the centred problem. */
function scoresOf({ rootWeight }: Centred, { y, yOffset }: Pick<Centred, 'y' | 'yOffset'>, errors: Float64Array): Float64Array {
  return errors.map((error, i) => (y[i] - error) / (rootWeight ? rootWeight[i] : 1) + yOffset);
}

/** The class of the largest score, the first on a tie; of two the second where its score is above 0. */
function classOf(columns: readonly Float64Array[], i: number): number {
  if (columns.length === 1) return columns[0][i] > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < columns.length; k++) if (columns[k][i] > columns[best][i]) best = k;
  return best;
}

function beats(score: number, best: number, better: 'higher' | 'lower'): boolean {
  return better === 'lower' ? score < best : score > best;
}
