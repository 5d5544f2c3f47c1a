import { Regressor } from '../base/regressor.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { choice, number, optional, type Rules } from '../core/rules.ts';
import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { kernelMatrix, type PairwiseKernelName } from '../matrix/kernel-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector } from '../matrix/products.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { addScaled, dotProduct } from '../matrix/vector.ts';

export interface KernelRidgeOptions {
  /** Strength of the penalty, at least 0: larger is simpler. Default 1. */
  alpha?: number;
  /**
   * Similarity of two rows: 'linear' a·b, 'polynomial' (or 'poly') (γ·a·b + coef0)^degree, 'rbf' exp(−γ‖a − b‖²), 'laplacian'
   * exp(−γ·Σ|a − b|), 'sigmoid' tanh(γ·a·b + coef0), 'cosine' a·b/(‖a‖·‖b‖); 'precomputed': X holds the values, in fit rows ×
   * rows, later rows × rows of fit. Default 'linear'.
   */
  kernel?: PairwiseKernelName | 'precomputed';
  /** γ, at least 0. Default null: 1 / columns. */
  gamma?: number | null;
  /** Exponent of 'polynomial', at least 0. Default 3. */
  degree?: number;
  /** Constant of 'polynomial' and 'sigmoid'. Default 1. */
  coef0?: number;
}

export interface KernelRidgeFitted {
  /** One per row of fit: how much its similarity counts. */
  dualCoef: Float64Array;
  /** The rows of fit; without rows for a precomputed kernel. */
  XFit: Matrix;
  /** γ as a number; 0 for a precomputed kernel. */
  gamma: number;
}

/** Rows that are predicted at a time, so that not all similarities are kept. */
const BLOCK = 512;

/**
 * Ridge regression on similarities to the training rows, which stand for columns that are never formed: a prediction is
 * Σ βᵢ·K(xᵢ, x), where over row weights s
 *
 *     β = S·(S·K·S + alpha·I)⁻¹·S·y,   S = diag(√s),
 *
 * which minimises Σ sᵢ(yᵢ − f(xᵢ))² + alpha·‖f‖². There is no intercept: centre y, or choose a kernel with a constant. X: samples ×
 * features, dense or sparse; columns want similar scales. Rows² numbers are kept while fitting, and rows³/3 steps made.
 *
 * `fitted` holds dualCoef, XFit and gamma. Where K + alpha is not positive definite, as may be for 'sigmoid' or alpha 0, β is the
 * shortest of the least-squares solutions.
 *
 * @throws ShapeError, DataError for a precomputed kernel that is not rows × rows, or sparse
 * Counterpart: scikit-learn's KernelRidge, for one target. Without the kernels 'chi2' and 'additive_chi2' and functions of one's
 * own: use 'precomputed'.
 * Source: Murphy, "Machine Learning: A Probabilistic Perspective", 2012, §14.4.3.
 *
 * @example
 * const model = await new KernelRidge({ kernel: 'polynomial', degree: 2, alpha: 0.6, coef0: 2.5 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class KernelRidge extends Regressor<KernelRidgeOptions, KernelRidgeFitted> {
  static override readonly rules: Rules<KernelRidgeOptions> = {
    alpha: number(1, { min: 0 }),
    kernel: choice('linear', ['linear', 'polynomial', 'poly', 'rbf', 'laplacian', 'sigmoid', 'cosine', 'precomputed']),
    gamma: optional(number(1, { min: 0 })),
    degree: number(3, { min: 0 }),
    coef0: number(1),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): KernelRidgeFitted {
    const isGiven = this.options.kernel === 'precomputed';
    if (isGiven && X.rows !== X.cols) throw new ShapeError(`${this.owner}: a precomputed kernel must be rows × rows in fit, got ${X.rows} × ${X.cols}.`);
    const gamma = isGiven ? 0 : (this.options.gamma ?? 1 / X.cols);
    const K = this.#similarities(X, X, gamma);
    const A = isGiven ? K.copy() : K;
    const root = sampleWeight?.map(Math.sqrt);
    if (root) scaleBothSides(A, root);
    const dualCoef = penalised(A, root ? y.map((value, i) => value * root[i]) : y, this.options.alpha);
    if (root) for (let i = 0; i < dualCoef.length; i++) dualCoef[i] *= root[i];
    return { dualCoef, XFit: isGiven ? new DenseMatrix(0, X.cols) : X.copy(), gamma };
  }

  protected values(X: Matrix, { dualCoef, XFit, gamma }: KernelRidgeFitted): Float64Array {
    const result = new Float64Array(X.rows);
    for (let from = 0; from < X.rows; from += BLOCK) {
      const to = Math.min(X.rows, from + BLOCK);
      timesVector(this.#similarities(rowBlock(X, from, to), XFit, gamma), dualCoef, 0, result.subarray(from, to));
    }
    return result;
  }

  #similarities(X: Matrix, rows: Matrix, gamma: number): DenseMatrix {
    const { kernel, degree, coef0 } = this.options;
    if (kernel !== 'precomputed') return kernelMatrix(X, rows, { kernel, gamma, degree, coef0 });
    if (X.kind === 'csr') throw new DataError(`${this.owner}: a precomputed kernel must be dense, got a sparse matrix. Use X.toDense().`);
    return X;
  }
}

/** A[i, j] ← A[i, j]·root[i]·root[j]. */
function scaleBothSides(A: DenseMatrix, root: Float64Array): void {
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) A.data[i * A.cols + j] *= root[i] * root[j];
}

/** (A + alpha·I)⁻¹·b; A is used up. */
function penalised(A: DenseMatrix, b: Float64Array, alpha: number): Float64Array {
  const n = A.rows;
  for (let i = 0; i < n; i++) A.data[i * n + i] += alpha;
  const diagonal = Float64Array.from({ length: n }, (_, i) => A.data[i * n + i]);
  if (cholesky(A)) return choleskySolve(A, b);
  // What is above the diagonal is as it was.
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) A.data[i * n + j] = A.data[j * n + i];
  diagonal.forEach((value, i) => (A.data[i * n + i] = value));
  return shortestSolution(A, b);
}

/** The shortest x that minimises ‖A·x − b‖, for a symmetric A: eigenvalues of at most 2⁻⁵² of the largest count as 0. */
function shortestSolution(A: DenseMatrix, b: Float64Array): Float64Array {
  const n = A.rows;
  const { values, vectors } = symmetricEigen(A);
  const least = Number.EPSILON * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const x = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if (Math.abs(values[k]) > least) addScaled(dotProduct(vectors.data, k * n, b, 0, n) / values[k], vectors.data, k * n, x, 0, n);
  }
  return x;
}
