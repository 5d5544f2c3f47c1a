import type { ClassesSeen, Target } from '../base/classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Labels } from '../core/labels.ts';
import { choice, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { covariance } from '../matrix/covariance.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { multiply, multiplyTransposed } from '../matrix/multiply.ts';
import { symmetricPseudoInverse } from '../matrix/symmetric-pseudo-inverse.ts';
import { classCovariance, covarianceEstimatorRule, type CovarianceShape, shrinkageRule } from './class-covariance.ts';
import { type ClassRows, DiscriminantAnalysis, priorsRule } from './discriminant-analysis.ts';
import { generalizedDirections, linearRule, type LinearRule, svdDirections } from './linear-directions.ts';

export type LinearDiscriminantSolver = 'svd' | 'lsqr' | 'eigen';

export interface LinearDiscriminantAnalysisOptions extends CovarianceShape {
  /**
   * 'svd': by the axes of the rows about their class's mean, without a covariance. 'lsqr': by the inverse of the
   * covariance; predicts only. 'eigen': by generalized eigenvectors of the covariances. The last two take `shrinkage` and
   * `covarianceEstimator`. Default 'svd'.
   */
  solver?: LinearDiscriminantSolver;
  /** P(class), in ascending order of classes; divided by their sum. Default null: shares of rows. */
  priors?: ArrayLike<number> | null;
  /** Columns that `transform` returns, at most min(classes − 1, columns). Default null: that many. */
  nComponents?: number | null;
  /** Whether 'svd' works out `fitted.covariance` too. Default false. */
  storeCovariance?: boolean;
  /** 'svd' leaves out axes of the standardised columns whose standard deviation is at most this. Default 1e-4. */
  tol?: number;
}

/** What LinearDiscriminantAnalysis has learned. */
export interface LinearDiscriminantAnalysisFitted {
  /** 1 × columns for two classes (the score of classes[1]), else classes × columns. */
  coef: DenseMatrix;
  /** One per row of coef. */
  intercept: Float64Array;
  /** classes × columns. */
  means: DenseMatrix;
  /** P(class), summing to 1. */
  priors: Float64Array;
  /** columns × columns, within classes: Σ prior · covariance of the class. Null with 'svd' unless `storeCovariance`. */
  covariance: DenseMatrix | null;
  /** columns × directions, by descending share of the variance between classes; null with 'lsqr'. */
  scalings: DenseMatrix | null;
  /** Share of the variance between classes along each of the first directions; null with 'lsqr'. */
  explainedVarianceRatio: Float64Array | null;
  /** Mean of the means, weighed by priors: what `transform` takes off X. Null but with 'svd'. */
  xbar: Float64Array | null;
}

/**
 * Linear discriminant analysis: the classes are normal with means μ and a common covariance Σ, so that
 *
 *     ln P(k | x) = x·Σ⁻¹·μₖ − ½ μₖ·Σ⁻¹·μₖ + ln priorₖ + const.
 *
 * As a stage before others it turns X into its discriminants, the at most classes − 1 directions along which the means lie
 * farthest apart in units of the spread within classes: it is a classifier that has `transform` too.
 *
 * X: samples × features, dense; more rows than classes. y: one label per row, two classes or more. sampleWeight is refused.
 * `transform` gives rows × nComponents, fewer where the means span less.
 *
 * `fitted`: classes, coef, intercept, means, priors, covariance, scalings, explainedVarianceRatio, xbar.
 *
 * Counterpart: scikit-learn's LinearDiscriminantAnalysis. Each discriminant's sign is definite, its largest scaling is
 * positive; there it is LAPACK's. 'lsqr' leaves out eigenvalues up to columns · ε of the largest (there ε), and columns that
 * are constant within every class but for rounding never count. Priors are divided by their sum without a warning.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.3; Duda, Hart and Stork,
 * "Pattern Classification", 2nd ed., §3.8.3.
 *
 * @throws OptionError for shrinkage with 'svd', for too many components, and by `transform` with 'lsqr'; DataError for sparse
 * X, sampleWeight, no more rows than classes, no spread within classes, and a singular covariance with 'eigen'
 * @example
 * const model = await new LinearDiscriminantAnalysis({ solver: 'lsqr', shrinkage: 'auto' }).fit(X, y);
 * await model.predictProba(Xnew);
 */
export class LinearDiscriminantAnalysis extends DiscriminantAnalysis<LinearDiscriminantAnalysisOptions, LinearDiscriminantAnalysisFitted> {
  static override readonly rules: Rules<LinearDiscriminantAnalysisOptions> = {
    solver: choice<LinearDiscriminantSolver>('svd', ['svd', 'lsqr', 'eigen']),
    shrinkage: shrinkageRule(),
    covarianceEstimator: covarianceEstimatorRule(),
    priors: priorsRule(),
    nComponents: optional(integer(1, { min: 1 })),
    storeCovariance: flag(false),
    tol: number(1e-4, { min: 0 }),
  };

  protected async learn(X: DenseMatrix, y: Target): Promise<LinearDiscriminantAnalysisFitted> {
    this.refuseWeights(y);
    const most = Math.min(y.classes.length - 1, X.cols);
    const { solver, nComponents } = this.options;
    if (X.rows <= y.classes.length) throw new DataError(`${this.owner}: X must have more rows than classes (${y.classes.length}), got ${X.rows}.`);
    if (nComponents !== null && nComponents > most) {
      throw new OptionError(`${this.owner}: nComponents must be at most ${most} for ${y.classes.length} classes and ${X.cols} columns, got ${nComponents}.`);
    }
    const rows = this.rowsByClass(X, y);
    const priors = this.priorsOf(rows.parts);
    const learned = await (solver === 'svd' ? this.#bySvd(rows, priors) : solver === 'lsqr' ? this.#byLeastSquares(rows, priors) : this.#byEigenvectors(X, rows, priors));
    const { coef, intercept } = forTwo(learned);
    const explainedVarianceRatio = learned.explainedVarianceRatio && learned.explainedVarianceRatio.slice(0, nComponents ?? most);
    return { ...learned, coef, intercept, means: rows.means, priors, explainedVarianceRatio };
  }

  /** The discriminants of each row: rows × nComponents. @throws OptionError with solver 'lsqr' */
  async transform(X: MatrixLike): Promise<DenseMatrix> {
    return this.#discriminants(this.checkSeen(X));
  }

  /** `fit` and `transform`. */
  async fitTransform(X: MatrixLike, y: Labels, options: FitOptions = {}): Promise<DenseMatrix> {
    this.#needDirections();
    await this.fit(X, y, options);
    return this.transform(X);
  }

  /** Names of the columns that `transform` returns. */
  featureNamesOut(): string[] {
    return Array.from({ length: this.directions().cols }, (_, k) => `${this.owner.toLowerCase()}${k}`);
  }

  /** Half the score of two classes for each of them, so that their difference is the score. */
  protected scores(X: DenseMatrix, { coef, intercept }: LinearDiscriminantAnalysisFitted & ClassesSeen): DenseMatrix {
    const scores = multiply(X, coef.transpose(), intercept);
    if (coef.rows > 1) return scores;
    const both = new DenseMatrix(X.rows, 2);
    for (let i = 0; i < X.rows; i++) both.data[scores.data[i] > 0 ? 2 * i : 2 * i + 1] = -Math.abs(scores.data[i]);
    return both;
  }

  async #bySvd(rows: ClassRows, priors: Float64Array): Promise<Solved> {
    this.refuseShaping('svd', "'lsqr' or 'eigen'", this.options);
    const { xbar, scalings, explainedVarianceRatio } = svdDirections(this.owner, rows, priors, this.options.tol);
    const within = this.options.storeCovariance ? weighted(rows.parts.map((part, k) => covariance(part, rows.means.row(k))), priors) : null;
    return { ...linearRule(rows.means, priors, scalings, xbar), covariance: within, scalings, explainedVarianceRatio, xbar };
  }

  async #byLeastSquares(rows: ClassRows, priors: Float64Array): Promise<Solved> {
    const within = await this.#within(rows, priors);
    const coef = multiply(rows.means, symmetricPseudoInverse(within).inverse);
    const products = multiplyTransposed(rows.means, coef);
    const intercept = priors.map((p, k) => Math.log(p) - 0.5 * products.data[k * products.cols + k]);
    return { coef, intercept, covariance: within, scalings: null, explainedVarianceRatio: null, xbar: null };
  }

  async #byEigenvectors(X: DenseMatrix, rows: ClassRows, priors: Float64Array): Promise<Solved> {
    const within = await this.#within(rows, priors);
    const between = (await classCovariance(this.owner, X, this.options)).copy();
    for (let p = 0; p < between.data.length; p++) between.data[p] -= within.data[p];
    const { scalings, ratios } = generalizedDirections(this.owner, between, within);
    return { ...linearRule(rows.means, priors, scalings), covariance: within, scalings, explainedVarianceRatio: ratios, xbar: null };
  }

  async #within({ parts }: ClassRows, priors: Float64Array): Promise<DenseMatrix> {
    const own: DenseMatrix[] = [];
    for (const part of parts) own.push(await classCovariance(this.owner, part, this.options));
    return weighted(own, priors);
  }

  #discriminants(X: DenseMatrix): DenseMatrix {
    const directions = this.directions();
    const { xbar } = this.fitted;
    if (directions.cols === 0) return new DenseMatrix(X.rows, 0);
    const offset = xbar && multiply(new DenseMatrix(1, xbar.length, xbar), directions).data.map((value) => -value);
    return multiply(X, directions, offset ?? undefined);
  }

  /** The scalings that `transform` goes by: columns × nComponents, fewer where the means span less. @throws OptionError with solver 'lsqr' */
  directions(): DenseMatrix {
    this.#needDirections();
    const { scalings, classes, nFeaturesIn } = this.fitted;
    const wanted = this.options.nComponents ?? Math.min(classes.length - 1, nFeaturesIn);
    const all = scalings as DenseMatrix;
    return all.takeCols(Array.from({ length: Math.min(wanted, all.cols) }, (_, k) => k));
  }

  #needDirections(): void {
    if (this.options.solver === 'lsqr') throw new OptionError(`${this.owner}: transform must have solver 'svd' or 'eigen', got 'lsqr', which finds no directions.`);
  }
}

type Solved = LinearRule & Pick<LinearDiscriminantAnalysisFitted, 'covariance' | 'scalings' | 'explainedVarianceRatio' | 'xbar'>;

/** For two classes the score of the second one less that of the first. */
function forTwo({ coef, intercept }: LinearRule): LinearRule {
  if (coef.rows !== 2) return { coef, intercept };
  const [first, second] = [coef.row(0), coef.row(1)];
  return { coef: new DenseMatrix(1, coef.cols, second.map((value, j) => value - first[j])), intercept: Float64Array.of(intercept[1] - intercept[0]) };
}

/** Σ priorₖ · covarianceₖ. */
function weighted(covariances: readonly DenseMatrix[], priors: Float64Array): DenseMatrix {
  const sum = new DenseMatrix(covariances[0].rows, covariances[0].cols);
  covariances.forEach(({ data }, k) => {
    for (let p = 0; p < data.length; p++) sum.data[p] += priors[k] * data[p];
  });
  return sum;
}
