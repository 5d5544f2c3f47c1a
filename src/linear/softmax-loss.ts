import { compensatedDot } from '../kernels/compensated.ts';
import type { LossGradient, LossTarget } from '../kernels/loss-arrays.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { timesMatrix } from '../kernels/products.ts';
import { softmaxLossGradient } from '../kernels/softmax-loss.ts';
import { pointwiseLosses } from '../kernels/twins/softmax-loss.ts';
import { axpy, pairwiseSum } from '../kernels/vector-operations.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { LinearLoss, LinearLossOptions } from './linear-loss.ts';

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
  readonly residuals: Float64Array;

  readonly #X: MatrixArrays;
  readonly #target: LossTarget;
  readonly #losses: Float64Array;

  /** @param y one code from 0 to classes − 1 per row */
  constructor(X: Matrix, y: ArrayLike<number>, classes: number, { fitIntercept, l2, sampleWeight, arena }: LinearLossOptions) {
    this.X = X;
    this.fitIntercept = fitIntercept;
    this.l2 = l2;
    this.weights = sampleWeight && arena.copyFloat64(sampleWeight);
    this.totalWeight = this.weights ? pairwiseSum(this.weights) : X.rows;
    this.outputs = classes;
    this.size = classes * (X.cols + (fitIntercept ? 1 : 0));
    this.residuals = arena.float64(X.rows * classes);
    this.#losses = arena.float64(X.rows);
    this.#X = arena.copyMatrix(X);
    this.#target = { y: arena.copyFloat64(y), weights: this.weights, divisor: this.totalWeight };
  }

  evaluate(coefficients: Float64Array, gradient: Float64Array): number {
    const { outputs, residuals } = this;
    const penalised = this.X.cols * outputs;
    const W = coefficients.subarray(0, penalised);
    const slopes = gradient.subarray(0, penalised);
    const out: LossGradient = { losses: this.#losses, pointwise: residuals, gradient: slopes };
    softmaxLossGradient(this.#X, this.#target, W, this.#intercepts(coefficients), outputs, out);
    if (this.l2 !== 0) axpy(this.l2, W, slopes);
    if (this.fitIntercept) {
      gradient.fill(0, penalised);
      for (let at = 0; at < residuals.length; at += outputs) {
        for (let c = 0; c < outputs; c++) gradient[penalised + c] += residuals[at + c];
      }
    }
    return this.#meanLoss() + 0.5 * this.l2 * compensatedDot(W, W);
  }

  scoresAt(coefficients: Float64Array, scores: Float64Array): void {
    const { outputs } = this;
    timesMatrix(this.#X, coefficients.subarray(0, this.X.cols * outputs), outputs, this.#intercepts(coefficients), scores);
  }

  evaluateScores(scores: Float64Array): number {
    this.residuals.set(scores);
    pointwiseLosses(this.#target, this.outputs, this.#losses, this.residuals);
    return this.#meanLoss();
  }

  probabilities(scores: Float64Array, out: Float64Array): void {
    const { outputs } = this;
    for (let at = 0; at < out.length; at += outputs) {
      let highest = scores[at];
      for (let c = 1; c < outputs; c++) if (scores[at + c] > highest) highest = scores[at + c];
      let sum = 0;
      for (let c = 0; c < outputs; c++) sum += out[at + c] = Math.exp(scores[at + c] - highest);
      for (let c = 0; c < outputs; c++) out[at + c] /= sum;
    }
  }

  #intercepts(coefficients: Float64Array): Float64Array | undefined {
    return this.fitIntercept ? coefficients.subarray(this.X.cols * this.outputs) : undefined;
  }

  #meanLoss(): number {
    return pairwiseSum(this.#losses) / this.totalWeight;
  }
}
