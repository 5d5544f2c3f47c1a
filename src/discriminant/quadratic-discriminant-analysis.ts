import type { ClassesSeen, Target } from '../base/classifier.ts';
import { DataError } from '../core/errors.ts';
import { choice, flag, number, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { transposedMultiply } from '../matrix/multiply.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { whitenedNorms } from '../matrix/whitened-norms.ts';
import { classCovariance, covarianceEstimatorRule, type CovarianceShape, shrinkageRule } from './class-covariance.ts';
import { DiscriminantAnalysis, priorsRule } from './discriminant-analysis.ts';
import { principalAxes } from './principal-axes.ts';
import { quadraticRule } from './quadratic-rule.ts';

export type QuadraticDiscriminantSolver = 'svd' | 'eigen';

export interface QuadraticDiscriminantAnalysisOptions extends CovarianceShape {
  /**
   * 'svd': by the axes of each class's rows, with `regParam`. 'eigen': by eigenvectors of each class's covariance, with
   * `shrinkage` or `covarianceEstimator`. Default 'svd'.
   */
  solver?: QuadraticDiscriminantSolver;
  /** P(class), in ascending order of classes; divided by their sum. Default null: shares of rows. */
  priors?: ArrayLike<number> | null;
  /** For 'svd': variances v along the axes become (1 − regParam)·v + regParam, in the squared unit of X. Default 0. */
  regParam?: number;
  /** Whether `fitted.covariance` is kept. Default false. */
  storeCovariance?: boolean;
  /** A class is refused that has a variance of at most this along some axis, in the squared unit of X. Default 1e-4. */
  tol?: number;
}

/** What QuadraticDiscriminantAnalysis has learned. */
export interface QuadraticDiscriminantAnalysisFitted {
  /** classes × columns. */
  means: DenseMatrix;
  /** P(class), summing to 1. */
  priors: Float64Array;
  /** For each class, columns × columns: its axes as columns. */
  rotations: DenseMatrix[];
  /** For each class, the variance along each axis, descending. */
  scalings: Float64Array[];
  /** For each class, columns × columns; null without `storeCovariance`. */
  covariance: DenseMatrix[] | null;
}

/**
 * Quadratic discriminant analysis: each class is normal with a mean μ and a covariance Σ of its own, so that
 *
 *     ln P(k | x) = −½ (x − μₖ)ᵀ·Σₖ⁻¹·(x − μₖ) − ½ ln |Σₖ| + ln priorₖ + const.
 *
 * X: samples × features, dense, in units that make variances larger than `tol`. y: one label per row, two classes or more,
 * each with more rows than columns unless the covariance is shrunk. sampleWeight is refused.
 *
 * `fitted`: classes, means, priors, rotations, scalings, covariance.
 *
 * Counterpart: scikit-learn's QuadraticDiscriminantAnalysis. Priors are divided by their sum; axes have other signs.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.3, equation 4.12; Friedman,
 * "Regularized discriminant analysis", J. American Statistical Association 84, 1989.
 *
 * @throws OptionError for shrinkage with 'svd'; DataError for sparse X, sampleWeight, and a class with a single row or
 * without spread along some axis
 * @example
 * const model = await new QuadraticDiscriminantAnalysis({ regParam: 0.1 }).fit(X, y);
 * await model.predictProba(Xnew);
 */
export class QuadraticDiscriminantAnalysis extends DiscriminantAnalysis<QuadraticDiscriminantAnalysisOptions, QuadraticDiscriminantAnalysisFitted> {
  static override readonly rules: Rules<QuadraticDiscriminantAnalysisOptions> = {
    solver: choice<QuadraticDiscriminantSolver>('svd', ['svd', 'eigen']),
    shrinkage: shrinkageRule(),
    covarianceEstimator: covarianceEstimatorRule(),
    priors: priorsRule(),
    regParam: number(0, { min: 0, max: 1 }),
    storeCovariance: flag(false),
    tol: number(1e-4, { min: 0 }),
  };

  protected async learn(X: DenseMatrix, y: Target): Promise<QuadraticDiscriminantAnalysisFitted> {
    this.refuseWeights(y);
    const { solver, storeCovariance } = this.options;
    if (solver === 'svd') this.refuseShaping('svd', "'eigen'", this.options);
    const { parts, means } = this.rowsByClass(X, y);
    const priors = this.priorsOf(parts);
    const classes: ClassAxes[] = [];
    for (const [k, part] of parts.entries()) {
      const name = show(y.classes[k]);
      if (part.rows === 1) throw new DataError(`${this.owner}: class ${name} must have at least 2 rows, got 1.`);
      const axes = solver === 'svd' ? this.#bySvd(part, means.row(k)) : await this.#byEigenvectors(part);
      this.#checkRank(axes.variances, part, name);
      classes.push(axes);
    }
    const covariance = storeCovariance ? classes.map((axes) => axes.covariance ?? composed(axes)) : null;
    return { means, priors, rotations: classes.map(({ vt }) => vt.transpose()), scalings: classes.map(({ variances }) => variances), covariance };
  }

  protected scores(X: DenseMatrix, { means, priors, rotations, scalings }: QuadraticDiscriminantAnalysisFitted & ClassesSeen): DenseMatrix {
    const { constants, whitenings } = quadraticRule(priors, rotations, scalings);
    const scores = whitenedNorms(X, means, whitenings);
    for (let p = 0; p < scores.data.length; ) for (let k = 0; k < constants.length; k++, p++) scores.data[p] = constants[k] - 0.5 * scores.data[p];
    return scores;
  }

  #bySvd(part: DenseMatrix, mean: Float64Array): ClassAxes {
    const { regParam } = this.options;
    for (let p = 0; p < part.data.length; ) for (let j = 0; j < part.cols; j++, p++) part.data[p] -= mean[j];
    const least = (this.options.tol - regParam) / (1 - regParam);
    const { squares, vt } = principalAxes(part, least * part.rows);
    return { vt, variances: squares.map((square) => (1 - regParam) * (square / part.rows) + regParam) };
  }

  async #byEigenvectors(part: DenseMatrix): Promise<ClassAxes> {
    const covariance = await classCovariance(this.owner, part, this.options);
    const { values, vectors } = symmetricEigen(covariance);
    const descending = Array.from(values.keys()).reverse();
    return { covariance, vt: vectors.take(descending), variances: Float64Array.from(descending, (k) => values[k]) };
  }

  #checkRank(variances: Float64Array, { rows, cols }: DenseMatrix, name: string): void {
    const { solver, tol } = this.options;
    if (variances.length === cols && variances.every((v) => v > tol)) return;
    const found = `class ${name} must have a variance above tol (${tol}) along every axis`;
    if (solver === 'svd' && rows <= cols) {
      throw new DataError(`${this.owner}: ${found}, but has ${rows} rows for ${cols} columns. Use solver 'eigen' with shrinkage.`);
    }
    const least = variances.reduce((a, b) => Math.min(a, b));
    throw new DataError(`${this.owner}: ${found}, got ${least}. Scale X, drop columns that depend on others, or raise ${solver === 'svd' ? 'regParam' : 'shrinkage'}.`);
  }
}

interface ClassAxes {
  /** Axes as rows. */
  vt: DenseMatrix;
  variances: Float64Array;
  covariance?: DenseMatrix;
}

/** Vᵀ·diag(variances)·V for axes V as rows. */
function composed({ vt, variances }: ClassAxes): DenseMatrix {
  const weighted = vt.copy();
  for (let k = 0; k < vt.rows; k++) {
    const row = weighted.row(k);
    for (let j = 0; j < row.length; j++) row[j] *= variances[k];
  }
  return transposedMultiply(weighted, vt);
}
