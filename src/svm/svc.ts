import { LabelClassifier, type Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, type ClassWeight } from '../core/class-weight.ts';
import { OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { choice, flag, positive, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import type { MachineSettings } from './binary-machine.ts';
import { checkGiven, kernelOf, kernelRules, type KernelOptions } from './kernel-options.ts';
import { forKernelValues } from './kernel-values.ts';
import { pairDecisions, trainPairs } from './one-versus-one.ts';
import { confidences, pairProbabilities, votes } from './pair-votes.ts';
import { rowsByClass } from './rows-by-class.ts';
import { SolverRandom } from './solver-random.ts';
import { pairCoefficients, supportVectors } from './support-vectors.ts';

export interface SVCOptions extends KernelOptions {
  /** Cost of a row within the margin, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /**
   * Whether to learn probabilities by Platt's sigmoids over five inner folds, which takes six fits per pair of
   * classes; `predictProba` exists only then. Default false.
   */
  probability?: boolean;
  /** Weight of each class, multiplied into the upper bounds; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
  /**
   * What `decisionFunction` gives for three classes or more: 'ovr' one column per class (votes, with confidences
   * between them), 'ovo' one per pair. Default 'ovr'.
   */
  decisionFunctionShape?: 'ovr' | 'ovo';
  /** Whether `predict` breaks ties of votes by confidence; else the smallest class wins. Default false. */
  breakTies?: boolean;
  /** Seed of the inner folds of `probability`. Default null: 0. */
  randomState?: number | null;
}

export interface SVCFitted {
  /** Row numbers of the support vectors in X, class by class. */
  support: Int32Array;
  /** Those rows; without rows for a precomputed kernel. */
  supportVectors: Matrix;
  /** Support vectors per class. */
  nSupport: Int32Array;
  /**
   * (classes − 1) × support vectors: yα of each. The machine of classes i < j keeps i's in row j − 1, j's in row i.
   */
  dualCoef: DenseMatrix;
  /** One per pair of classes. */
  intercept: Float64Array;
  /** Pairs × columns, for the linear kernel; null for others. */
  coef: DenseMatrix | null;
  /** γ as a number; 0 where the kernel has none. */
  gamma: number;
  /** Platt's A and B per pair, of P(first class) = 1 / (1 + e^(A·d + B)); empty without `probability`. */
  probA: Float64Array;
  probB: Float64Array;
  /** Steps of the solver per pair. */
  iterations: Int32Array;
  /** Whether every pair met the tolerance before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/**
 * Support vector classification with a kernel K and a soft margin. Per pair of classes (y = +1 and −1), the dual
 *
 *     min over 0 ≤ αᵢ ≤ Cᵢ, Σyᵢαᵢ = 0 of ½·Σᵢⱼ αᵢαⱼyᵢyⱼK(xᵢ, xⱼ) − Σαᵢ
 *
 * gives the decision value Σ yᵢαᵢK(xᵢ, x) + b; Cᵢ is C times the row's weight and its class's. Rows with αᵢ > 0
 * are the support vectors. Three classes or more are decided by the votes of all pairs.
 *
 * X: samples × features, dense or CSR (columns want similar scales). y: two classes or more. Time grows at least
 * with the square of the number of rows: beyond some ten thousand, use LinearSVC.
 *
 * The solver takes libsvm's steps, so that a model stopped at `tol` is scikit-learn's. Kernel values are kept in
 * single precision, as libsvm keeps them: beyond 1e-6 or so, `tol` brings nothing.
 *
 * With `probability`, Platt's sigmoids are fitted on inner folds; scikit-learn deprecates this from 1.9 on, since
 * the probabilities can disagree with `predict`, and so do we: better calibrate the decision values.
 *
 * @throws OptionError for breakTies with 'ovo'; ShapeError, DataError for a precomputed kernel that is not square
 * or sparse, and for a class whose rows all weigh 0.
 *
 * Counterpart: scikit-learn's SVC. `support` counts rows of X even where rows of weight 0 were left out; randomState
 * null is seed 0; no kernels of one's own other than precomputed.
 * Source: Cortes and Vapnik, "Support-vector networks", Machine Learning 20, 1995; Chang and Lin, "LIBSVM: a library
 * for support vector machines", 2011.
 *
 * @example
 * const model = await new SVC({ C: 10, gamma: 0.1 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class SVC extends LabelClassifier<SVCOptions, SVCFitted> {
  static override readonly rules: Rules<SVCOptions> = {
    C: positive(1),
    ...kernelRules,
    probability: flag(false),
    classWeight: classWeightRule(),
    decisionFunctionShape: choice('ovr', ['ovr', 'ovo']),
    breakTies: flag(false),
    randomState: seed(),
  };

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): SVCFitted {
    const { C, classWeight, probability, randomState, breakTies, decisionFunctionShape } = this.options;
    if (breakTies && decisionFunctionShape === 'ovo') {
      throw new OptionError(`${this.owner}: breakTies goes with decisionFunctionShape 'ovr', got 'ovo'.`);
    }
    const kernel = kernelOf(this.owner, X, this.options);
    const weights = classWeights(this.owner, classWeight, classes, codes);
    const { rows, starts } = rowsByClass(this.owner, classes, codes, sampleWeight);
    const costs = Float64Array.from(rows, (i) => C * weights[codes[i]] * (sampleWeight ? sampleWeight[i] : 1));
    const settings: MachineSettings = { ...this.options, kernel };
    const random = probability ? new SolverRandom(randomState) : undefined;
    const { rho, support, nSupport, dualCoef, ...rest } = trainPairs({ X, rows, starts, costs }, settings, random);

    const isBinary = classes.length === 2;
    // Machines are positive for the first class of a pair; for two classes, scores are to be for the second.
    const intercept = rho.map((value) => (isBinary ? value : -value) + 0);
    if (isBinary) for (let p = 0; p < dualCoef.data.length; p++) dualCoef.data[p] = 0 - dualCoef.data[p];
    const vectors = supportVectors(X, support, kernel.kernel === 'precomputed');
    const coef = kernel.kernel === 'linear' ? pairCoefficients(vectors, nSupport, dualCoef) : null;
    return { support, supportVectors: vectors, nSupport, dualCoef, intercept, coef, gamma: kernel.gamma, ...rest };
  }

  /**
   * For two classes one value per row, above 0 meaning classes[1]; else one column per class, or per pair with
   * decisionFunctionShape 'ovo', where above 0 means the pair's first class.
   */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const decisions = this.#decisions(this.checkSeen(X));
    if (decisions.cols === 1) return decisions.data;
    return this.options.decisionFunctionShape === 'ovo' ? decisions : confidences(decisions, this.fitted.classes.length);
  }

  /** The class that wins most pairs; on a tie the smallest, or the most confident with `breakTies`. */
  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const decisions = this.#decisions(this.checkSeen(X));
    if (decisions.cols === 1) return Array.from(decisions.data, (value) => classes[value < 0 ? 0 : 1]);
    if (this.options.breakTies) return this.labelsOf(confidences(decisions, classes.length));
    return this.labelsOf(votes(decisions, classes.length));
  }

  /** rows × classes, in the order of `fitted.classes`. Undefined unless `probability` is true. */
  get predictProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    if (!this.options.probability) return undefined;
    return async (X) => {
      const { rows, cols, data } = this.#decisions(this.checkSeen(X));
      const towardsFirst = cols === 1 ? data.map((value) => -value) : data;
      return pairProbabilities(new DenseMatrix(rows, cols, towardsFirst), this.fitted.classes.length, this.fitted);
    };
  }

  /** ln of predictProba. Undefined unless `probability` is true. */
  get predictLogProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    const { predictProba } = this;
    return predictProba && (async (X) => {
      const { rows, cols, data } = await predictProba(X);
      return new DenseMatrix(rows, cols, data.map(Math.log));
    });
  }

  /** rows × pairs; for two classes above 0 means the second, else the pair's first class. */
  #decisions(X: Matrix): DenseMatrix {
    const { nSupport, dualCoef, intercept, supportVectors: vectors, support, gamma } = this.fitted;
    const { kernel, degree, coef0 } = this.options;
    checkGiven(this.owner, X, kernel);
    const decisions = new DenseMatrix(X.rows, intercept.length);
    forKernelValues(X, { kernel: { kernel, degree, coef0, gamma }, vectors, rows: support }, (i, values) => {
      pairDecisions(values, { nSupport, dualCoef }, intercept, decisions.row(i));
    });
    return decisions;
  }
}
