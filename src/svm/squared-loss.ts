import type { Arena } from '../kernels/arena.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { addTransposedTimesVector, timesVector } from '../kernels/products.ts';
import { dotProduct } from '../matrix/vector.ts';

/**
 * ½‖w‖² + Σ Cᵢ·r(w·xᵢ; yᵢ)² for a residual r that is 0 on a flat stretch and a straight line of slope ±1
 * elsewhere: once differentiable, with a second derivative almost everywhere.
 *
 * - Squared hinge: r = max(0, 1 − y·s), y = ±1.
 * - Squared tube: r = max(0, |s − y| − ε).
 */
export class SquaredLoss {
  readonly #X: MatrixArrays;
  readonly #C: Float64Array;
  /** dr²/ds ÷ 2 of a score: 0 where the loss is flat. */
  readonly #slope: (score: number, i: number) => number;
  readonly #scores: Float64Array;
  readonly #curvature: Float64Array;
  /** One number a row, and two a column, for products in compiled code. */
  readonly #rows: Float64Array;
  readonly #factors: Float64Array;
  readonly #sums: Float64Array;

  constructor(arena: Arena, X: MatrixArrays, C: Float64Array, slope: (score: number, i: number) => number) {
    this.#X = X;
    this.#C = C;
    this.#slope = slope;
    this.#scores = arena.float64(X.rows);
    this.#curvature = new Float64Array(X.rows);
    this.#rows = arena.float64(X.rows);
    this.#factors = arena.float64(X.cols);
    this.#sums = arena.float64(X.cols);
  }

  get size(): number {
    return this.#X.cols;
  }

  value(w: Float64Array): number {
    this.#factors.set(w);
    timesVector(this.#X, this.#factors, 0, this.#scores);
    let sum = 0;
    for (let i = 0; i < this.#X.rows; i++) sum += this.#C[i] * this.#slope(this.#scores[i], i) ** 2;
    return dotProduct(w, 0, w, 0, w.length) / 2 + sum;
  }

  /** Gradient where `value` was asked for last; also fixes the rows that `hessianTimes` takes for curved. */
  gradient(w: Float64Array, out: Float64Array): void {
    for (let i = 0; i < this.#X.rows; i++) {
      const slope = this.#slope(this.#scores[i], i);
      this.#curvature[i] = slope === 0 ? 0 : 2 * this.#C[i];
      this.#rows[i] = 2 * this.#C[i] * slope;
    }
    this.#addTransposed(w, out);
  }

  /** (I + 2·Xᵀ·diag(C where curved)·X)·v. */
  hessianTimes(v: Float64Array, out: Float64Array): void {
    this.#factors.set(v);
    timesVector(this.#X, this.#factors, 0, this.#rows);
    for (let i = 0; i < this.#X.rows; i++) this.#rows[i] *= this.#curvature[i];
    this.#addTransposed(v, out);
  }

  /** start + Xᵀ·rows. */
  #addTransposed(start: Float64Array, out: Float64Array): void {
    this.#sums.set(start);
    addTransposedTimesVector(this.#X, this.#rows, this.#sums);
    out.set(this.#sums);
  }
}

/** Σ Cᵢ·max(0, 1 − yᵢ·sᵢ)². */
export function squaredHinge(arena: Arena, X: MatrixArrays, y: Int8Array, C: Float64Array): SquaredLoss {
  return new SquaredLoss(arena, X, C, (score, i) => (y[i] * score < 1 ? score - y[i] : 0));
}

/** Σ Cᵢ·max(0, |sᵢ − yᵢ| − ε)². */
export function squaredTube(arena: Arena, X: MatrixArrays, y: Float64Array, C: Float64Array, epsilon: number): SquaredLoss {
  return new SquaredLoss(arena, X, C, (score, i) => {
    const error = score - y[i];
    return error > epsilon ? error - epsilon : error < -epsilon ? error + epsilon : 0;
  });
}
