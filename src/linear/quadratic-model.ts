import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import type { LinearLoss } from './linear-loss.ts';
import { softThreshold } from './soft-threshold.ts';
import { stationarityGap } from './stationarity-gap.ts';

const MOST_SWEEPS = 1000;

/**
 * The second-order model of a linear loss around a point w, with a lasso term,
 *
 *     gᵀd + ½·dᵀ(H + l2·I)d + l1·‖w + d‖₁,
 *
 * and its minimisation over d by cyclic coordinate descent. Nothing is penalised about intercepts.
 * H is never formed: its product with d, taken back to the scores, is kept per row and updated along
 * the column of the coordinate that moves.
 *
 * Source: Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via
 * coordinate descent", J. Stat. Softw. 33 (2010); Yuan, Ho and Lin, "An improved GLMNET for
 * L1-regularized logistic regression", JMLR 13 (2012), for the shrinking.
 */
export class QuadraticModel {
  /** Direction found by `minimise`, laid out as the coefficients are. */
  readonly direction: Float64Array;
  /** rows × outputs, the change of the scores that it brings. */
  readonly scoreChange: Float64Array;

  readonly #loss: LinearLoss;
  readonly #l1: number;
  /** X by columns, with a column of ones for the intercept. */
  readonly #columns: CsrMatrix;
  readonly #penalised: number;
  readonly #probabilities: Float64Array;
  /** rows × outputs, weight·p, or weight·p·(1 − p) where there is one output. */
  readonly #leverage: Float64Array;
  /** rows × outputs, the loss's second derivative times the change of the scores. */
  readonly #pull: Float64Array;
  readonly #curvature: Float64Array;
  readonly #active: Int32Array;

  constructor(loss: LinearLoss, l1: number) {
    const { X, outputs, fitIntercept } = loss;
    this.#loss = loss;
    this.#l1 = l1;
    const sparse = X.kind === 'csr' ? X : CsrMatrix.fromDense(X);
    this.#columns = (fitIntercept ? (stackColumns([sparse, columnOfOnes(X.rows)]) as CsrMatrix) : sparse).transpose();
    this.#penalised = X.cols * outputs;
    this.direction = new Float64Array(loss.size);
    this.scoreChange = new Float64Array(X.rows * outputs);
    this.#probabilities = new Float64Array(X.rows * outputs);
    this.#leverage = new Float64Array(X.rows * outputs);
    this.#pull = new Float64Array(X.rows * outputs);
    this.#curvature = new Float64Array(loss.size);
    this.#active = new Int32Array(loss.size);
  }

  /**
   * Minimises the model around w over the coordinates that are not
   * zero or that the gradient would move; the others stay where they are.
   * @param scores of the loss at w @param gradient of the smooth part at w
   * @param tol largest stationarity gap of the model to leave
   */
  minimise(w: Float64Array, scores: Float64Array, gradient: Float64Array, tol: number): void {
    this.direction.fill(0);
    this.#pull.fill(0);
    this.#weigh(scores);
    const count = this.#choose(w, gradient);
    this.#descend(w, gradient, tol, count);
    this.#changeScores(count);
  }

