import { LabelClassifier, type Target } from '../base/label-classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { choice, flag, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import type { MachineSettings } from './binary-machine.ts';
import { checkGiven, kernelOf, kernelRules, type KernelOptions } from './kernel-options.ts';
import { forKernelValues } from '../matrix/kernel-values.ts';
import { pairDecisions, trainPairs } from './one-versus-one.ts';
import { confidences, pairProbabilities, votes } from './pair-votes.ts';
import { rowsByClass } from './rows-by-class.ts';
import { SolverRandom } from './solver-random.ts';
import { pairCoefficients, supportVectors } from './support-vectors.ts';

/** Options that SVC and NuSVC share. */
export interface KernelClassifierOptions extends KernelOptions {
  /**
   * Whether to learn probabilities by Platt's sigmoids over five inner folds, which takes six fits per pair of
   * classes; `predictProba` exists only then. Default false.
   */
  probability?: boolean;
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

export const kernelClassifierRules: Rules<KernelClassifierOptions> = {
  ...kernelRules,
  probability: flag(false),
  decisionFunctionShape: choice('ovr', ['ovr', 'ovo']),
  breakTies: flag(false),
  randomState: seed(),
};

/** How the rows of one fit are bounded. */
export interface Bounds {
  /** Upper bound of each row's α; with ν the row's weight. */
  costOf: (row: number) => number;
  nu?: number;
}

/** A classifier of one machine with a kernel per pair of classes. */
export abstract class KernelClassifier<Options extends KernelClassifierOptions> extends LabelClassifier<Options, SVCFitted> {
  /** @throws OptionError where options and classes do not go together */
  protected abstract bounds(target: Target): Bounds;

  protected learn(X: Matrix, target: Target): SVCFitted {
    const options = this.#given;
    const { classes, codes, sampleWeight } = target;
    if (options.breakTies && options.decisionFunctionShape === 'ovo') {
      throw new OptionError(`${this.owner}: breakTies goes with decisionFunctionShape 'ovr', got 'ovo'.`);
    }
    const kernel = kernelOf(this.owner, X, options);
    const { rows, starts } = rowsByClass(this.owner, classes, codes, sampleWeight);
    const { costOf, nu } = this.bounds(target);
    const settings: MachineSettings = { ...options, kernel, ...(nu !== undefined && { nu }) };
    const random = options.probability ? new SolverRandom(options.randomState) : undefined;
    const { rho, support, nSupport, dualCoef, ...rest } = trainPairs({ X, rows, starts, costs: Float64Array.from(rows, costOf) }, settings, random);

    if (!rho.every(Number.isFinite) || !dualCoef.data.every(Number.isFinite)) {
      throw new DataError(`${this.owner}: no margin is left between two of the classes with nu ${nu}. Use a smaller nu, another kernel, or SVC.`);
    }
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
    return this.#given.decisionFunctionShape === 'ovo' ? decisions : confidences(decisions, this.fitted.classes.length);
  }

  /** The class that wins most pairs; on a tie the smallest, or the most confident with `breakTies`. */
  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const decisions = this.#decisions(this.checkSeen(X));
    if (decisions.cols === 1) return Array.from(decisions.data, (value) => classes[value < 0 ? 0 : 1]);
    if (this.#given.breakTies) return this.labelsOf(confidences(decisions, classes.length));
    return this.labelsOf(votes(decisions, classes.length));
  }

  /** rows × classes, in the order of `fitted.classes`. Undefined unless `probability` is true. */
  get predictProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    if (!this.#given.probability) return undefined;
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
    const { kernel, degree, coef0 } = this.#given;
    checkGiven(this.owner, X, kernel);
    const decisions = new DenseMatrix(X.rows, intercept.length);
    forKernelValues(X, { kernel: { kernel, degree, coef0, gamma }, vectors, rows: support }, (i, values) => {
      pairDecisions(values, { nSupport, dualCoef }, intercept, decisions.row(i));
    });
    return decisions;
  }

  get #given(): Required<KernelClassifierOptions> {
    return this.options as unknown as Required<KernelClassifierOptions>;
  }
}
