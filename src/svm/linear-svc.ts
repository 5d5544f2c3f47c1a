import { LabelClassifier, type Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, type ClassWeight } from '../core/class-weight.ts';
import { OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { choice, flag, integer, positive, seed, type Rules } from '../core/rules.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import { packDualHingeRows } from '../kernels/dual-hinge-rows.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { timesTransposed } from '../matrix/products.ts';
import { dualHinge } from './dual-hinge.ts';
import { lassoHinge } from './lasso-hinge.ts';
import { linearArrays } from './linear-arrays.ts';
import { linearRows } from './linear-rows.ts';
import type { LinearSolution, LinearStop } from './linear-solution.ts';
import { rowsByClass } from './rows-by-class.ts';
import { SolverRandom } from './solver-random.ts';
import { squaredHinge } from './squared-loss.ts';
import { trustRegionNewton } from './trust-region-newton.ts';

export interface LinearSVCOptions {
  /** 'l2' is ½‖w‖², 'l1' is ‖w‖₁, which makes most weights exactly 0. Default 'l2'. */
  penalty?: 'l2' | 'l1';
  /** 'hinge' is max(0, 1 − y·s), 'squaredHinge' its square. Default 'squaredHinge'. */
  loss?: 'hinge' | 'squaredHinge';
  /**
   * Whether to solve the dual problem, whose unknowns are one per row. Default 'auto': where there are fewer rows
   * than columns or the primal solver does not know the loss.
   */
  dual?: boolean | 'auto';
  /** How exactly to solve; what it measures depends on the solver. Default 1e-4. */
  tol?: number;
  /** Cost of a row on the wrong side, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** Whether to learn an intercept; unlike logistic regression's it is penalised. Default true. */
  fitIntercept?: boolean;
  /** Value of the constant column whose weight is the intercept: the larger, the weaker its penalty. Default 1. */
  interceptScaling?: number;
  /** Weight of each class, multiplied into C; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
  /** Most passes over the data, or Newton steps, per class. Default 1000. */
  maxIter?: number;
  /** Seed of the order in which rows or columns are visited. Default null: 0. */
  randomState?: number | null;
}

export interface LinearSVCFitted {
  /** 1 × features for two classes (the score of classes[1]), else classes × features, each against the rest. */
  coef: DenseMatrix;
  /** One per row of coef; zeros without fitIntercept. */
  intercept: Float64Array;
  /** Passes over the data of the class that took the most. */
  iterations: number;
  /** Whether every class met the tolerance before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/**
 * Linear support vector machine: predicts the class of the highest score w·x + b. Minimises, per class against
 * the rest (once for two classes),
 *
 *     ½‖(w, b/s)‖² + Σ Cᵢ·max(0, 1 − yᵢ(w·xᵢ + b))²,   s = interceptScaling,
 *
 * or the other penalty and loss. Cᵢ is C times the row's weight, times classWeight where the row is of the class
 * itself (or there are only two). X: samples × features, dense or CSR. y: two classes or more.
 *
 * Solvers: coordinate descent on the dual, Newton in a trust region on the primal (squared hinge), coordinate
 * descent on the primal (l1). They draw scikit-learn's random numbers, so that with the same randomState the
 * model is scikit-learn's wherever it stops, not only at the optimum.
 *
 * `decisionFunction` gives scores; for probabilities, calibrate it.
 *
 * @throws OptionError for a loss that the penalty or `dual` does not go with; DataError for a class none of whose rows has
 * weight, which scikit-learn silently leaves out.
 *
 * Counterpart: scikit-learn's LinearSVC. Without multi_class "crammer_singer"; randomState null is seed 0.
 * Source: Fan, Chang, Hsieh, Wang, Lin, "LIBLINEAR: a library for large linear classification", JMLR 9, 2008.
 *
 * @example
 * const model = await new LinearSVC({ C: 0.5 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class LinearSVC extends LabelClassifier<LinearSVCOptions, LinearSVCFitted> {
  static override readonly rules: Rules<LinearSVCOptions> = {
    penalty: choice('l2', ['l2', 'l1']),
    loss: choice('squaredHinge', ['hinge', 'squaredHinge']),
    dual: choice('auto', ['auto', true, false]),
    tol: positive(1e-4),
    C: positive(1),
    fitIntercept: flag(true),
    interceptScaling: positive(1),
    classWeight: classWeightRule(),
    maxIter: integer(1000, { min: 1 }),
    randomState: seed(),
  };

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): LinearSVCFitted {
    const { C, fitIntercept, interceptScaling, classWeight } = this.options;
    const perClass = classWeights(this.owner, classWeight, classes, codes, sampleWeight);
    const { rows } = rowsByClass(this.owner, classes, codes, sampleWeight);
    const bias = fitIntercept ? interceptScaling : 0;
    const outputs = classes.length === 2 ? 1 : classes.length;
    const coef = new DenseMatrix(outputs, X.cols);
    const intercept = new Float64Array(outputs);
    const signs = new Int8Array(X.rows);
    const costs = new Float64Array(X.rows);
    let iterations = 0;
    let converged = true;
    withArena((arena) => {
      const solve = this.#solver(arena, X, rows, bias);
      for (let k = 0; k < outputs; k++) {
        const target = outputs === 1 ? 1 : k;
        const restWeight = outputs === 1 ? perClass[0] : 1;
        for (const i of rows) {
          const isTarget = codes[i] === target;
          signs[i] = isTarget ? 1 : -1;
          costs[i] = C * (isTarget ? perClass[target] : restWeight) * (sampleWeight ? sampleWeight[i] : 1);
        }
        const solution = withArena((scratch) => solve(scratch, signs, costs));
        coef.row(k).set(solution.w.subarray(0, X.cols));
        if (bias > 0) intercept[k] = bias * solution.w[X.cols];
        iterations = Math.max(iterations, solution.iterations);
        converged &&= solution.converged;
      }
    });
    return { coef, intercept, iterations, converged };
  }

  /** One score per row for two classes, above 0 meaning classes[1]; else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const scores = this.#scores(this.checkSeen(X));
    return scores.cols === 1 ? scores.data : scores;
  }

  /** The second of two classes where the score is above 0, else the class of the highest score. */
  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const scores = this.#scores(this.checkSeen(X));
    return scores.cols === 1 ? Array.from(scores.data, (score) => classes[score > 0 ? 1 : 0]) : this.labelsOf(scores);
  }

  #scores(X: Matrix): DenseMatrix {
    const { coef, intercept } = this.fitted;
    const scores = new DenseMatrix(X.rows, coef.rows);
    timesTransposed(X, coef, intercept, scores.data);
    return scores;
  }

  #isDual(X: Matrix): boolean {
    const { penalty, loss, dual } = this.options;
    if (penalty === 'l1' && (loss === 'hinge' || dual === true)) {
      throw new OptionError(`${this.owner}: penalty 'l1' goes with loss 'squaredHinge' and dual false, got loss '${loss}' and dual ${dual}.`);
    }
    if (loss === 'hinge' && dual === false) {
      throw new OptionError(`${this.owner}: loss 'hinge' is solved in the dual only, got dual false. Use dual: 'auto'.`);
    }
    if (penalty === 'l1') return false;
    if (loss === 'hinge') return true;
    return dual === 'auto' ? X.rows < X.cols : dual;
  }

  /** What finds the weights for given sides and costs of the rows, in memory of its own beside that of the rows. */
  #solver(arena: Arena, X: Matrix, rows: Int32Array, bias: number): (scratch: Arena, signs: Int8Array, costs: Float64Array) => LinearSolution {
    const { penalty, loss, tol, maxIter, randomState } = this.options;
    const random = new SolverRandom(randomState);
    if (this.#isDual(X)) {
      const packed = packDualHingeRows(arena, X.kind === 'csr' ? X : CsrMatrix.fromDense(X));
      const settings = { squared: loss === 'squaredHinge', tol, maxIter, random };
      return (scratch, signs, costs) => dualHinge(scratch, { X: packed, rows, bias, signs, costs }, settings);
    }
    const solve = penalty === 'l1' ? lassoSolver(linearRows(X, rows, bias), random) : newtonSolver(linearArrays(arena, X, rows, bias));
    return (scratch, allSigns, allCosts) => {
      const signs = new Int8Array(rows.length);
      const costs = new Float64Array(rows.length);
      let positives = 0;
      for (let s = 0; s < rows.length; s++) {
        signs[s] = allSigns[rows[s]];
        costs[s] = allCosts[rows[s]];
        if (signs[s] > 0) positives++;
      }
      const smaller = Math.max(Math.min(positives, rows.length - positives), 1);
      return solve(scratch, signs, costs, { tol: (tol * smaller) / rows.length, maxIter });
    };
  }
}

type PrimalSolver = (scratch: Arena, signs: Int8Array, costs: Float64Array, stop: LinearStop) => LinearSolution;

function lassoSolver(X: CsrMatrix, random: SolverRandom): PrimalSolver {
  return (_, signs, costs, stop) => lassoHinge(X, signs, costs, { ...stop, random });
}

function newtonSolver(X: MatrixArrays): PrimalSolver {
  return (scratch, signs, costs, stop) => trustRegionNewton(squaredHinge(scratch, X, signs, costs), stop);
}