  #lasso(e: number): number {
    return e < this.#penalised ? this.#l1 : 0;
  }

  #ridge(e: number): number {
    return e < this.#penalised ? this.#loss.l2 : 0;
  }

  /** Lists the coordinates to work on and their curvatures. */
  #choose(w: Float64Array, gradient: Float64Array): number {
    let count = 0;
    for (let e = 0; e < w.length; e++) {
      if (w[e] === 0 && Math.abs(gradient[e]) <= this.#lasso(e)) continue;
      this.#active[count++] = e;
      this.#curvature[e] = this.#columnCurvature(e) + this.#ridge(e);
    }
    return count;
  }

  #columnCurvature(e: number): number {
    const { outputs } = this.#loss;
    const { indptr, indices, data } = this.#columns;
    const k = e % outputs;
    const column = (e - k) / outputs;
    let sum = 0;
    for (let p = indptr[column]; p < indptr[column + 1]; p++) {
      const at = indices[p] * outputs + k;
      sum += (outputs === 1 ? this.#leverage[at] : this.#leverage[at] * (1 - this.#probabilities[at])) * data[p] * data[p];
    }
    return sum;
  }

  /** Probabilities at w, and each row's share in the second derivative. */
  #weigh(scores: Float64Array): void {
    const { outputs, weights, totalWeight } = this.#loss;
    const probabilities = this.#probabilities;
    this.#loss.probabilities(scores, probabilities);
    for (let i = 0; i < this.#loss.X.rows; i++) {
      const weight = (weights ? weights[i] : 1) / totalWeight;
      for (let at = i * outputs; at < (i + 1) * outputs; at++) {
        const p = probabilities[at];
        this.#leverage[at] = outputs === 1 ? weight * p * (1 - p) : weight * p;
      }
    }
  }

  /**
   * Sweeps over the active coordinates. One that sits at zero, with a gradient that will not move it, is
   * set aside; once the rest has settled, all are looked at again before the end.
   */
  #descend(w: Float64Array, gradient: Float64Array, tol: number, count: number): void {
    const active = this.#active;
    const d = this.direction;
    let left = count;
    let widest = Infinity;
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      let largest = 0;
      for (let a = 0; a < left; a++) {
        const e = active[a];
        const lasso = this.#lasso(e);
        const slope = gradient[e] + this.#ridge(e) * d[e] + this.#columnPull(e);
        const value = w[e] + d[e];
        const gap = stationarityGap(value, slope, lasso);
        // Newly at rest by more than the last sweep's worst gap: unlikely to move soon.
        if (value === 0 && Math.abs(slope) < lasso - widest) {
          active[a--] = active[--left];
          active[left] = e;
          continue;
        }
        if (gap > largest) largest = gap;
        const curvature = this.#curvature[e];
        if (gap === 0 || !(curvature > 0)) continue;
        const change = softThreshold(value - slope / curvature, lasso / curvature) - value;
        if (change === 0) continue;
        d[e] += change;
        this.#pullColumn(e, change);
      }
      widest = largest;
      if (largest > tol) continue;
      if (left === count) return;
      left = count;
      widest = Infinity;
    }
  }

  /** Derivative of the model's smooth part by a coordinate, beyond the gradient at w. */
  #columnPull(e: number): number {
    const { outputs } = this.#loss;
    const { indptr, indices, data } = this.#columns;
    const pull = this.#pull;
    const k = e % outputs;
    const column = (e - k) / outputs;
    const end = indptr[column + 1];
    let sum = 0;
    if (outputs === 1) for (let p = indptr[column]; p < end; p++) sum += data[p] * pull[indices[p]];
    else for (let p = indptr[column]; p < end; p++) sum += data[p] * pull[indices[p] * outputs + k];
    return sum;
  }

  #pullColumn(e: number, change: number): void {
    const { outputs } = this.#loss;
    const { indptr, indices, data } = this.#columns;
    const probabilities = this.#probabilities;
    const leverage = this.#leverage;
    const pull = this.#pull;
    const k = e % outputs;
    const column = (e - k) / outputs;
    const end = indptr[column + 1];
    if (outputs === 1) {
      for (let p = indptr[column]; p < end; p++) pull[indices[p]] += change * data[p] * leverage[indices[p]];
      return;
    }
    for (let p = indptr[column]; p < end; p++) {
      const at = indices[p] * outputs;
      const moved = change * data[p] * leverage[at + k];
      pull[at + k] += moved;
      for (let c = 0; c < outputs; c++) pull[at + c] -= moved * probabilities[at + c];
    }
  }

  #changeScores(count: number): void {
    const { outputs } = this.#loss;
    const { indptr, indices, data } = this.#columns;
    this.scoreChange.fill(0);
    for (let a = 0; a < count; a++) {
      const e = this.#active[a];
      const change = this.direction[e];
      if (change === 0) continue;
      const k = e % outputs;
      const column = (e - k) / outputs;
      for (let p = indptr[column]; p < indptr[column + 1]; p++) this.scoreChange[indices[p] * outputs + k] += change * data[p];
    }
  }
}

function columnOfOnes(rows: number): CsrMatrix {
  const indptr = Int32Array.from({ length: rows + 1 }, (_, i) => i);
  return new CsrMatrix(rows, 1, indptr, new Int32Array(rows), new Float64Array(rows).fill(1));
}
