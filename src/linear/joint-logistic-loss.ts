import type { Arena } from '../kernels/arena.ts';
import { compensatedDot } from '../kernels/compensated.ts';
import { LogisticLosses, type LogisticPoint } from '../kernels/logistic-losses.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { withOneHotRows } from '../kernels/one-hot-rows.ts';
import { axpy, maxAbs, pairwiseSum } from '../kernels/vector-operations.ts';
import type { FewerColumns } from './fewer-columns.ts';
import type { Point, Variables } from './lbfgs.ts';
import { lossTeam } from './loss-team.ts';

/** Most models that are evaluated in one pass over X; the coefficients of more would not stay in the cache. */
const WIDTH = 6;

/** What one of several models on the same rows has of its own. */
export interface JointMember {
  /** Factor of ½‖w‖². */
  l2: number;
  /** One weight per row; every row 1 when left out. */
  sampleWeight: Float64Array | undefined;
}

/** A point of one of the members, by its number. */
export interface MemberPoint extends Point {
  readonly member: number;
}

interface Member {
  l2: number;
  weights: Float64Array | undefined;
  totalWeight: number;
  losses: Float64Array;
  residuals: Float64Array;
}

/**
 * LogisticLoss of several models with an L2 penalty on the same rows of a sparse matrix, evaluated together with the same
 * bits as each by itself. See RowSpaceLoss for few rows.
 */
export class JointLogisticLoss implements Variables {
  readonly size: number;

  readonly #X: CsrArrays;
  readonly #y: Float64Array;
  readonly #fitIntercept: boolean;
  readonly #members: readonly Member[];
  readonly #columns: FewerColumns;
  readonly #kernel: LogisticLosses;

  /** @param y one 0 or 1 per row */
  constructor(columns: FewerColumns, y: ArrayLike<number>, fitIntercept: boolean, members: readonly JointMember[], arena: Arena) {
    const { X } = columns;
    this.#columns = columns;
    this.#X = withOneHotRows(X, arena);
    this.#y = arena.copyFloat64(y);
    this.#fitIntercept = fitIntercept;
    this.#members = members.map(({ l2, sampleWeight }) => {
      const weights = sampleWeight && arena.copyFloat64(sampleWeight);
      return { l2, weights, totalWeight: weights ? pairwiseSum(weights) : X.rows, losses: arena.float64(X.rows), residuals: arena.float64(X.rows) };
    });
    const { parts, team } = lossTeam(this.#X, members.length);
    this.#kernel = new LogisticLosses(this.#X, Math.min(WIDTH, members.length), arena, parts, team);
    this.size = this.#X.cols + (fitIntercept ? 1 : 0);
  }

  /** The value at each point, by member; the gradients are written into the points. */
  evaluate(points: readonly MemberPoint[]): number[] {
    const { cols } = this.#X;
    // Passes of about the same width.
    const width = Math.ceil(points.length / Math.ceil(points.length / WIDTH));
    for (let from = 0; from < points.length; from += width) {
      this.#kernel.evaluate(
        points.slice(from, from + width).map(({ member, x, gradient }): LogisticPoint => {
          const { weights, totalWeight, losses, residuals } = this.#members[member];
          return {
            target: { y: this.#y, weights, divisor: totalWeight },
            w: x.subarray(0, cols),
            bias: this.#fitIntercept ? x[cols] : 0,
            out: { losses, pointwise: residuals, gradient: gradient.subarray(0, cols) },
          };
        }),
      );
    }
    return points.map(({ member, x, gradient }) => {
      const { l2, totalWeight, losses, residuals } = this.#members[member];
      const w = x.subarray(0, cols);
      if (l2 !== 0) axpy(l2, w, gradient.subarray(0, cols));
      if (this.#fitIntercept) gradient[cols] = pairwiseSum(residuals);
      return pairwiseSum(losses) / totalWeight + 0.5 * l2 * compensatedDot(w, w);
    });
  }

  /** max |gradient| over the columns of X and the intercept. */
  largest = (gradient: Float64Array): number => {
    const { cols } = this.#X;
    const { own, sizes } = this.#columns;
    let most = Math.max(maxAbs(gradient.subarray(0, own)), maxAbs(gradient.subarray(cols)));
    for (let j = own; j < cols; j++) {
      const size = Math.abs(gradient[j]) * sizes[j];
      // NaN must come through, as from maxAbs.
      if (!(size <= most)) most = size;
    }
    return most;
  };

  /** Coefficients by the columns of X as they were, the intercept last. */
  coefficients(x: Float64Array): Float64Array {
    const { cols } = this.#X;
    const w = this.#columns.coefficients(x.subarray(0, cols));
    const result = new Float64Array(w.length + x.length - cols);
    result.set(w);
    result.set(x.subarray(cols), w.length);
    return result;
  }
}
