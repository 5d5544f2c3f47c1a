import type { Arena } from './arena.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { logisticLossGradient } from './logistic-loss.ts';
import type { LossGradient, LossTarget } from './loss-arrays.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import { cut } from './thread-jobs.ts';
import type { ThreadTeam } from './thread-team.ts';
import { axpy } from './vector-operations.ts';

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
 * The rows may be gone through in parts, each with a gradient of its own; these are then added up in their order, so that a
 * team of threads gives the bits of one thread.
 *
 * One instance holds what is needed for up to `most` models at a time.
 */
export class LogisticLosses {
  readonly #X: CsrArrays;
  readonly #team: ThreadTeam | undefined;
  readonly #parts: number;
  readonly #w: Float64Array;
  /** For several models, the gradients side by side, of one part after the other. */
  readonly #gradients: Float64Array;
  /** The gradients of all parts but the first, for one model. */
  readonly #others: Float64Array;
  /** Per part. */
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

  /**
   * @param parts into how many parts the rows are divided; 1 for one-hot rows
   * @param team takes parts, if there are several
   */
  constructor(X: CsrArrays, most: number, arena: Arena, parts = 1, team?: ThreadTeam) {
    const width = evenOf(most);
    this.#X = X;
    this.#team = team;
    this.#parts = parts;
    this.#spare = arena.float64(X.cols);
    this.#others = arena.float64(X.cols * (parts - 1));
    this.#w = arena.float64(most > 1 ? X.cols * width : 0);
    this.#gradients = arena.float64(most > 1 ? X.cols * width * parts : 0);
    this.#block = arena.float64(BLOCK * width * parts);
    this.#bias = arena.float64(width);
    this.#divisors = arena.float64(width);
    this.#weights = arena.int32(width);
    this.#losses = arena.int32(width);
    this.#pointwise = arena.int32(width);
    this.#vectors = arena.int32(width);
  }

  /** All points have the same y. */
  evaluate(points: readonly LogisticPoint[]): void {
    const { y } = points[0].target;
    const kernels = kernelsForMatrix(this.#X) && kernelsFor(this.#bias, y);
    const isReachable = ({ target, w, out }: LogisticPoint): boolean => kernelsFor(w, out.gradient, target.weights ?? w) !== undefined && kernelsFor(out.losses, out.pointwise) !== undefined;
    const reached = points.every(isReachable) ? kernels : undefined;
    if (points.length > 1 && reached) this.#evaluateTogether(reached, y, points);
    else for (const point of points) this.#evaluateOne(reached, point);
  }

  #evaluateOne(kernels: KernelExports | undefined, { target, w, bias, out }: LogisticPoint): void {
    const { rows, cols, indptr } = this.#X;
    const parts = this.#parts;
    const gradientOf = (part: number): Float64Array => (part === 0 ? out.gradient : this.#others.subarray((part - 1) * cols, part * cols));
    if (kernels && this.#team && parts > 1) {
      const { indices, data } = this.#X;
      const matrix = [rows, cols, indptr.byteOffset, indices.byteOffset, data.byteOffset];
      const vectors = [target.y, target.weights, w, out.losses, out.pointwise, out.gradient, this.#others].map((vector) => vector?.byteOffset ?? 0);
      this.#team.run('logisticLoss', parts, [...matrix, ...vectors], [target.divisor, bias]);
    } else {
      for (let part = 0; part < parts; part++) {
        const [from, to] = [cut(0, rows, part, parts), cut(0, rows, part + 1, parts)];
        const X = parts === 1 ? this.#X : { ...this.#X, rows: to - from, indptr: indptr.subarray(from, to + 1) };
        const y = target.y.subarray(from, to);
        const own = { losses: out.losses.subarray(from, to), pointwise: out.pointwise.subarray(from, to), gradient: gradientOf(part) };
        logisticLossGradient(X, { ...target, y, weights: target.weights?.subarray(from, to) }, w, bias, own);
      }
    }
    for (let part = 1; part < parts; part++) axpy(1, gradientOf(part), out.gradient);
  }

  #evaluateTogether(kernels: KernelExports, y: Float64Array, points: readonly LogisticPoint[]): void {
    const { rows, cols, indptr, indices, data } = this.#X;
    const parts = this.#parts;
    const models = points.length;
    const k = evenOf(models);
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
    kernels.interleave(this.#vectors.byteOffset, cols, k, this.#w.byteOffset);
    const rest = [
      cols,
      models,
      k,
      indptr.byteOffset,
      indices.byteOffset,
      data.byteOffset,
      y.byteOffset,
      this.#weights.byteOffset,
      this.#divisors.byteOffset,
      this.#w.byteOffset,
      this.#bias.byteOffset,
      this.#losses.byteOffset,
      this.#pointwise.byteOffset,
    ] as const;
    const block = 8 * BLOCK * k;
    const size = cols * k;
    const { byteOffset: blocks } = this.#block;
    const { byteOffset: gradients } = this.#gradients;
    if (this.#team && parts > 1) {
      this.#team.run('logisticLosses', parts, [rows, ...rest, blocks, block, gradients, 8 * size]);
    } else {
      for (let part = 0; part < parts; part++) {
        kernels.csrLogisticLossGradients(cut(0, rows, part, parts), cut(0, rows, part + 1, parts), ...rest, blocks + block * part, gradients + 8 * size * part);
      }
    }
    const sum = this.#gradients.subarray(0, size);
    for (let part = 1; part < parts; part++) axpy(1, this.#gradients.subarray(part * size, (part + 1) * size), sum);
    for (const [c, { out }] of points.entries()) this.#vectors[c] = out.gradient.byteOffset;
    if (k > models) this.#vectors[models] = this.#spare.byteOffset;
    kernels.separate(gradients, cols, k, this.#vectors.byteOffset);
  }
}

/** Columns are worked on in pairs: an odd one would take as long. */
const evenOf = (models: number): number => models + (models % 2);
