import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { selfProduct, transposedMultiply } from '../matrix/multiply.ts';
import { inverseFactor } from '../matrix/orthonormalise.ts';
import { timesVector, transposedTimesVector } from '../matrix/products.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { dotProduct } from '../matrix/vector.ts';

/**
 * The distribution of coefficients given y: with precision alpha of the noise and lambda of each coefficient it is normal, with
 *
 *     covariance Σ = (alpha·ZᵀZ + diag(lambda))⁻¹,   mean alpha·Σ·Zᵀy.
 *
 * With more columns than rows by Woodbury's identity, Σ = Λ⁻¹ − Λ⁻¹Zᵀ·(I/alpha + Z·Λ⁻¹·Zᵀ)⁻¹·Z·Λ⁻¹.
 */
export class NormalPosterior {
  /** The mean, one per column of Z; 0 for those that are not used. */
  coef: Float64Array;
  /** The diagonal of Σ, one per used column. */
  variances = new Float64Array(0);
  /** ln det Σ; −∞ where rounding has made Σ singular. */
  logDeterminant = 0;
  readonly #Z: DenseMatrix;
  readonly #y: Float64Array;
  #used: Used;
  /** Σ as it was found last. */
  #covariance: () => DenseMatrix = () => new DenseMatrix(0, 0);

  constructor(Z: DenseMatrix, y: Float64Array) {
    this.#Z = Z;
    this.#y = y;
    this.coef = new Float64Array(Z.cols);
    this.#used = usedOf(Z, y, Int32Array.of());
  }

  /** @param columns to be used, ascending @param lambda one per column of Z */
  update(columns: Int32Array, lambda: Float64Array, alpha: number): void {
    if (columns.length !== this.#used.columns.length) this.#used = usedOf(this.#Z, this.#y, columns);
    const precisions = Float64Array.from(columns, (j) => lambda[j]);
    const mean = columns.length <= this.#Z.rows ? this.#byColumns(precisions, alpha) : this.#byRows(precisions, alpha);
    this.coef = new Float64Array(this.#Z.cols);
    for (const [i, j] of columns.entries()) this.coef[j] = mean[i];
  }

  /** Σ of the used columns. */
  covariance(): DenseMatrix {
    return this.#covariance();
  }

  #byColumns(lambda: Float64Array, alpha: number): Float64Array {
    const k = lambda.length;
    const { gram, target } = this.#used;
    const A = new DenseMatrix(k, k, gram().data.map((value) => alpha * value));
    for (let i = 0; i < k; i++) A.data[i * k + i] += lambda[i];
    const { root, logDeterminant } = rootOfInverse(A);
    this.logDeterminant = logDeterminant;
    this.variances = lambda.map((_, i) => dotProduct(root.data, i * k, root.data, i * k, k));
    this.#covariance = () => selfProduct(root.transpose());
    return timesRoot(root, target).map((value) => alpha * value);
  }

  #byRows(lambda: Float64Array, alpha: number): Float64Array {
    const { rows: n, cols: k, data } = this.#used.Z;
    const B = selfProduct(new DenseMatrix(n, k, data.map((value, p) => value / Math.sqrt(lambda[p % k]))).transpose());
    for (let i = 0; i < n; i++) B.data[i * n + i] += 1 / alpha;
    const { root, logDeterminant } = rootOfInverse(B);
    this.logDeterminant = logDeterminant - n * Math.log(alpha) - lambda.reduce((sum, value) => sum + Math.log(value), 0);
    const turned = transposedMultiply(root, this.#used.Z);
    this.variances = lambda.map((value) => 1 / value);
    for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) this.variances[j] -= (turned.data[i * k + j] / lambda[j]) ** 2;
    this.#covariance = () => {
      const result = selfProduct(turned);
      for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) result.data[i * k + j] = (i === j ? 1 / lambda[i] : 0) - result.data[i * k + j] / (lambda[i] * lambda[j]);
      return result;
    };
    return transposedTimesVector(this.#used.Z, timesRoot(root, this.#y), new Float64Array(k)).map((value, j) => value / lambda[j]);
  }
}

/** Columns in use, with their products. */
interface Used {
  columns: Int32Array;
  Z: DenseMatrix;
  gram: () => DenseMatrix;
  /** Zᵀy. */
  target: Float64Array;
}

function usedOf(all: DenseMatrix, y: Float64Array, columns: Int32Array): Used {
  const Z = columns.length === all.cols ? all : all.takeCols(columns);
  let gram: DenseMatrix | undefined;
  return { columns, Z, gram: () => (gram ??= selfProduct(Z)), target: transposedTimesVector(Z, y, new Float64Array(Z.cols)) };
}

/**
 * A root R of a positive definite A's inverse, A⁻¹ = R·Rᵀ, and ln det A⁻¹; A is used up. Where rounding has made A singular,
 * of the inverse on directions whose eigenvalues stand out.
 */
function rootOfInverse(A: DenseMatrix): { root: DenseMatrix; logDeterminant: number } {
  const n = A.rows;
  const copy = A.copy();
  const factor = inverseFactor(A);
  if (factor) {
    let logDeterminant = 0;
    for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor.inverse.data[i * n + i]);
    return { root: factor.inverse, logDeterminant };
  }
  const { values, vectors } = symmetricEigen(copy);
  const least = n * Number.EPSILON * values[n - 1];
  const root = vectors.transpose();
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) root.data[i * n + k] *= values[k] > least ? 1 / Math.sqrt(values[k]) : 0;
  return { root, logDeterminant: values[0] > least ? -values.reduce((sum, value) => sum + Math.log(value), 0) : -Infinity };
}

/** R·Rᵀ·v. */
function timesRoot(root: DenseMatrix, v: Float64Array): Float64Array {
  return timesVector(root, transposedTimesVector(root, v, new Float64Array(root.cols)), 0, new Float64Array(root.rows));
}
