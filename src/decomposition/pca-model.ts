import { DataError } from '../core/errors.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiplyTransposed, transposedMultiply } from '../matrix/multiply.ts';
import type { ComponentsFitted } from './pca-fitted.ts';

/**
 * The Gaussian that probabilistic PCA fits: covariance Vᵀ·diag(λ − σ²)·V + σ²·I, variance λ along each component
 * and σ² along every other direction.
 *
 * Source: Tipping and Bishop, "Probabilistic principal component analysis", J. R. Statist. Soc. B 61(3), 1999.
 */
export class PcaModel {
  readonly #fitted: ComponentsFitted;

  constructor(fitted: ComponentsFitted) {
    this.#fitted = fitted;
  }

  covariance(): DenseMatrix {
    const { explainedVariance, noiseVariance } = this.#fitted;
    return this.#combined(explainedVariance.map((v) => Math.max(v - noiseVariance, 0)), noiseVariance);
  }

  precision(owner: string): DenseMatrix {
    const { components, explainedVariance, noiseVariance } = this.#fitted;
    this.#checkFullRank(owner);
    if (components.rows === components.cols) return this.#combined(explainedVariance.map((v) => 1 / v), 0);
    return this.#combined(explainedVariance.map((v) => 1 / Math.max(v, noiseVariance) - 1 / noiseVariance), 1 / noiseVariance);
  }

  logLikelihoods(owner: string, X: DenseMatrix): Float64Array {
    const { components, explainedVariance, noiseVariance, mean } = this.#fitted;
    this.#checkFullRank(owner);
    const { rows: k, cols } = components;
    const centred = X.copy();
    for (let start = 0; start < centred.data.length; start += cols) for (let j = 0; j < cols; j++) centred.data[start + j] -= mean[j];
    const scores = multiplyTransposed(centred, components);
    let logDeterminant = (cols - k) * (cols > k ? Math.log(noiseVariance) : 0);
    for (const variance of explainedVariance) logDeterminant += Math.log(variance);
    return Float64Array.from({ length: X.rows }, (_, i) => {
      let distance = 0;
      let along = 0;
      let square = 0;
      for (let c = 0; c < k; c++) {
        const s = scores.data[i * k + c] ** 2;
        distance += s / explainedVariance[c];
        along += s;
      }
      for (let j = 0; j < cols; j++) square += centred.data[i * cols + j] ** 2;
      if (cols > k) distance += (square - along) / noiseVariance;
      return -0.5 * (distance + cols * Math.log(2 * Math.PI) + logDeterminant);
    });
  }

  #checkFullRank(owner: string): void {
    const { components, explainedVariance, noiseVariance } = this.#fitted;
    const least = components.rows < components.cols ? noiseVariance : explainedVariance[explainedVariance.length - 1];
    if (!(least > 0)) {
      throw new DataError(`${owner}: X must vary in every direction for a likelihood, got none along some. Keep fewer components.`);
    }
  }

  /** Vᵀ·diag(weights)·V + ridge·I. */
  #combined(weights: Float64Array, ridge: number): DenseMatrix {
    const { components } = this.#fitted;
    const weighted = components.copy();
    for (let c = 0; c < weighted.rows; c++) {
      const row = weighted.row(c);
      for (let j = 0; j < row.length; j++) row[j] *= weights[c];
    }
    const result = transposedMultiply(weighted, components);
    for (let j = 0; j < result.cols; j++) result.data[j * result.cols + j] += ridge;
    return result;
  }
}
