import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { LinearLoss, LinearLossOptions } from './linear-loss.ts';
import { dot, pairwiseSum } from './vector-operations.ts';

/**
 * Mean log loss of two classes plus a penalty, with its gradient:
 *
 *     L(w, b) = Σᵢ sᵢ·(ln(1 + e^zᵢ) − yᵢ·zᵢ) / Σᵢ sᵢ + ½·l2·‖w‖²,   zᵢ = xᵢ·w + b
 *
 * The intercept b is not penalised. Coefficients are [w₁ … w_p] and, with an intercept, b after them.
 * e^z is only ever taken of a negative number or of one small enough, so nothing overflows.
 *
 * Counterpart: scikit-learn's LinearModelLoss over HalfBinomialLoss; sums run in numpy's and scipy's order.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.4.1;
 * Mächler, "Accurately computing log(1 − exp(−|a|))", Rmpfr vignette, eq. (10).
 */
export class LogisticLoss implements LinearLoss {
  readonly size: number;
  readonly outputs = 1;
  readonly X: Matrix;
  readonly fitIntercept: boolean;
  readonly l2: number;
  readonly weights: Float64Array | undefined;
  readonly totalWeight: number;

  readonly scores: Float64Array;
  readonly residuals: Float64Array;
  readonly #y: ArrayLike<number>;
  readonly #losses: Float64Array;

  /** @param y one 0 or 1 per row */
  constructor(X: Matrix, y: ArrayLike<number>, { fitIntercept, l2, sampleWeight }: LinearLossOptions) {
    this.X = X;
    this.fitIntercept = fitIntercept;
    this.l2 = l2;
    this.weights = sampleWeight;
    this.totalWeight = sampleWeight ? pairwiseSum(sampleWeight) : X.rows;
    this.size = X.cols + (fitIntercept ? 1 : 0);
    this.scores = new Float64Array(X.rows);
    this.residuals = new Float64Array(X.rows);
    this.#losses = new Float64Array(X.rows);
    this.#y = y;
  }

  evaluate(coefficients: Float64Array, gradient: Float64Array): number {
    gradient.fill(0);
    const { cols } = this.X;
    if (this.X.kind === 'csr') this.#passOverSparse(this.X, coefficients, gradient);
    else this.#passOverDense(this.X, coefficients, gradient);
    if (this.l2 !== 0) for (let j = 0; j < cols; j++) gradient[j] += this.l2 * coefficients[j];
    if (this.fitIntercept) gradient[cols] = pairwiseSum(this.residuals);
    return this.#meanLoss() + 0.5 * this.l2 * dot(coefficients, 0, coefficients, 0, cols);
  }

  evaluateScores(scores: Float64Array): number {
    for (let i = 0; i < scores.length; i++) this.#point(i, scores[i]);
    return this.#meanLoss();
  }

  probabilities(out: Float64Array): void {
    for (let i = 0; i < out.length; i++) {
      const e = Math.exp(-Math.abs(this.scores[i]));
      out[i] = this.scores[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
  }

  #passOverSparse({ rows, cols, indptr, indices, data }: CsrMatrix, coefficients: Float64Array, gradient: Float64Array): void {
    const intercept = this.fitIntercept ? coefficients[cols] : 0;
    let start = 0;
    for (let i = 0; i < rows; i++) {
      const end = indptr[i + 1];
      let score = 0;
      for (let p = start; p < end; p++) score += data[p] * coefficients[indices[p]];
      score += intercept;
      this.scores[i] = score;
      const residual = this.#point(i, score);
      for (let p = start; p < end; p++) gradient[indices[p]] += data[p] * residual;
      start = end;
    }
  }

  #passOverDense({ rows, cols, data }: DenseMatrix, coefficients: Float64Array, gradient: Float64Array): void {
    const intercept = this.fitIntercept ? coefficients[cols] : 0;
    for (let i = 0; i < rows; i++) {
      const start = i * cols;
      const score = dot(data, start, coefficients, 0, cols) + intercept;
      this.scores[i] = score;
      const residual = this.#point(i, score);
      for (let j = 0; j < cols; j++) gradient[j] += data[start + j] * residual;
    }
  }

  /** Keeps row i's loss, and keeps and returns its derivative by the score, over the total weight. */
  #point(i: number, score: number): number {
    const y = this.#y[i];
    let loss: number;
    let slope: number;
    if (score <= -37) {
      const e = Math.exp(score);
      loss = e - y * score;
      slope = e - y;
    } else if (score <= -2) {
      const e = Math.exp(score);
      loss = Math.log1p(e) - y * score;
      slope = ((1 - y) * e - y) / (1 + e);
    } else {
      const e = Math.exp(-score);
      // Above 18, ln(1 + e) is e to the last bit.
      loss = (score <= 18 ? Math.log1p(e) : e) + (1 - y) * score;
      slope = (1 - y - y * e) / (1 + e);
    }
    if (this.weights) {
      loss *= this.weights[i];
      slope *= this.weights[i];
    }
    this.#losses[i] = loss;
    slope /= this.totalWeight;
    this.residuals[i] = slope;
    return slope;
  }

  #meanLoss(): number {
    return pairwiseSum(this.#losses) / this.totalWeight;
  }
}
