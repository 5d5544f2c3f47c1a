import { centred } from '../matrix/centred.ts';
import { cholesky, choleskySolve } from '../matrix/cholesky.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiply, multiplyTransposed, transposedMultiply } from '../matrix/multiply.ts';

interface Loadings {
  components: DenseMatrix;
  noiseVariance: Float64Array;
  mean: Float64Array;
}

/**
 * The Gaussian of factor analysis: covariance WᵀW + Ψ, whose inverse is Ψ⁻¹ − Ψ⁻¹Wᵀ·M⁻¹·W·Ψ⁻¹ with M = I + W·Ψ⁻¹·Wᵀ.
 *
 * Source: Bishop, "Pattern recognition and machine learning", 2006, §12.2.4.
 */
export class FactorModel {
  readonly #components: DenseMatrix;
  readonly #noise: Float64Array;
  readonly #mean: Float64Array;
  /** W·Ψ⁻¹, k × columns. */
  readonly #overNoise: DenseMatrix;
  /** The Cholesky factor of M, k × k. */
  readonly #factor: DenseMatrix;

  constructor({ components, noiseVariance, mean }: Loadings) {
    this.#components = components;
    this.#noise = noiseVariance;
    this.#mean = mean;
    this.#overNoise = new DenseMatrix(components.rows, components.cols, components.data.map((value, p) => value / noiseVariance[p % components.cols]));
    this.#factor = multiplyTransposed(this.#overNoise, components);
    for (let c = 0; c < this.#factor.rows; c++) this.#factor.data[c * this.#factor.cols + c] += 1;
    // M is at least the identity, up to rounding that its own size decides.
    cholesky(this.#factor);
  }

  /** Ψ⁻¹Wᵀ·M⁻¹, columns × k: what centred rows are multiplied with to get factors. */
  scoreMap(): DenseMatrix {
    const columns = this.#overNoise.transpose();
    for (let j = 0; j < columns.rows; j++) columns.row(j).set(choleskySolve(this.#factor, columns.row(j)));
    return columns;
  }

  covariance(): DenseMatrix {
    const result = transposedMultiply(this.#components, this.#components);
    for (let j = 0; j < result.cols; j++) result.data[j * result.cols + j] += this.#noise[j];
    return result;
  }

  precision(): DenseMatrix {
    const product = multiply(this.scoreMap(), this.#overNoise);
    const result = new DenseMatrix(product.rows, product.cols, product.data.map((value) => -value));
    for (let j = 0; j < result.cols; j++) result.data[j * result.cols + j] += 1 / this.#noise[j];
    return result;
  }

  logLikelihoods(X: DenseMatrix): Float64Array {
    const { cols } = X;
    const rows = centred(X, this.#mean);
    const along = multiplyTransposed(rows, this.#overNoise);
    let logDeterminant = 0;
    for (const value of this.#noise) logDeterminant += Math.log(value);
    for (let c = 0; c < this.#factor.rows; c++) logDeterminant += 2 * Math.log(this.#factor.at(c, c));
    return Float64Array.from({ length: X.rows }, (_, i) => {
      const scores = along.row(i);
      const solved = choleskySolve(this.#factor, scores);
      let distance = 0;
      for (let j = 0; j < cols; j++) distance += rows.data[i * cols + j] ** 2 / this.#noise[j];
      for (let c = 0; c < scores.length; c++) distance -= scores[c] * solved[c];
      return -0.5 * (distance + cols * Math.log(2 * Math.PI) + logDeterminant);
    });
  }
}
