import type { ClassesSeen, LabelledRows, Target } from '../base/classifier.ts';
import { classWeightRule, weightRows, type ClassWeight } from '../core/class-weight.ts';
import { declareAtOnce } from '../core/at-once.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { FitsTogether } from '../core/fits-together.ts';
import type { Label, Labels } from '../core/labels.ts';
import { flag, integer, number, positive, type Rules } from '../core/rules.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { pairwiseSum } from '../kernels/vector-operations.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { fitJointly } from './fit-jointly.ts';
import { lbfgs, type LbfgsOptions, type LbfgsResult } from './lbfgs.ts';
import type { LinearClassifierFitted } from './linear-classifier.ts';
import { LogisticLoss } from './logistic-loss.ts';
import { LogisticModel } from './logistic-model.ts';
import { proximalNewton } from './proximal-newton.ts';
import { SoftmaxLoss } from './softmax-loss.ts';

export interface LogisticRegressionOptions {
  /** Inverse strength of the penalty, in (0, ∞]; smaller is simpler, Infinity is no penalty. Default 1. */
  C?: number;
  /** Share of the lasso in the penalty: 0 is ridge (L2), 1 is lasso (L1), between is elastic net. Default 0. */
  l1Ratio?: number;
  /** Whether to learn an unpenalised constant per score. Default true. */
  fitIntercept?: boolean;
  /** Stop once no component of the mean loss's gradient exceeds this. Default 1e-4. */
  tol?: number;
  /** Most iterations of the optimiser. Default 100. */
  maxIter?: number;
  /** Weight of each class, multiplied into the rows' weights; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
  /** Whether fitting again starts from what was learned before. Default false. */
  warmStart?: boolean;
}

export interface LogisticRegressionFitted extends LinearClassifierFitted {
  /** Optimiser iterations made. */
  iterations: number;
  /** Evaluations of the mean loss. */
  evaluations: number;
  /** Mean loss plus penalty where the optimiser stopped. */
  objective: number;
  /** Whether a tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/** ftol that scikit-learn passes: 64 machine epsilons. */
const LBFGS_FTOL = 64 * 2.220446049250313e-16;

/**
 * Logistic regression: P(class k | x) = softmax(x·Wᵀ + b)ₖ; for two classes, the sigmoid of one score.
 *
 * Minimises the mean log loss plus a penalty, over weights sᵢ (row weight × class weight),
 *
 *     Σᵢ sᵢ·lossᵢ / Σᵢ sᵢ + ((1 − l1Ratio)·½‖W‖² + l1Ratio·‖W‖₁) / (C·Σᵢ sᵢ);
 *
 * the intercept is not penalised. X: samples × features, dense or CSR, worked on as it is. y: one label
 * per row, two classes or more; labels keep their type.
 *
 * With l1Ratio 0 the solver is scipy's L-BFGS, step for step, so that a model stopped early by `tol` or
 * `maxIter` is scikit-learn's as well. With a lasso part it is a proximal Newton method that reaches the
 * optimum of scikit-learn's "saga", with exact zeros, in few iterations. A sparse X with few rows for its columns is worked on in
 * the space of its rows, by the same steps; digits that an early stop leaves open may differ. Not converging is recorded in
 * `fitted.converged`, never thrown.
 *
 * `predict` takes the second of two classes where the score is above 0, else the class of the highest score.
 *
 * @throws DataError for fewer than two classes; ShapeError when a warm start meets other columns or classes.
 *
 * Counterpart: scikit-learn's LogisticRegression(solver="lbfgs"), and "saga" for l1_ratio > 0. Without
 * `solver`, `random_state` (nothing here is random), `dual` and `intercept_scaling`.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.4.
 *
 * @example
 * const model = await new LogisticRegression({ C: 10 }).fit(X, y);
 * (await model.predictProba(X)).at(0, 1); // how likely row 0 is of class fitted.classes[1]
 */
export class LogisticRegression extends LogisticModel<LogisticRegressionOptions, LogisticRegressionFitted> implements FitsTogether {
  static override readonly rules: Rules<LogisticRegressionOptions> = {
    C: positive(1, { infinite: true }),
    l1Ratio: number(0, { min: 0, max: 1 }),
    fitIntercept: flag(true),
    tol: number(1e-4, { min: 0 }),
    maxIter: integer(100, { min: 1 }),
    classWeight: classWeightRule(),
    warmStart: flag(false),
  };

