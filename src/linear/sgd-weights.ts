import type { Matrix } from '../matrix/matrix.ts';

/** Below this the common factor is multiplied out, so that it never vanishes. */
const SMALLEST_SCALE = 1e-9;

/**
 * Coefficients as scale·w, so that shrinking all of them is one multiplication, with their running average kept
 * the same way: it is (average + a·w) / b.
 *
 * Norms are of the entries that the last row touched, as scikit-learn's: with a sparse X they are those of few
 * coefficients, and they only serve its stopping rule.
 *
 * Counterpart: sklearn.utils._weight_vector.WeightVector. Source: Xu, "Towards optimal one pass large scale learning
 * with averaged stochastic gradient descent", 2011, for the average.
 */
export class SgdWeights {
  readonly w: Float64Array;
  readonly average: Float64Array | null;
  scale = 1;
  squareNorm = 0;
  l1Norm = 0;
  readonly #X: Matrix;
  #a = 0;
  #b = 1;

  /** Both arrays are written to. */
  constructor(X: Matrix, w: Float64Array, average: Float64Array | null) {
    this.#X = X;
    this.w = w;
    this.average = average;
    for (let j = 0; j < w.length; j++) {
      this.squareNorm += w[j] * w[j];
      this.l1Norm += Math.abs(w[j]);
    }
  }

  /** Row i times the coefficients. */
  dot(i: number): number {
    const { w } = this;
    const X = this.#X;
    let sum = 0;
    if (X.kind === 'csr') {
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) sum += w[X.indices[p]] * X.data[p];
    } else {
      const start = i * X.cols;
      for (let j = 0; j < X.cols; j++) sum += w[j] * X.data[start + j];
    }
    return sum * this.scale;
  }

  /** Adds `amount` times row i. */
  add(i: number, amount: number): void {
    const { w } = this;
    const X = this.#X;
    const factor = amount / this.scale;
    let squares = 0;
    let sizes = 0;
    if (X.kind === 'csr') {
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
        const value = (w[X.indices[p]] += X.data[p] * factor);
        squares += value * value;
        sizes += Math.abs(value);
      }
    } else {
      const start = i * X.cols;
      for (let j = 0; j < X.cols; j++) {
        const value = (w[j] += X.data[start + j] * factor);
        squares += value * value;
        sizes += Math.abs(value);
      }
    }
    this.squareNorm = squares * (this.scale * this.scale);
    this.l1Norm = sizes * this.scale;
  }

  /** Takes the coefficients as they are now, after `amount` times row i was added, into the average of `count`. */
  addToAverage(i: number, amount: number, count: number): void {
    const average = this.average!;
    const X = this.#X;
    const factor = -amount / this.scale;
    if (X.kind === 'csr') {
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) average[X.indices[p]] += this.#a * X.data[p] * factor;
    } else {
      const start = i * X.cols;
      for (let j = 0; j < X.cols; j++) average[j] += this.#a * X.data[start + j] * factor;
    }
    const share = 1 / count;
    if (count > 1) this.#b /= 1 - share;
    this.#a += share * this.#b * this.scale;
  }

  shrink(factor: number): void {
    this.scale *= factor;
    this.squareNorm *= factor * factor;
    this.l1Norm *= Math.abs(factor);
    if (this.scale < SMALLEST_SCALE) this.settle();
  }

  /** Moves the coefficients of row i towards 0 by what each still owes of the total l1 penalty `owed`; `paid` keeps count. */
  truncate(i: number, owed: number, paid: Float64Array): void {
    const X = this.#X;
    if (X.kind === 'csr') for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) this.#truncateOne(X.indices[p], owed, paid);
    else for (let j = 0; j < X.cols; j++) this.#truncateOne(j, owed, paid);
  }

  /** Multiplies the common factors out. */
  settle(): void {
    const { w, average, scale } = this;
    if (average) {
      for (let j = 0; j < w.length; j++) average[j] = (average[j] + this.#a * w[j]) * (1 / this.#b);
      this.#a = 0;
      this.#b = 1;
    }
    for (let j = 0; j < w.length; j++) w[j] *= scale;
    this.scale = 1;
  }

  #truncateOne(j: number, owed: number, paid: Float64Array): void {
    const { w, scale } = this;
    const before = w[j];
    if (scale * before > 0) w[j] = Math.max(0, before - (owed + paid[j]) / scale);
    else if (scale * before < 0) w[j] = Math.min(0, before + (owed - paid[j]) / scale);
    paid[j] += scale * (w[j] - before);
  }
}
