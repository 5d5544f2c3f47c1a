import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows } from '../core/rows.ts';
import { number, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { withArena } from '../kernels/arena.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkGiven, kernelOf, kernelRules, type KernelOptions } from './kernel-options.ts';
import { kernelRows } from './kernel-rows.ts';
import { kernelSums, type KernelSum } from './kernel-sums.ts';
import { SignedQuadratic } from './quadratic.ts';
import { Smo } from './smo.ts';
import { supportOf } from './support-vectors.ts';

export interface OneClassSVMOptions extends KernelOptions {
  /** At most this share of the rows ends as outliers, and at least this share supports the boundary, in (0, 1], by weight. Default 0.5. */
  nu?: number;
}

export interface OneClassSVMFitted extends KernelSum, FeaturesSeen {
  /** One number: how many support vectors there are. */
  nSupport: Int32Array;
  /** ρ: what decisionFunction takes off scoreSamples. */
  offset: number;
  /** 1 × columns, for the linear kernel; null for others. */
  coef: DenseMatrix | null;
  /** γ as a number; 0 where the kernel has none. */
  gamma: number;
  /** Steps of the solver. */
  iterations: number;
  /** Whether the tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/**
 * Finds outliers as the rows beyond a smooth boundary around most of them. The dual
 *
 *     min over 0 ≤ αᵢ ≤ sᵢ, Σαᵢ = nu·Σsᵢ of ½·αᵀKα
 *
 * for row weights s gives the decision value Σ αᵢK(xᵢ, x) − ρ, below 0 for outliers.
 *
 * X: rows × columns, dense or CSR (columns want similar scales). `y` is not used. `predict` gives 1 for rows as they should be and −1 for
 * outliers; where y says so too, folds judge it by labels ('f1', 'rocAuc'). As a column of features, take `scoreSamples`. Time grows with the
 * square of the rows: for many of them take an IsolationForest.
 *
 * `fitted`: support, supportVectors, nSupport, dualCoef (α), intercept (−ρ), offset (ρ), coef, gamma, iterations, converged.
 *
 * Counterpart: scikit-learn's OneClassSVM, libsvm's steps. `support` counts rows of X even where rows of weight 0 were left out; no kernels of
 * one's own other than precomputed.
 * Source: Schölkopf, Platt, Shawe-Taylor, Smola, Williamson, "Estimating the support of a high-dimensional distribution", Neural Computation 13, 2001.
 *
 * @example
 * const boundary = await new OneClassSVM({ nu: 0.05 }).fit(X);
 * await boundary.predict(Xnew); // −1 where a row is unlike those of X
 */
export class OneClassSVM extends Estimator<OneClassSVMOptions, OneClassSVMFitted> {
  static override readonly rules: Rules<OneClassSVMOptions> = { nu: number(0.5, { min: 0, max: 1, openMin: true }), ...kernelRules };

  /** It predicts whether rows are outliers, which is no class of y. */
  get estimatorType(): 'outlierDetector' {
    return 'outlierDetector';
  }

  /** @throws ShapeError, DataError for an X or weights that cannot be learned from, or a nu that leaves no row within. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>, { sampleWeight }: FitOptions = {}): Promise<this> {
    const matrix = asMatrix(this.owner, X);
    checkSameRows(this.owner, { X: matrix, y });
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows) ?? new Float64Array(matrix.rows).fill(1);
    return this.restore({ ...this.#learn(matrix, weights), nFeaturesIn: matrix.cols });
  }

  /** Learns from X and tells its outliers, as `predict`. */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Int32Array> {
    await this.fit(X, y, options);
    return this.predict(X);
  }

  /** 1 where the decision value is above 0, else −1: outliers. */
  async predict(X: MatrixLike): Promise<Int32Array> {
    return Int32Array.from(await this.decisionFunction(X), (value) => (value > 0 ? 1 : -1));
  }

  /** scoreSamples less the offset: below 0 for outliers. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array> {
    const { fitted } = this;
    const { kernel, degree, coef0 } = this.#given;
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, matrix, fitted.nFeaturesIn);
    checkGiven(this.owner, matrix, kernel);
    return kernelSums(matrix, { kernel, degree, coef0, gamma: fitted.gamma }, fitted);
  }

  /** How usual each row is: Σ αᵢK(xᵢ, x). */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const { offset } = this.fitted;
    return (await this.decisionFunction(X)).map((value) => value + offset);
  }

  #learn(X: Matrix, sampleWeight: Float64Array): Omit<OneClassSVMFitted, 'nFeaturesIn'> {
    const options = this.#given;
    const kernel = kernelOf(this.owner, X, options);
    const rows = Int32Array.from(sampleWeight.keys()).filter((i) => sampleWeight[i] > 0);
    const C = Float64Array.from(rows, (i) => sampleWeight[i]);
    // α to begin with: all that the first rows may have.
    let left = C.reduce((sum, bound) => sum + bound * options.nu, 0);
    const start = C.map((bound) => {
      const own = Math.min(left, bound);
      left -= own;
      return own;
    });
    const { alpha, rho, iterations, converged } = withArena((arena) => {
      const y = new Int8Array(rows.length).fill(1);
      const Q = new SignedQuadratic(arena, kernelRows(arena, X, rows, kernel), y, options.cacheSize);
      return new Smo(arena, { Q, y, p: new Float64Array(rows.length), C, start }, options).solve();
    });
    if (!Number.isFinite(rho)) throw new DataError(`${this.owner}: nu must leave rows within the boundary, all are beyond it with ${options.nu}. Use a smaller nu.`);
    const { support, dualCoef, vectors, coef } = supportOf(X, rows, alpha, kernel.kernel);
    return { support, supportVectors: vectors, nSupport: Int32Array.of(support.length), dualCoef, intercept: Float64Array.of(0 - rho), offset: rho, coef, gamma: kernel.gamma, iterations, converged };
  }

  get #given(): Required<OneClassSVMOptions> {
    return this.options as Required<OneClassSVMOptions>;
  }
}
