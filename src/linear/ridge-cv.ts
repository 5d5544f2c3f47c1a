import { OptionError } from '../core/errors.ts';
import { foldsOf, foldsRule, type Fold, type Folds } from '../core/folds.ts';
import { takeRows } from '../core/rows.ts';
import { custom, flag, optional, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { centre, interceptOf } from '../matrix/centre.ts';
import { leaveOneOut } from './leave-one-out-ridge.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { Ridge } from './ridge.ts';

/** A metric function (yTrue, yPred, { sampleWeight }) → number that says which direction is better. */
export interface ScoringFunction {
  (yTrue: Float64Array, yPred: Float64Array, options?: { sampleWeight?: Float64Array }): number;
  readonly better: 'higher' | 'lower';
}

export interface RidgeCVOptions {
  /** Penalties to choose from, each above 0 (0 is allowed with `cv`). Default [0.1, 1, 10]. */
  alphas?: readonly number[];
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /**
   * A metric to choose by, such as meanAbsoluteError. Default null: the mean squared error of leave-one-out, or R²
   * with `cv`.
   */
  scoring?: ScoringFunction | null;
  /** Folds to judge penalties on: a number of unshuffled folds, or { train, test } of rows. Default null: leave one out. */
  cv?: Folds | null;
  /** Whether to keep what leaving each row out gave, in fitted.cvResults; only without `cv`. Default false. */
  storeCvResults?: boolean;
}

export interface RidgeCVFitted extends LinearFitted {
  /** The chosen penalty: the first of those that score best. */
  alpha: number;
  /** The chosen penalty's score: minus the mean squared error of leave-one-out, mean R² of folds, or the metric's value. */
  bestScore: number;
  /** rows × alphas: squared errors, or predictions with `scoring`, of each row left out; null unless stored. */
  cvResults: DenseMatrix | null;
}

const isPenalty = (v: unknown): boolean => typeof v === 'number' && v >= 0 && v < Infinity;

/**
 * Ridge regression that chooses its penalty by cross-validation.
 *
 * Without `cv`, every row is left out once, at the cost of a single decomposition: with H the hat matrix of all
 * rows, the error of row i left out is (yᵢ − ŷᵢ)/(1 − Hᵢᵢ), for a row that weighs less than one rescaled by √sᵢ.
 * With `cv`, a Ridge is fitted per fold and penalty; weights count in fitting and in judging.
 *
 * X: samples × features, dense or sparse (a sparse X is never filled, but rows × min(rows, columns) numbers are
 * made of it). Predicts as the Ridge of the chosen penalty.
 *
 * @throws OptionError unless alphas are positive without `cv`
 * Counterpart: scikit-learn's RidgeCV, for one target. `scoring` is a metric function, whose value keeps its sign.
 * Source: Golub, Heath and Wahba, "Generalized cross-validation as a method for choosing a good ridge parameter",
 * Technometrics 21(2), 1979; Rifkin and Lippert, "Notes on regularized least squares", MIT-CSAIL-TR-2007-025.
 *
 * @example
 * const model = await new RidgeCV({ alphas: [0.1, 1, 10, 100] }).fit(X, y);
 * model.fitted.alpha; // 10
 */
export class RidgeCV extends LinearRegressor<RidgeCVOptions, RidgeCVFitted> {
  static override readonly rules: Rules<RidgeCVOptions> = {
    alphas: custom<readonly number[]>([0.1, 1, 10], 'an array of at least one number in [0, ∞)', (v) => Array.isArray(v) && v.length > 0 && v.every(isPenalty), [-1]),
    fitIntercept: flag(true),
    scoring: optional(
      custom<ScoringFunction | null>(
        null,
        "a metric function with better: 'higher' or 'lower'",
        (v) => typeof v === 'function' && ['higher', 'lower'].includes((v as unknown as ScoringFunction).better),
      ),
    ),
    cv: foldsRule<Folds | null>(null),
    storeCvResults: flag(false),
  };

  protected async learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): Promise<RidgeCVFitted> {
    const { cv, alphas, storeCvResults } = this.options;
    if (cv !== null) {
      if (storeCvResults) throw new OptionError(`${this.owner}: storeCvResults must be false with cv, got true. Leave cv out.`);
      return this.#byFolds(X, y, sampleWeight, foldsOf(this.owner, cv, X.rows));
    }
    const zero = alphas.find((alpha) => alpha === 0);
    if (zero !== undefined) throw new OptionError(`${this.owner}: alphas must be above 0 without cv, got 0. Use a small number.`);
    return this.#byLeavingOneOut(X, y, sampleWeight);
  }

  #byLeavingOneOut(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): RidgeCVFitted {
    const { alphas, fitIntercept, scoring, storeCvResults } = this.options;
    const problem = centre(X, y, fitIntercept, sampleWeight);
    const solve = leaveOneOut(problem, fitIntercept);
    const cvResults = storeCvResults ? new DenseMatrix(X.rows, alphas.length) : null;
    let best: RidgeCVFitted | undefined;
    for (const [a, alpha] of alphas.entries()) {
      const [{ errors, coef }] = solve(alpha);
      const kept = scoring
        ? errors.map((error, i) => (problem.y[i] - error) / (problem.rootWeight ? problem.rootWeight[i] : 1) + problem.yOffset)
        : errors.map((error) => error * error);
      const score = scoring ? scoring(y, kept, sampleWeight ? { sampleWeight } : {}) : -kept.reduce((sum, square) => sum + square, 0) / X.rows;
      if (cvResults) for (let i = 0; i < X.rows; i++) cvResults.data[i * alphas.length + a] = kept[i];
      if (!best || beats(score, best.bestScore, scoring)) {
        best = { coef, intercept: fitIntercept ? interceptOf(problem, coef) : 0, alpha, bestScore: score, cvResults };
      }
    }
    return best!;
  }

  async #byFolds(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined, folds: readonly Fold[]): Promise<RidgeCVFitted> {
    const { alphas, fitIntercept, scoring } = this.options;
    const totals = new Float64Array(alphas.length);
    for (const { train, test } of folds) {
      const [Xtrain, ytrain, Xtest, ytest] = [takeRows(X, train), takeRows(y, train), takeRows(X, test), takeRows(y, test)];
      const weights = sampleWeight && { sampleWeight: takeRows(sampleWeight, train) };
      const judging = sampleWeight ? { sampleWeight: takeRows(sampleWeight, test) } : {};
      for (const [a, alpha] of alphas.entries()) {
        const model = await new Ridge({ alpha, fitIntercept }).fit(Xtrain, ytrain, weights);
        totals[a] += scoring ? scoring(ytest, await model.predict(Xtest), judging) : await model.score(Xtest, ytest, judging);
      }
    }
    let best = 0;
    for (let a = 1; a < alphas.length; a++) if (beats(totals[a], totals[best], scoring)) best = a;
    const model = await new Ridge({ alpha: alphas[best], fitIntercept }).fit(X, y, sampleWeight && { sampleWeight });
    const { coef, intercept } = model.fitted;
    return { coef, intercept, alpha: alphas[best], bestScore: totals[best] / folds.length, cvResults: null };
  }
}

function beats(score: number, best: number, scoring: ScoringFunction | null): boolean {
  return scoring?.better === 'lower' ? score < best : score > best;
}
