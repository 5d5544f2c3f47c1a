import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import { logisticLossGradient } from './logistic-loss.ts';
import type { LossGradient, LossTarget } from './loss-arrays.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';

/** Rows that the kernel takes at a time. */
const BLOCK = 32;

/** One model's part of a joint evaluation: where it stands, and what is written. */
export interface LogisticPoint {
  readonly target: LossTarget;
  /** X.cols coefficients. */
  readonly w: Float64Array;
  readonly bias: number;
  readonly out: LossGradient;
}

/**
 * `logisticLossGradient` for several models on the same rows: to the bit what it gives for each by itself, at a fraction
 * of the cost, since the entries of X are read once for all and the models' coefficients lie side by side.
 *
 * One instance holds what is needed for up to `most` models at a time.
 */
export class LogisticLosses {
  readonly #X: CsrArrays;
  readonly #w: Float64Array;
  readonly #gradient: Float64Array;
  readonly #block: Float64Array;
  readonly #bias: Float64Array;
  readonly #divisors: Float64Array;
  /** Where the gradient of a column goes that only makes the number of columns even. */
  readonly #spare: Float64Array;
  /** Addresses, one per model. */
  readonly #weights: Int32Array;
  readonly #losses: Int32Array;
  readonly #pointwise: Int32Array;
  readonly #vectors: Int32Array;

  constructor(X: CsrArrays, most: number, arena: Arena) {
    const width = evenOf(most);
    this.#X = X;
    this.#spare = arena.float64(X.cols);
    this.#w = arena.float64(X.cols * width);
    this.#gradient = arena.float64(X.cols * width);
    this.#block = arena.float64(BLOCK * width);
    this.#bias = arena.float64(width);
    this.#divisors = arena.float64(width);
    this.#weights = arena.int32(width);
    this.#losses = arena.int32(width);
    this.#pointwise = arena.int32(width);
    this.#vectors = arena.int32(width);
  }

  /** All points have the same y. */
  evaluate(points: readonly LogisticPoint[]): void {
    const X = this.#X;
    const models = points.length;
    const k = evenOf(models);
    const { y } = points[0].target;
    const kernels = kernelsForMatrix(X) && kernelsFor(this.#w, y);
    const isReachable = ({ target, w, out }: LogisticPoint): boolean => kernelsFor(w, out.gradient, target.weights ?? w) !== undefined && kernelsFor(out.losses, out.pointwise) !== undefined;
    if (models === 1 || !kernels || !points.every(isReachable)) {
      for (const { target, w, bias, out } of points) logisticLossGradient(X, target, w, bias, out);
      return;
    }
    for (const [c, { target, w, bias, out }] of points.entries()) {
      this.#vectors[c] = w.byteOffset;
      this.#weights[c] = target.weights?.byteOffset ?? 0;
      this.#divisors[c] = target.divisor;
      this.#bias[c] = bias;
      this.#losses[c] = out.losses.byteOffset;
      this.#pointwise[c] = out.pointwise.byteOffset;
    }
    if (k > models) {
      this.#vectors[models] = points[0].w.byteOffset;
      this.#bias[models] = 0;
    }
    kernels.interleave(this.#vectors.byteOffset, X.cols, k, this.#w.byteOffset);
    kernels.csrLogisticLossGradients(
      X.rows,
      X.cols,
      models,
      k,
      X.indptr.byteOffset,
      X.indices.byteOffset,
      X.data.byteOffset,
      y.byteOffset,
      this.#weights.byteOffset,
      this.#divisors.byteOffset,
      this.#w.byteOffset,
      this.#bias.byteOffset,
      this.#losses.byteOffset,
      this.#pointwise.byteOffset,
      this.#block.byteOffset,
      this.#gradient.byteOffset,
    );
    for (const [c, { out }] of points.entries()) this.#vectors[c] = out.gradient.byteOffset;
    if (k > models) this.#vectors[models] = this.#spare.byteOffset;
    kernels.separate(this.#gradient.byteOffset, X.cols, k, this.#vectors.byteOffset);
  }
}

/** Columns are worked on in pairs: an odd one would take as long. */
const evenOf = (models: number): number => models + (models % 2);
