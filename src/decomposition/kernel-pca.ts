import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, NotFittedError, OptionError, ShapeError } from '../core/errors.ts';
import { choice, either, flag, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { kernelMatrix, type PairwiseKernelName } from '../matrix/kernel-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { componentNames } from './component-names.ts';
import { kernelEigen, type KernelEigen, type KernelEigenSolver } from './kernel-eigen.ts';

export interface KernelPcaOptions {
  /** Components to keep; null for all whose eigenvalue is above 0. Default null. */
  nComponents?: number | null;
  /**
   * Similarity of two rows: 'linear' a·b, 'poly' (or 'polynomial') (γ·a·b + coef0)^degree, 'rbf' exp(−γ‖a − b‖²), 'laplacian'
   * exp(−γ·Σ|a − b|), 'sigmoid' tanh(γ·a·b + coef0), 'cosine' a·b/(‖a‖·‖b‖); 'precomputed': X holds the values, in fit rows ×
   * rows, later rows × rows of fit. Default 'linear'.
   */
  kernel?: PairwiseKernelName | 'precomputed';
  /** γ, at least 0; null for 1 / columns. Default null. */
  gamma?: number | null;
  /** Exponent of 'poly', at least 0. Default 3. */
  degree?: number;
  /** Constant of 'poly' and 'sigmoid'. Default 1. */
  coef0?: number;
  /** Penalty of the ridge regression that inverseTransform is. Default 1. */
  alpha?: number;
  /** Whether to learn inverseTransform too; not with 'precomputed'. Default false. */
  fitInverseTransform?: boolean;
  /**
   * 'dense': all eigenvalues. 'arpack': Lanczos, few components to working precision. 'randomized': few components, near the
   * best. 'auto': 'arpack' for fewer than 10 components of more than 200 rows, else 'dense'. Default 'auto'.
   */
  eigenSolver?: 'auto' | KernelEigenSolver;
  /** Tolerance of 'arpack', relative to the largest eigenvalue; 0 is working precision. Default 0. */
  tol?: number;
  /** Power iterations of 'randomized'; 'auto' is 7 for fewer components than a tenth of the rows, else 4. Default 'auto'. */
  iteratedPower?: number | 'auto';
  /** Whether components of eigenvalue 0 are left out; null for nComponents leaves them out anyway. Default false. */
  removeZeroEig?: boolean;
  /** Seed of 'arpack' and 'randomized'. Default null, which is 0. */
  randomState?: number | null;
}

/** What KernelPCA has learned; n is the number of rows, k that of components. */
export interface KernelPcaFitted extends FeaturesSeen {
  /** k eigenvalues of the centred similarities, descending. */
  eigenvalues: Float64Array;
  /** n × k, orthonormal columns; the largest element of each by size is positive. */
  eigenvectors: DenseMatrix;
  /** The rows of fit; without rows for a precomputed kernel. */
  XFit: Matrix;
  /** γ as a number. */
  gamma: number;
  /** Mean similarity of each row of fit with all of them. */
  similarityMeans: Float64Array;
  /** What the rows of fit became, n × k; null without fitInverseTransform. */
  XTransformedFit: DenseMatrix | null;
  /** n × columns: what inverseTransform multiplies similarities with; null without fitInverseTransform. */
  dualCoef: DenseMatrix | null;
}

/** Rows that are compared at a time, so that not all similarities are kept. */
const BLOCK = 512;

/**
 * Principal components in the space that a kernel stands for: X′ = K̃(X, rows of fit)·V·Λ^(−½), where V and Λ are the leading
 * eigenvectors and eigenvalues of the similarities K̃ of the rows of fit, centred in that space.
 *
 * X: rows × columns, dense or sparse. The result is dense, rows × k. `y` is not used. Rows² numbers are kept while fitting.
 *
 * `fitted`: eigenvalues, eigenvectors, XFit, gamma, similarityMeans, XTransformedFit, dualCoef.
 *
 * Counterpart: scikit-learn's KernelPCA, signs too; 'laplacian' besides, without functions of one's own and max_iter (Lanczos
 * goes on until it is there). Eigenvalues that rounding alone can make count as 0.
 * Source: Schölkopf, Smola and Müller, "Kernel principal component analysis", ICANN 1997; Bakır, Weston and Schölkopf, "Learning
 * to find pre-images", NIPS 2003.
 *
 * @throws DataError where all rows are alike, or the kernel has large negative eigenvalues; ShapeError, DataError for a precomputed kernel that is not rows × rows, or sparse
 * @example
 * const pca = await new KernelPCA({ nComponents: 2, kernel: 'rbf', gamma: 10 }).fit(X);
 * await pca.transform(X); // rows × 2
 */
export class KernelPCA extends MatrixTransformer<KernelPcaOptions, Omit<KernelPcaFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<KernelPcaOptions> = {
    nComponents: optional(integer(1, { min: 1 })),
    kernel: choice<PairwiseKernelName | 'precomputed'>('linear', ['linear', 'polynomial', 'poly', 'rbf', 'laplacian', 'sigmoid', 'cosine', 'precomputed']),
    gamma: optional(number(1, { min: 0 })),
    degree: number(3, { min: 0 }),
    coef0: number(1),
    alpha: number(1, { min: 0 }),
    fitInverseTransform: flag(false),
    eigenSolver: choice<'auto' | KernelEigenSolver>('auto', ['auto', 'dense', 'arpack', 'randomized']),
    tol: number(0, { min: 0 }),
    iteratedPower: either<number | 'auto'>([integer(0, { min: 0 }), choice('auto', ['auto'])], 'auto'),
    removeZeroEig: flag(false),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<KernelPcaFitted, 'nFeaturesIn'> {
    const isGiven = this.options.kernel === 'precomputed';
    this.#check(X, isGiven);
    const gamma = this.options.gamma ?? 1 / X.cols;
    const similar = this.#similarities(X, X, gamma);
    const K = isGiven ? similar.copy() : similar;
    const noise = K.rows * Number.EPSILON * K.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const similarityMeans = rowMeans(K.transpose());
    centre(K, similarityMeans);
    const { values, vectors } = this.#components(K, noise);
    const learned = { eigenvalues: values, eigenvectors: vectors.transpose(), XFit: isGiven ? new DenseMatrix(0, X.cols) : X.copy(), gamma, similarityMeans };
    return { ...learned, ...this.#inverse(X, values, vectors, gamma) };
  }

  protected apply(X: Matrix, { eigenvalues, eigenvectors, XFit, gamma, similarityMeans }: KernelPcaFitted): DenseMatrix {
    const directions = eigenvectors.copy();
    const k = eigenvalues.length;
    for (let p = 0; p < directions.data.length; p++) directions.data[p] *= eigenvalues[p % k] > 0 ? 1 / Math.sqrt(eigenvalues[p % k]) : 0;
    const result = new DenseMatrix(X.rows, k);
    for (let from = 0; from < X.rows; from += BLOCK) {
      const block = this.#similarities(rowBlock(X, from, Math.min(X.rows, from + BLOCK)), XFit, gamma);
      const K = this.options.kernel === 'precomputed' ? block.copy() : block;
      centre(K, similarityMeans);
      result.data.set(multiply(K, directions).data, from * k);
    }
    return result;
  }

  /**
   * Rows that come near X′: what kernel ridge regression of the rows of fit on what they became gives for it.
   * @throws NotFittedError without fitInverseTransform; ShapeError unless X′ has one column per component
   */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { XTransformedFit, dualCoef, gamma } = this.fitted;
    if (!XTransformedFit || !dualCoef) throw new NotFittedError(`${this.owner}: inverseTransform must be learned in fit. Use fitInverseTransform: true.`);
    const scores = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, scores, XTransformedFit.cols);
    return multiply(this.#similarities(scores, XTransformedFit, gamma), dualCoef);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.eigenvalues.length);
  }

  #check(X: Matrix, isGiven: boolean): void {
    if (isGiven && this.options.fitInverseTransform) throw new OptionError(`${this.owner}: fitInverseTransform must be false with kernel 'precomputed', got true.`);
    if (isGiven && X.rows !== X.cols) throw new ShapeError(`${this.owner}: a precomputed kernel must be rows × rows in fit, got ${X.rows} × ${X.cols}.`);
    if (this.options.fitInverseTransform && X.kind === 'csr') throw new DataError(`${this.owner}: fitInverseTransform must have a dense X, got a sparse matrix. Use X.toDense().`);
  }

  #similarities(X: Matrix, rows: Matrix, gamma: number): DenseMatrix {
    const { kernel, degree, coef0 } = this.options;
    if (kernel !== 'precomputed') return kernelMatrix(X, rows, { kernel, gamma, degree, coef0 });
    if (X.kind === 'csr') throw new DataError(`${this.owner}: a precomputed kernel must be dense, got a sparse matrix. Use X.toDense().`);
    return X;
  }

  #components(K: DenseMatrix, noise: number): KernelEigen {
    const { nComponents, eigenSolver, removeZeroEig, tol, iteratedPower, randomState } = this.options;
    const count = Math.min(K.rows, nComponents ?? K.rows);
    const solver = eigenSolver !== 'auto' ? eigenSolver : K.rows > 200 && count < 10 ? 'arpack' : 'dense';
    const { values, vectors } = kernelEigen(K, count, { solver, tol, iteratedPower, randomState });
    const cleaned = this.#withoutNoise(values, noise);
    if (!(cleaned[0] > 0)) throw new DataError(`${this.owner}: rows of X must differ, to the kernel all ${K.rows} are alike.`);
    if (!removeZeroEig && nComponents !== null) return { values: cleaned, vectors };
    const kept = Array.from(cleaned, (_, k) => k).filter((k) => cleaned[k] > 0);
    return { values: Float64Array.from(kept, (k) => cleaned[k]), vectors: vectors.take(kept) };
  }

  /** Eigenvalues that are 0 but for rounding as 0. Counterpart: sklearn.utils.validation._check_psd_eigenvalues. */
  #withoutNoise(values: Float64Array, noise: number): Float64Array {
    const largest = values[0];
    const least = values[values.length - 1];
    if (least < -1e-5 * largest && least < -Math.max(1e-10, noise)) {
      throw new DataError(`${this.owner}: the kernel must have no negative eigenvalues, got ${least} beside ${largest}. Take another kernel, or fewer components.`);
    }
    return values.map((value) => (value < Math.max(1e-12 * largest, noise) ? 0 : value));
  }

  #inverse(X: Matrix, values: Float64Array, vectors: DenseMatrix, gamma: number): Pick<KernelPcaFitted, 'XTransformedFit' | 'dualCoef'> {
    if (!this.options.fitInverseTransform) return { XTransformedFit: null, dualCoef: null };
    const scores = vectors.transpose();
    for (let p = 0; p < scores.data.length; p++) scores.data[p] *= Math.sqrt(values[p % values.length]);
    const K = this.#similarities(scores, scores, gamma);
    for (let i = 0; i < K.rows; i++) K.data[i * K.cols + i] += this.options.alpha;
    if (!cholesky(K)) throw new DataError(`${this.owner}: similarities plus alpha must be positive definite for inverseTransform. Raise alpha, or take another kernel.`);
    const columns = X.toDense().transpose();
    for (let j = 0; j < columns.rows; j++) columns.row(j).set(choleskySolve(K, columns.row(j)));
    return { XTransformedFit: scores, dualCoef: columns.transpose() };
  }
}

function rowMeans(K: DenseMatrix): Float64Array {
  return Float64Array.from({ length: K.rows }, (_, i) => K.row(i).reduce((sum, value) => sum + value, 0) / K.cols);
}

/** K less the means of its rows and the means of fit's columns, plus the mean of those. Counterpart: scikit-learn's KernelCenterer. */
function centre(K: DenseMatrix, means: Float64Array): void {
  const own = rowMeans(K);
  const whole = means.reduce((sum, value) => sum + value, 0) / means.length;
  for (let i = 0; i < K.rows; i++) for (let j = 0; j < K.cols; j++) K.data[i * K.cols + j] += whole - own[i] - means[j];
}
