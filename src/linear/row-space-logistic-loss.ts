import type { Arena } from '../kernels/arena.ts';
import { compensatedDot } from '../kernels/compensated.ts';
import { logisticLossesOfScores } from '../kernels/logistic-loss.ts';
import { lossParts } from '../kernels/loss-parts.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { timesVector } from '../kernels/products.ts';
import { RowGram } from '../kernels/row-gram.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { transposedCsr } from '../kernels/transposed-csr.ts';
import { axpy, copy, maxAbs, pairwiseSum } from '../kernels/vector-operations.ts';
import type { FewerColumns } from './fewer-columns.ts';
import { EVALUATIONS, ENTRY_COST, type JointMember, type MemberPoint } from './joint-logistic-loss.ts';
import type { Point, Variables } from './lbfgs.ts';

/** Rounding leaves 1e-16 to 1e-8 of scores that are good; those that are lost are off by 1e-3. */
const DRIFT = 1e-6;

/**
 * JointLogisticLoss for fewer rows than columns. Started from zero, coefficients and gradients of a linear model with an L2
 * penalty are combinations of the rows of X, and so are a minimiser's steps: w = Xᵀ·u. It is enough to know u and the scores
 * q = X·w, one number a row each: with them products of vectors are
 *
 *     w₁·w₂ = u₁·q₂,   the penalty ½·l2·u·q,   the gradient's Xᵀ·(∂loss/∂scores + l2·u)
 *
 * (twofold vectors, as lbfgs.ts calls them; the intercept stands behind both halves). A step is tried without looking at X,
 * and where it ends one pass over X, column by column, gives the gradient's products X·Xᵀ·v and its largest component.
 *
 * Source: Schölkopf, Herbrich and Smola, "A generalized representer theorem", COLT 2001.
 */
export class RowSpaceLogisticLoss {
  readonly #arena: Arena;
  readonly #columns: FewerColumns;
  /** X column by column. */
  readonly #transposed: CsrArrays;
  readonly #y: Float64Array;
  readonly #rows: number;
  /** Numbers in half a vector. */
  readonly #half: number;
  readonly #fitIntercept: boolean;
  readonly #members: readonly { l2: number; weights: Float64Array | undefined; totalWeight: number }[];
  readonly #gram: RowGram;
  readonly #w: Float64Array;
  readonly #losses: Float64Array;
  readonly #residuals: Float64Array;
  /** max |gradient| over the columns as they were and the intercept, by member, where last asked for. */
  readonly #largest: Float64Array;

  /** @param y one 0 or 1 per row */
  constructor(columns: FewerColumns, y: ArrayLike<number>, fitIntercept: boolean, members: readonly JointMember[], arena: Arena) {
    const { X } = columns;
    this.#arena = arena;
    this.#columns = columns;
    this.#transposed = transposedCsr(X, arena);
    this.#y = arena.copyFloat64(y);
    this.#rows = X.rows;
    this.#half = X.rows + (fitIntercept ? 1 : 0);
    this.#fitIntercept = fitIntercept;
    this.#members = members.map(({ l2, sampleWeight }) => {
      const weights = sampleWeight && arena.copyFloat64(sampleWeight);
      return { l2, weights, totalWeight: weights ? pairwiseSum(weights) : X.rows };
    });
    const parts = lossParts(X);
    const team = parts > 1 ? sharedTeam(X.data.length * members.length * EVALUATIONS * ENTRY_COST) : undefined;
    this.#gram = new RowGram(this.#transposed, columns.sizes, members.length, arena, parts, team);
    this.#w = arena.unsetFloat64(X.cols);
    this.#losses = arena.float64(X.rows);
    this.#residuals = arena.float64(X.rows);
    this.#largest = new Float64Array(members.length);
  }

  /** What a member's minimiser is told. */
  variables(member: number): Variables {
    return { size: 2 * this.#half, isTwofold: true, largest: () => this.#largest[member] };
  }

  /** The value; the first half of the gradient is written. */
  value({ x, gradient }: Point, member: number): number {
    const rows = this.#rows;
    const { l2, weights, totalWeight } = this.#members[member];
    const u = x.subarray(0, rows);
    const scores = x.subarray(this.#half, this.#half + rows);
    const v = gradient.subarray(0, rows);
    copy(scores, this.#losses);
    logisticLossesOfScores({ y: this.#y, weights, divisor: totalWeight }, this.#fitIntercept ? x[rows] : 0, this.#losses, this.#residuals);
    copy(this.#residuals, v);
    if (l2 !== 0) axpy(l2, u, v);
    if (this.#fitIntercept) gradient[rows] = pairwiseSum(this.#residuals);
    return pairwiseSum(this.#losses) / totalWeight + 0.5 * l2 * compensatedDot(u, scores);
  }

  /** Writes the second halves of the gradients. */
  complete(points: readonly MemberPoint[]): void {
    const rows = this.#rows;
    const half = this.#half;
    const largest = this.#gram.times(
      points.map(({ gradient }) => gradient.subarray(0, rows)),
      points.map(({ gradient }) => gradient.subarray(half, half + rows)),
    );
    for (const [i, { gradient, member }] of points.entries()) {
      this.#largest[member] = largest[i];
      if (!this.#fitIntercept) continue;
      gradient[half + rows] = gradient[rows];
      this.#largest[member] = Math.max(largest[i], Math.abs(gradient[rows]));
    }
  }

  /**
   * Coefficients by the columns of X as they were, the intercept last, of each point; undefined where the scores that were carried
   * along with u are no longer X·w: next to no penalty lets u grow where Xᵀ·u does not see it, until rounding does.
   */
  coefficients(points: readonly Float64Array[]): (Float64Array | undefined)[] {
    const rows = this.#rows;
    const half = this.#half;
    const us = points.map((x) => this.#arena.copyFloat64(x.subarray(0, rows)));
    const scores = us.map(() => this.#arena.float64(rows));
    this.#gram.times(us, scores);
    return points.map((x, i) => {
      if (!isClose(x.subarray(half, half + rows), scores[i])) return undefined;
      timesVector(this.#transposed, us[i], 0, this.#w);
      return this.#columns.coefficients(this.#w, this.#fitIntercept ? x[rows] : undefined);
    });
  }
}

/** Whether no element differs by more than DRIFT times the largest of b; not if there is NaN. */
function isClose(a: Float64Array, b: Float64Array): boolean {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most <= DRIFT * maxAbs(b);
}
