import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { timesVector } from '../matrix/products.ts';
import { dotProduct } from '../matrix/vector.ts';

/**
 * ½‖w‖² + Σ Cᵢ·r(w·xᵢ; yᵢ)² for a residual r that is 0 on a flat stretch and a straight line of slope ±1
 * elsewhere: once differentiable, with a second derivative almost everywhere.
 *
 * - Squared hinge: r = max(0, 1 − y·s), y = ±1.
 * - Squared tube: r = max(0, |s − y| − ε).
 */
export class SquaredLoss {
  readonly #X: CsrMatrix;
  readonly #C: Float64Array;
  /** dr²/ds ÷ 2 of a score: 0 where the loss is flat. */
  readonly #slope: (score: number, i: number) => number;
  readonly #scores: Float64Array;
  readonly #slopes: Float64Array;

  constructor(X: CsrMatrix, C: Float64Array, slope: (score: number, i: number) => number) {
    this.#X = X;
    this.#C = C;
    this.#slope = slope;
    this.#scores = new Float64Array(X.rows);
    this.#slopes = new Float64Array(X.rows);
  }

  get size(): number {
    return this.#X.cols;
  }

  value(w: Float64Array): number {
    timesVector(this.#X, w, 0, this.#scores);
    let sum = 0;
    for (let i = 0; i < this.#X.rows; i++) sum += this.#C[i] * this.#slope(this.#scores[i], i) ** 2;
    return dotProduct(w, 0, w, 0, w.length) / 2 + sum;
  }

  /** Gradient where `value` was asked for last; also fixes the rows that `hessianTimes` takes for curved. */
  gradient(w: Float64Array, out: Float64Array): void {
    const { indptr, indices, data } = this.#X;
    out.set(w);
    for (let i = 0; i < this.#X.rows; i++) {
      const slope = this.#slope(this.#scores[i], i);
      this.#slopes[i] = slope;
      if (slope === 0) continue;
      const factor = 2 * this.#C[i] * slope;
      for (let p = indptr[i]; p < indptr[i + 1]; p++) out[indices[p]] += factor * data[p];
    }
  }

  /** (I + 2·Xᵀ·diag(C where curved)·X)·v. */
  hessianTimes(v: Float64Array, out: Float64Array): void {
    const { indptr, indices, data } = this.#X;
    out.set(v);
    for (let i = 0; i < this.#X.rows; i++) {
      if (this.#slopes[i] === 0) continue;
      let sum = 0;
      for (let p = indptr[i]; p < indptr[i + 1]; p++) sum += data[p] * v[indices[p]];
      sum *= 2 * this.#C[i];
      for (let p = indptr[i]; p < indptr[i + 1]; p++) out[indices[p]] += sum * data[p];
    }
  }
}

/** Σ Cᵢ·max(0, 1 − yᵢ·sᵢ)². */
export function squaredHinge(X: CsrMatrix, y: Int8Array, C: Float64Array): SquaredLoss {
  return new SquaredLoss(X, C, (score, i) => (y[i] * score < 1 ? score - y[i] : 0));
}

/** Σ Cᵢ·max(0, |sᵢ − yᵢ| − ε)². */
export function squaredTube(X: CsrMatrix, y: Float64Array, C: Float64Array, epsilon: number): SquaredLoss {
  return new SquaredLoss(X, C, (score, i) => {
    const error = score - y[i];
    return error > epsilon ? error - epsilon : error < -epsilon ? error + epsilon : 0;
  });
}
