import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { LinearLoss, LinearLossOptions } from './linear-loss.ts';
import { dot, pairwiseSum } from './vector-operations.ts';

/**
 * Mean log loss of k classes plus a penalty, with its gradient:
 *
 *     L(W, b) = Σᵢ sᵢ·(ln Σ_c e^zᵢ_c − zᵢ_yᵢ) / Σᵢ sᵢ + ½·l2·‖W‖²,   zᵢ_c = xᵢ·w_c + b_c
 *
 * The intercepts b are not penalised. Every class has its own coefficients, so that without a penalty
 * adding a constant to all classes changes nothing; the penalty settles which of these is meant.
 *
 * Counterpart: scikit-learn's LinearModelLoss over HalfMultinomialLoss; sums run in numpy's and scipy's order.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.4.
 */
export class SoftmaxLoss implements LinearLoss {
  readonly size: number;
  readonly outputs: number;
  readonly X: Matrix;
  readonly fitIntercept: boolean;
  readonly l2: number;
  readonly weights: Float64Array | undefined;
  readonly totalWeight: number;

  readonly scores: Float64Array;
  readonly residuals: Float64Array;
  readonly #y: ArrayLike<number>;
  readonly #losses: Float64Array;

  /** @param y one code from 0 to classes − 1 per row */
  constructor(X: Matrix, y: ArrayLike<number>, classes: number, { fitIntercept, l2, sampleWeight }: LinearLossOptions) {
    this.X = X;
    this.fitIntercept = fitIntercept;
    this.l2 = l2;
    this.weights = sampleWeight;
    this.totalWeight = sampleWeight ? pairwiseSum(sampleWeight) : X.rows;
    this.outputs = classes;
    this.size = classes * (X.cols + (fitIntercept ? 1 : 0));
    this.scores = new Float64Array(X.rows * classes);
    this.residuals = new Float64Array(X.rows * classes);
    this.#losses = new Float64Array(X.rows);
    this.#y = y;
  }

  evaluate(coefficients: Float64Array, gradient: Float64Array): number {
    gradient.fill(0);
    if (this.X.kind === 'csr') this.#passOverSparse(this.X, coefficients, gradient);
    else this.#passOverDense(this.X, coefficients, gradient);
    const penalised = this.X.cols * this.outputs;
    if (this.l2 !== 0) for (let e = 0; e < penalised; e++) gradient[e] += this.l2 * coefficients[e];
    return this.#meanLoss() + 0.5 * this.l2 * dot(coefficients, 0, coefficients, 0, penalised);
  }

  evaluateScores(scores: Float64Array): number {
    for (let i = 0; i < this.X.rows; i++) this.#point(i, scores);
    return this.#meanLoss();
  }

  probabilities(out: Float64Array): void {
    const { outputs, scores } = this;
    for (let at = 0; at < out.length; at += outputs) {
      let highest = scores[at];
      for (let c = 1; c < outputs; c++) if (scores[at + c] > highest) highest = scores[at + c];
      let sum = 0;
      for (let c = 0; c < outputs; c++) sum += out[at + c] = Math.exp(scores[at + c] - highest);
      for (let c = 0; c < outputs; c++) out[at + c] /= sum;
    }
  }

  #passOverSparse({ rows, cols, indptr, indices, data }: CsrMatrix, coefficients: Float64Array, gradient: Float64Array): void {
    const { outputs, scores, residuals } = this;
    const intercepts = cols * outputs;
    for (let i = 0; i < rows; i++) {
      const at = i * outputs;
      const start = indptr[i];
      const end = indptr[i + 1];
      for (let c = 0; c < outputs; c++) scores[at + c] = 0;
      for (let p = start; p < end; p++) {
        const value = data[p];
        const from = indices[p] * outputs;
        for (let c = 0; c < outputs; c++) scores[at + c] += value * coefficients[from + c];
      }
      if (this.fitIntercept) for (let c = 0; c < outputs; c++) scores[at + c] += coefficients[intercepts + c];
      this.#point(i, scores);
      for (let p = start; p < end; p++) {
        const value = data[p];
        const to = indices[p] * outputs;
        for (let c = 0; c < outputs; c++) gradient[to + c] += value * residuals[at + c];
      }
      if (this.fitIntercept) for (let c = 0; c < outputs; c++) gradient[intercepts + c] += residuals[at + c];
    }
  }

  #passOverDense({ rows, cols, data }: DenseMatrix, coefficients: Float64Array, gradient: Float64Array): void {
    const { outputs, scores, residuals } = this;
    const intercepts = cols * outputs;
    for (let i = 0; i < rows; i++) {
      const at = i * outputs;
      const start = i * cols;
      for (let c = 0; c < outputs; c++) scores[at + c] = 0;
      for (let j = 0, from = 0; j < cols; j++) {
        const value = data[start + j];
        for (let c = 0; c < outputs; c++, from++) scores[at + c] += value * coefficients[from];
      }
      if (this.fitIntercept) for (let c = 0; c < outputs; c++) scores[at + c] += coefficients[intercepts + c];
      this.#point(i, scores);
      for (let j = 0, to = 0; j < cols; j++) {
        const value = data[start + j];
        for (let c = 0; c < outputs; c++, to++) gradient[to] += value * residuals[at + c];
      }
      if (this.fitIntercept) for (let c = 0; c < outputs; c++) gradient[intercepts + c] += residuals[at + c];
    }
  }

  /** Keeps row i's loss and its derivatives by the row's scores, over the total weight. */
  #point(i: number, scores: Float64Array): void {
    const { outputs, residuals } = this;
    const at = i * outputs;
    const label = this.#y[i];
    let highest = scores[at];
    for (let c = 1; c < outputs; c++) if (scores[at + c] > highest) highest = scores[at + c];
    let sum = 0;
    for (let c = 0; c < outputs; c++) {
      const e = Math.exp(scores[at + c] - highest);
      residuals[at + c] = e;
      sum += e;
    }
    const weight = this.weights ? this.weights[i] : 1;
    this.#losses[i] = (Math.log(sum) + highest - scores[at + label]) * weight;
    for (let c = 0; c < outputs; c++) {
      residuals[at + c] = ((residuals[at + c] / sum - (label === c ? 1 : 0)) * weight) / this.totalWeight;
    }
  }

  #meanLoss(): number {
    return pairwiseSum(this.#losses) / this.totalWeight;
  }
}
