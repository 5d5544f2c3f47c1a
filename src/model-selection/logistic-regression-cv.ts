import type { Target } from '../base/classifier.ts';
import { classWeightRule, classWeights, type ClassWeight } from '../core/class-weight.ts';
import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { custom, flag, integer, number, type Rules } from '../core/rules.ts';
import { showList } from '../core/show.ts';
import { LogisticModel } from '../linear/logistic-model.ts';
import { LogisticRegression, type LogisticRegressionFitted } from '../linear/logistic-regression.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { predictRows } from './predict-rows.ts';

export interface LogisticRegressionCVOptions {
  /** Inverse strengths of the penalty to choose from, or how many between 1e-4 and 1e4, evenly in their logarithms. Default 10. */
  Cs?: number | readonly number[];
  /** Shares of the lasso in the penalty to choose from. Default [0]: ridge. */
  l1Ratios?: readonly number[];
  /** Whether to learn an unpenalised constant per score. Default true. */
  fitIntercept?: boolean;
  /** A splitter, ready splits, or a number of unshuffled, stratified folds. Default 5. */
  cv?: Cv;
  /** How to judge: a scorer's name, or a scorer. Default null: accuracy. */
  scoring?: Scoring | null;
  /** Stop once no component of the mean loss's gradient exceeds this. Default 1e-4. */
  tol?: number;
  /** Most iterations of the optimiser. Default 100. */
  maxIter?: number;
  /** Weight of each class; 'balanced' goes by all rows, in every fold. Default null: all 1. */
  classWeight?: ClassWeight | null;
  /**
   * Whether to learn from all rows with the best C. Otherwise the coefficients are means over folds, each with the C that
   * is best there. Default true.
   */
  refit?: boolean;
}

export interface LogisticRegressionCVFitted extends LogisticRegressionFitted {
  /** The chosen C; without `refit` the mean of the folds' choices. */
  C: number;
  /** The chosen share of the lasso; without `refit` the mean of the folds' choices. */
  l1Ratio: number;
  /** What was tried: for each C, in the order given, all shares of the lasso. */
  candidates: readonly { C: number; l1Ratio: number }[];
  /** folds × candidates: score on the fold's test rows, in the scorer's own sign. */
  scores: DenseMatrix;
}

const isListOf = (accepts: (v: number) => boolean) => (v: unknown): boolean => Array.isArray(v) && v.length > 0 && v.every((one) => typeof one === 'number' && accepts(one));
const isGrid = isListOf((C) => C > 0);

/**
 * Logistic regression that chooses its penalty by cross-validation: in each fold the models of all Cs are fitted, each from
 * where the one before it ended, and judged on the fold's test rows. The C with the best sum of scores, the first on a tie,
 * is then fitted on all rows, from the mean of the folds' coefficients.
 *
 * X: samples × features, dense or sparse. y: one label per row, two classes or more, every one of them in each fold's
 * training rows. `score` judges by `scoring` as well. Row weights count in fitting and in judging.
 *
 * @throws DataError for a fold without rows of some class to learn from
 * Counterpart: scikit-learn's LogisticRegressionCV(solver="lbfgs"), and "saga" for l1_ratios above 0; its C_, scores_ as
 * of use_legacy_attributes=False. A loss keeps its sign.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §7.10.
 *
 * @example
 * const model = await new LogisticRegressionCV({ Cs: [0.1, 1, 10], scoring: 'logLoss' }).fit(X, y);
 * model.fitted.C; // 1
 */