  static {
    declareAtOnce(LogisticRegression.prototype.fit, (owner: LogisticRegression, [X, y, options], use) => use(owner.#fit(X, y, options)));
  }

  override async fit(X: MatrixLike, y: Labels, options?: FitOptions): Promise<this> {
    return this.#fit(X, y, options);
  }

  #fit(X: MatrixLike, y: Labels, options: FitOptions = {}): this {
    const rows = this.trainingRows(X, y, options);
    return this.keep(this.learn(rows.X, rows.target), rows);
  }

  /** Fits several with different options, at less cost than one by one: on a sparse X, without lasso, with two classes or with few rows for the columns. */
  async fitTogether(peers: readonly this[], X: MatrixLike, y: Labels, options: FitOptions = {}): Promise<void> {
    const rows = this.trainingRows(X, y, options);
    const isJoint = new Map(peers.map((peer) => [peer, peer.#isJoint(rows)]));
    for (const withIntercept of [true, false]) {
      const alike = peers.filter((peer) => peer.options.fitIntercept === withIntercept && isJoint.get(peer));
      const learned = alike.length > 0 ? alike[0].#learnJointly(alike, rows) : [];
      for (const [i, peer] of alike.entries()) peer.keep(learned[i], rows);
    }
    for (const peer of peers) if (!isJoint.get(peer)) peer.keep(peer.learn(rows.X, rows.target), rows);
  }

  protected learn(X: Matrix, target: Target): LogisticRegressionFitted {
    if (this.#isJoint({ X, target })) return this.#learnJointly([this], { X, target })[0];
    return withArena((arena) => this.#solve(X, target, arena));
  }

  /** Whether fitJointly may do the work. */
  #isJoint({ X }: LabelledRows): boolean {
    const { l1Ratio, warmStart } = this.options;
    return X.kind === 'csr' && l1Ratio === 0 && !(warmStart && this.isFitted);
  }

  #learnJointly(alike: readonly this[], { X, target }: LabelledRows): LogisticRegressionFitted[] {
    const { classes, codes } = target;
    const problems = alike.map((peer) => ({ ...peer.#penalty(X, target), options: peer.#minimiser }));
    const results = fitJointly(X as CsrMatrix, { classes: classes.length, codes }, this.options.fitIntercept, problems);
    const outputs = classes.length === 2 ? 1 : classes.length;
    return results.map((result, i) => (result ? this.#learned(result, X.cols, outputs) : withArena((arena) => alike[i].#solve(X, target, arena))));
  }

  get #minimiser(): LbfgsOptions {
    return { maxIter: this.options.maxIter, gtol: this.options.tol, ftol: LBFGS_FTOL, maxLineSearch: 50 };
  }

  /** The penalty's factors for the mean loss, and the rows' weights. */
  #penalty(X: Matrix, { classes, codes, sampleWeight }: Target): { l1: number; l2: number; sampleWeight: Float64Array | undefined } {
    const { C, l1Ratio, classWeight } = this.options;
    const weights = weightRows(this.owner, classWeight, classes, codes, sampleWeight);
    const total = weights ? pairwiseSum(weights) : X.rows;
    if (total === 0) throw new DataError(`${this.owner}: sampleWeight times classWeight must not be zero in every row.`);
    const penalty = 1 / (C * total);
    return { l1: penalty * l1Ratio, l2: penalty * (1 - l1Ratio), sampleWeight: weights };
  }

  #solve(X: Matrix, target: Target, arena: Arena): LogisticRegressionFitted {
    const { fitIntercept, tol, maxIter } = this.options;
    const { classes, codes } = target;
    const { l1, l2, sampleWeight } = this.#penalty(X, target);
    const settings = { fitIntercept, l2, sampleWeight, arena };
    const loss = classes.length === 2 ? new LogisticLoss(X, codes, settings) : new SoftmaxLoss(X, codes, classes.length, settings);
    const start = this.#start(X.cols, loss.outputs, classes);

    if (l1 > 0) {
      const { coefficients, ...run } = proximalNewton(loss, start, { l1, maxIter, tol });
      return { ...this.#unpack(coefficients, X.cols, loss.outputs, true), ...run };
    }
    return this.#learned(lbfgs(loss, start, this.#minimiser), X.cols, loss.outputs);
  }

  #learned({ x, f, iterations, evaluations, converged }: LbfgsResult, cols: number, outputs: number): LogisticRegressionFitted {
    return { ...this.#unpack(x, cols, outputs, false), iterations, evaluations, objective: f, converged };
  }

  /** Coefficients to start from, in the losses' layout: zeros, or what was learned before. */
  #start(cols: number, outputs: number, classes: readonly Label[]): Float64Array {
    const { fitIntercept, warmStart } = this.options;
    const start = new Float64Array(outputs * (cols + (fitIntercept ? 1 : 0)));
    if (!warmStart || !this.isFitted) return start;
    const before: LogisticRegressionFitted & ClassesSeen = this.fitted;
    if (before.coef.cols !== cols || before.classes.length !== classes.length) {
      throw new ShapeError(
        `${this.owner}: a warm start needs the ${before.coef.cols} columns and ${before.classes.length} classes of the fit before, ` +
          `got ${cols} and ${classes.length}. Fit a clone instead.`,
      );
    }
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < cols; j++) start[j * outputs + k] = before.coef.data[k * cols + j];
      if (fitIntercept) start[cols * outputs + k] = before.intercept[k];
    }
    return start;
  }

  /** The solver's vector as coef and intercept. */
  #unpack(solution: Float64Array, cols: number, outputs: number, centre: boolean): { coef: DenseMatrix; intercept: Float64Array } {
    const coef = new DenseMatrix(outputs, cols);
    const intercept = new Float64Array(outputs);
    for (let k = 0; k < outputs; k++) {
      if (outputs === 1) coef.data.set(solution.subarray(0, cols));
      else for (let j = 0; j < cols; j++) coef.data[k * cols + j] = solution[j * outputs + k];
      if (this.options.fitIntercept) intercept[k] = solution[cols * outputs + k];
    }
    // Several intercepts are determined only up to a constant. Gradient steps from zero keep their sum
    // at zero, coordinate steps do not.
    if (centre && outputs > 1) {
      const mean = intercept.reduce((a, b) => a + b, 0) / outputs;
      for (let k = 0; k < outputs; k++) intercept[k] -= mean;
    }
    return { coef, intercept };
  }
}
