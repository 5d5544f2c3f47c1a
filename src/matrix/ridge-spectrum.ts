import { transposed } from './gram.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { selfProduct } from './multiply.ts';
import { svd } from './svd.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { addScaled, dotProduct } from './vector.ts';
import { CentredProducts, filled, type Centred } from './centre.ts';
import { centredGram, centredGramOfRows } from './centred-gram.ts';

/**
 * A centred problem by its singular values, Z = U·diag(σ)·Vᵀ: ridge solutions for one penalty after another, and what is known
 * of them, at the cost of a product each.
 */
export class RidgeSpectrum {
  /** σ², none negative; min(rows, columns) of them. */
  readonly squares: Float64Array;
  readonly #products: CentredProducts;
  /** Row k is the vector of squares[k]: of U with more columns than rows or as many, else of V. */
  readonly #vectors: DenseMatrix;
  readonly #isWide: boolean;
  /** How much of y, or of Zᵀy, goes along each vector. */
  readonly #along: Float64Array;

  private constructor(problem: Centred, squares: Float64Array, vectors: DenseMatrix) {
    this.#products = new CentredProducts(problem);
    const { rows, cols } = this.#products;
    this.squares = squares;
    this.#vectors = vectors;
    this.#isWide = rows <= cols;
    const target = this.#isWide ? problem.y : this.#products.transposedTimes(problem.y, new Float64Array(cols));
    this.#along = Float64Array.from(squares, (_, k) => dotProduct(vectors.data, k * vectors.cols, target, 0, vectors.cols));
  }

  /** By the eigenvectors of ZᵀZ or ZZᵀ: fast, and exact to about 1e-16 of the largest σ². A sparse X is not filled. */
  static fast(problem: Centred): RidgeSpectrum {
    const isWide = problem.X.rows <= problem.X.cols;
    const { values, vectors } = symmetricEigen(isWide ? centredGramOfRows(problem) : centredGram(problem));
    return new RidgeSpectrum(problem, values.map((value) => Math.max(0, value)), vectors);
  }

  /** By the singular values themselves: small ones are exact too. A sparse X is filled. */
  static exact(problem: Centred): RidgeSpectrum {
    const { u, singular, vt } = svd(filled(problem));
    const isWide = problem.X.rows <= problem.X.cols;
    return new RidgeSpectrum(problem, singular.map((value) => value * value), isWide ? new DenseMatrix(u.cols, u.rows, transposed(u)) : vt);
  }

  /** Whether σ² + penalty of every direction stands out of the rounding of `fast`. */
  isPrecise(penalty: number): boolean {
    const largest = this.squares.reduce((a, b) => Math.max(a, b), 0);
    const least = this.squares.reduce((a, b) => Math.min(a, b), Infinity);
    return least + penalty > 1e-9 * largest || largest === 0;
  }

  /** The w that minimises ‖Z·w − y‖² + penalty·‖w‖². */
  solution(penalty: number): Float64Array {
    const { rows, cols, data } = this.#vectors;
    const sum = new Float64Array(cols);
    for (let k = 0; k < rows; k++) addScaled(this.#along[k] / (this.squares[k] + penalty), data, k * cols, sum, 0, cols);
    return this.#isWide ? this.#products.transposedTimes(sum, new Float64Array(this.#products.cols)) : sum;
  }

  /** (alpha·ZᵀZ + lambda)⁻¹, columns × columns. */
  covariance(alpha: number, lambda: number): DenseMatrix {
    const { cols } = this.#products;
    const scaled = new DenseMatrix(this.squares.length, cols);
    const { data, cols: width } = this.#vectors;
    for (let k = 0; k < scaled.rows; k++) {
      const factor = Math.sqrt((this.#isWide ? alpha : 1) / (alpha * this.squares[k] + lambda));
      const vector = data.subarray(k * width, (k + 1) * width);
      const row = this.#isWide ? this.#products.transposedTimes(vector, scaled.row(k)) : vector;
      for (let j = 0; j < cols; j++) scaled.data[k * cols + j] = factor * row[j];
    }
    const result = selfProduct(scaled);
    // Directions that no row has are known by the prior alone: lambda⁻¹ everywhere, less what the rows tell.
    if (this.#isWide) for (let i = 0; i < cols; i++) for (let j = 0; j < cols; j++) result.data[i * cols + j] = (Number(i === j) - result.data[i * cols + j]) / lambda;
    return result;
  }
}