export class LogisticRegressionCV extends LogisticModel<LogisticRegressionCVOptions, LogisticRegressionCVFitted> {
  static override readonly rules: Rules<LogisticRegressionCVOptions> = {
    Cs: custom<number | readonly number[]>(10, 'a whole number of at least 1, or an array of numbers in (0, ∞]', (v) => (Number.isInteger(v) && (v as number) >= 1) || isGrid(v), 0),
    l1Ratios: custom<readonly number[]>([0], 'an array of numbers in [0, 1]', isListOf((share) => share >= 0 && share <= 1), [2]),
    fitIntercept: flag(true),
    cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => Number.isInteger(v) || (typeof v === 'object' && v !== null), 'five'),
    scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
    tol: number(1e-4, { min: 0 }),
    maxIter: integer(100, { min: 1 }),
    classWeight: classWeightRule(),
    refit: flag(true),
  };

  protected async learn(X: Matrix, { classes, codes, sampleWeight }: Target): Promise<LogisticRegressionCVFitted> {
    const { l1Ratios, cv, scoring, classWeight, fitIntercept, tol, maxIter, refit } = this.options;
    const Cs = gridOf(this.options.Cs);
    const candidates = Cs.flatMap((C) => l1Ratios.map((l1Ratio) => ({ C, l1Ratio })));
    const labels = Array.from(codes, (code) => classes[code]);
    const perClass = classWeight && classWeights(this.owner, classWeight, classes, codes, sampleWeight);
    const weights = perClass && new Map(classes.map((label, k) => [label, perClass[k]]));
    const base = new LogisticRegression({ fitIntercept, tol, maxIter, classWeight: weights, warmStart: true });
    const { scorers, methods } = judgedModel(this.owner, base, labels, scoring);
    const [scorer] = scorers;

    const models: LogisticRegression[][] = [];
    const scores: number[][] = [];
    for (const { train, test } of iterateSplits(checkCv(this.owner, cv, labels, true), X, labels, undefined)) {
      const [Xtrain, ytrain, Xtest, ytest] = [takeRows(X, train), takeRows(labels, train), takeRows(X, test), takeRows(labels, test)];
      checkAllClasses(this.owner, classes, ytrain, models.length);
      const fitting = sampleWeight && { sampleWeight: takeRows(sampleWeight, train) };
      const judging = sampleWeight && { sampleWeight: takeRows(sampleWeight, test) };
      const fitted = new Array<LogisticRegression>(candidates.length);
      for (const [l, l1Ratio] of l1Ratios.entries()) {
        for (const [c, C] of Cs.entries()) {
          const model = base.with({ C, l1Ratio });
          if (c > 0) model.restore(fitted[(c - 1) * l1Ratios.length + l].fitted);
          fitted[c * l1Ratios.length + l] = await model.fit(Xtrain, ytrain, fitting);
        }
      }
      models.push(fitted);
      scores.push([]);
      for (const model of fitted) scores.at(-1)!.push(scorer.score(ytest, await predictRows(model, Xtest, methods, classes), judging));
    }

    const common = { candidates, scores: DenseMatrix.from(scores) };
    if (!refit) {
      const chosen = scores.map((fold) => bestOf(fold, scorer.better));
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const averaged = meanFit(models.map((fold, f) => fold[chosen[f]].fitted));
      return { ...averaged, C: mean(chosen.map((k) => candidates[k].C)), l1Ratio: mean(chosen.map((k) => candidates[k].l1Ratio)), ...common };
    }
    const best = bestOf(candidates.map((_, k) => scores.reduce((sum, fold) => sum + fold[k], 0)), scorer.better);
    const start = { ...meanFit(models.map((fold) => fold[best].fitted)), classes, nFeaturesIn: X.cols };
    const model = await base.with(candidates[best]).restore(start).fit(X, labels, sampleWeight && { sampleWeight });
    const { classes: _, nFeaturesIn: __, ...learned } = model.fitted;
    return { ...learned, ...candidates[best], ...common };
  }

  /** What `scoring` says of predictions against y, accuracy by default, weighted if weights are given. */
  override async score(X: MatrixLike, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    const { scorers, methods } = judgedModel(this.owner, this, y, this.options.scoring);
    return scorers[0].score(y, await predictRows(this, X, methods, this.fitted.classes), sampleWeight && { sampleWeight });
  }
}

/** The Cs that a number of them stands for. */
function gridOf(Cs: number | readonly number[]): readonly number[] {
  if (typeof Cs !== 'number') return Cs;
  const step = Cs === 1 ? 0 : 8 / (Cs - 1);
  return Array.from({ length: Cs }, (_, k) => 10 ** (k * step - 4));
}

function checkAllClasses(owner: string, classes: readonly Label[], y: readonly Label[], fold: number): void {
  const seen = new Set(y);
  const missing = classes.filter((label) => !seen.has(label));
  if (missing.length === 0) return;
  throw new DataError(`${owner}: every fold must have all classes to learn from, but cv[${fold}].train has none of ${showList(missing.map(String))}. Use stratified or fewer folds.`);
}

/** The first of the best. */
function bestOf(scores: readonly number[], better: 'higher' | 'lower'): number {
  let best = 0;
  for (let k = 1; k < scores.length; k++) if (better === 'lower' ? scores[k] < scores[best] : scores[k] > scores[best]) best = k;
  return best;
}

/** Means of coefficients; the most iterations and passes of all. */
function meanFit(fits: readonly LogisticRegressionFitted[]): LogisticRegressionFitted {
  const mean = (arrays: readonly Float64Array[]): Float64Array => arrays[0].map((_, i) => arrays.reduce((sum, array) => sum + array[i], 0) / arrays.length);
  const [{ coef }] = fits;
  return {
    coef: new DenseMatrix(coef.rows, coef.cols, mean(fits.map((fit) => fit.coef.data))),
    intercept: mean(fits.map((fit) => fit.intercept)),
    iterations: Math.max(...fits.map((fit) => fit.iterations)),
    evaluations: Math.max(...fits.map((fit) => fit.evaluations)),
    objective: fits.reduce((sum, fit) => sum + fit.objective, 0) / fits.length,
    converged: fits.every((fit) => fit.converged),
  };
}
