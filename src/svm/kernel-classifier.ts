import { LabelClassifier, type ClassesSeen, type Target } from '../base/label-classifier.ts';
import { classWeights, type ClassWeight } from '../core/class-weight.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import type { BinaryProblem, Machine, MachineSettings } from './binary-machine.ts';
import { couplePairs } from './couple-pairs.ts';
import { KernelValues } from './kernel-values.ts';
import { kernelOf, type KernelOptions } from './kernel-options.ts';
import { pairDecisions, trainPairs } from './one-versus-one.ts';
import { plattProbability } from './platt-scaling.ts';
import { rowsByClass } from './rows-by-class.ts';
import { SolverRandom } from './solver-random.ts';
import { addSupport, supportVectors } from './support-vectors.ts';

/** Options that all classifiers with a kernel share. */
export interface KernelClassifierOptions extends KernelOptions {
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

export interface KernelClassifierFitted {
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
 * What SVC and NuSVC share: a machine per pair of classes, votes, decision values, probabilities. A subclass says
 * how one pair is trained.
 */
export abstract class KernelClassifier<Options extends KernelClassifierOptions> extends LabelClassifier<Options, KernelClassifierFitted> {
  /** Upper bound of α of a row of weight 1 and class weight 1. */
  protected abstract get cost(): number;

  protected abstract trainPair(problem: BinaryProblem, settings: MachineSettings): Machine;

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): KernelClassifierFitted {
    const options = this.options as Required<KernelClassifierOptions>;
    if (options.breakTies && options.decisionFunctionShape === 'ovo') {
      throw new OptionError(`${this.owner}: breakTies goes with decisionFunctionShape 'ovr', got 'ovo'.`);
    }
    const kernel = kernelOf(this.owner, X, options);
    const weights = classWeights(this.owner, options.classWeight, classes, codes);
    const rows = rowsByClass(codes, classes.length, sampleWeight);
    const costs = Float64Array.from(rows, (i) => this.cost * weights[codes[i]] * (sampleWeight ? sampleWeight[i] : 1));
    const starts = this.#startsOf(classes, codes, rows);
    const settings: MachineSettings = { ...options, kernel };
    const random = options.probability ? new SolverRandom(options.randomState) : undefined;
    const { rho, support, nSupport, dualCoef, ...rest } = trainPairs({ X, rows, starts, costs }, settings, random, (problem, how) =>
      this.trainPair(problem, how),
    );

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
    return async (X) => this.#probabilities(this.#decisions(this.checkSeen(X)), this.fitted);
  }

  /** ln of predictProba. Undefined unless `probability` is true. */
  get predictLogProba(): ((X: MatrixLike) => Promise<DenseMatrix>) | undefined {
    const { predictProba } = this;
    return predictProba && (async (X) => {
      const { rows, cols, data } = await predictProba(X);
      return new DenseMatrix(rows, cols, data.map(Math.log));
    });
  }

  #startsOf(classes: readonly Label[], codes: Int32Array, rows: Int32Array): Int32Array {
    const starts = new Int32Array(classes.length + 1);
    for (const i of rows) starts[codes[i] + 1]++;
    const lost = classes.filter((_, k) => starts[k + 1] === 0);
    if (lost.length > 0) {
      throw new DataError(`${this.owner}: every class must have a row whose weight is above 0, got none for ${lost.map(show).join(', ')}.`);
    }
    for (let k = 0; k < classes.length; k++) starts[k + 1] += starts[k];
    return starts;
  }

  /** rows × pairs. */
  #decisions(X: Matrix): DenseMatrix {
    const { nSupport, dualCoef, intercept, supportVectors: vectors, support, gamma } = this.fitted;
    const { kernel, degree, coef0 } = this.options as Required<KernelClassifierOptions>;
    const values = new KernelValues(vectors, support, { kernel, degree, coef0, gamma });
    const same = values.sameKind(X);
    const decisions = new DenseMatrix(X.rows, intercept.length);
    for (let i = 0; i < X.rows; i++) pairDecisions(values.row(same, i), { nSupport, dualCoef }, intercept, decisions.row(i));
    return decisions;
  }

  #probabilities(decisions: DenseMatrix, { classes, probA, probB }: KernelClassifierFitted & ClassesSeen): DenseMatrix {
    const k = classes.length;
    const result = new DenseMatrix(decisions.rows, k);
    const pairwise = new Float64Array(k * k);
    for (let row = 0; row < decisions.rows; row++) {
      const values = decisions.row(row);
      let pair = 0;
      for (let i = 0; i < k; i++) {
        for (let j = i + 1; j < k; j++, pair++) {
          const decision = k === 2 ? -values[pair] : values[pair];
          const p = plattProbability(decision, { A: probA[pair], B: probB[pair] });
          pairwise[i * k + j] = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
          pairwise[j * k + i] = 1 - pairwise[i * k + j];
        }
      }
      couplePairs(pairwise, k, result.row(row));
    }
    return result;
  }
}

/** w of each pair's linear machine. */
function pairCoefficients(vectors: Matrix, nSupport: Int32Array, dualCoef: DenseMatrix): DenseMatrix {
  const k = nSupport.length;
  const coef = new DenseMatrix((k * (k - 1)) / 2, vectors.cols);
  let pair = 0;
  let startI = 0;
  for (let i = 0; i < k; i++) {
    let startJ = startI + nSupport[i];
    for (let j = i + 1; j < k; j++, pair++) {
      addSupport(vectors, dualCoef.row(j - 1), startI, startI + nSupport[i], coef.row(pair));
      addSupport(vectors, dualCoef.row(i), startJ, startJ + nSupport[j], coef.row(pair));
      startJ += nSupport[j];
    }
    startI += nSupport[i];
  }
  return coef;
}

/** Pairs won by each class. */
function votes(decisions: DenseMatrix, k: number): DenseMatrix {
  const counts = new DenseMatrix(decisions.rows, k);
  forPairs(decisions, k, (row, i, j, value) => counts.data[row * k + (value > 0 ? i : j)]++);
  return counts;
}

/** Votes plus the summed decisions s squeezed into (−⅓, ⅓) by s / (3(|s| + 1)), so that they only break ties. */
function confidences(decisions: DenseMatrix, k: number): DenseMatrix {
  const won = new DenseMatrix(decisions.rows, k);
  const sums = new Float64Array(decisions.rows * k);
  forPairs(decisions, k, (row, i, j, value) => {
    won.data[row * k + (value < 0 ? j : i)]++;
    sums[row * k + i] += value;
    sums[row * k + j] -= value;
  });
  for (let p = 0; p < sums.length; p++) won.data[p] += sums[p] / (3 * (Math.abs(sums[p]) + 1));
  return won;
}

function forPairs(decisions: DenseMatrix, k: number, visit: (row: number, i: number, j: number, value: number) => void): void {
  for (let row = 0; row < decisions.rows; row++) {
    let pair = row * decisions.cols;
    for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) visit(row, i, j, decisions.data[pair++]);
  }
}
