import { compensatedDot } from '../kernels/compensated.ts';
import { logisticLossesOfScores, logisticLossGradient } from '../kernels/logistic-loss.ts';
import type { LossGradient, LossTarget } from '../kernels/loss-arrays.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { timesVector } from '../kernels/products.ts';
import { axpy, pairwiseSum } from '../kernels/vector-operations.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { LinearLoss, LinearLossOptions } from './linear-loss.ts';

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
  readonly residuals: Float64Array;

  readonly #X: MatrixArrays;
  readonly #target: LossTarget;
  readonly #losses: Float64Array;

  /** @param y one 0 or 1 per row */
  constructor(X: Matrix, y: ArrayLike<number>, { fitIntercept, l2, sampleWeight, arena }: LinearLossOptions) {
    this.X = X;
    this.fitIntercept = fitIntercept;
    this.l2 = l2;
    this.weights = sampleWeight && arena.copyFloat64(sampleWeight);
    this.totalWeight = this.weights ? pairwiseSum(this.weights) : X.rows;
    this.size = X.cols + (fitIntercept ? 1 : 0);
    this.residuals = arena.float64(X.rows);
    this.#losses = arena.float64(X.rows);
    this.#X = arena.copyMatrix(X);
    this.#target = { y: arena.copyFloat64(y), weights: this.weights, divisor: this.totalWeight };
  }

  evaluate(coefficients: Float64Array, gradient: Float64Array): number {
    const { cols } = this.X;
    const w = coefficients.subarray(0, cols);
    const slopes = gradient.subarray(0, cols);
    const out: LossGradient = { losses: this.#losses, pointwise: this.residuals, gradient: slopes };
    logisticLossGradient(this.#X, this.#target, w, this.fitIntercept ? coefficients[cols] : 0, out);
    if (this.l2 !== 0) axpy(this.l2, w, slopes);
    if (this.fitIntercept) gradient[cols] = pairwiseSum(this.residuals);
    return this.#meanLoss() + 0.5 * this.l2 * compensatedDot(w, w);
  }

  scoresAt(coefficients: Float64Array, scores: Float64Array): void {
    const { cols } = this.X;
    timesVector(this.#X, coefficients.subarray(0, cols), this.fitIntercept ? coefficients[cols] : 0, scores);
  }

  evaluateScores(scores: Float64Array): number {
    this.#losses.set(scores);
    logisticLossesOfScores(this.#target, 0, this.#losses, this.residuals);
    return this.#meanLoss();
  }

  probabilities(scores: Float64Array, out: Float64Array): void {
    for (let i = 0; i < out.length; i++) {
      const e = Math.exp(-Math.abs(scores[i]));
      out[i] = scores[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
  }

  #meanLoss(): number {
    return pairwiseSum(this.#losses) / this.totalWeight;
  }
}
