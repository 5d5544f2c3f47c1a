import type { Arena } from '../kernels/arena.ts';
import { compensatedDot } from '../kernels/compensated.ts';
import { logisticLossesOfScores } from '../kernels/logistic-loss.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import { timesVector } from '../kernels/products.ts';
import { RowGram } from '../kernels/row-gram.ts';
import { softmaxLossesByClass } from '../kernels/softmax-loss.ts';
import { transposedCsr } from '../kernels/transposed-csr.ts';
import { axpy, copy, maxAbs, pairwiseSum } from '../kernels/vector-operations.ts';
import type { FewerColumns } from './fewer-columns.ts';
import type { JointMember, MemberPoint } from './joint-logistic-loss.ts';
import type { Point, Variables } from './lbfgs.ts';
import { lossTeam } from './loss-team.ts';

/** Rounding leaves 1e-16 to 1e-8 of scores that are good; those that are lost are off by 1e-3. */
const DRIFT = 1e-6;

/**
 * Log losses of several models with an L2 penalty on the same sparse rows, fewer than there are columns: of two classes (one
 * score a row, as in LogisticLoss) or more (as many scores as classes, as in SoftmaxLoss).
 *
 * Started from zero, the coefficients and gradients of each score are combinations of the rows of X, and so are a minimiser's
 * steps: w = Xᵀ·u. It is enough to know u and the scores q = X·w, one number a row each: with them products of vectors are
 *
 *     w₁·w₂ = u₁·q₂,   the penalty ½·l2·u·q,   the gradient's Xᵀ·(∂loss/∂scores + l2·u)
 *
 * A step is tried without looking at X, and where it ends one pass over X, column by column, gives the gradient's products
 * X·Xᵀ·v and its largest component.
 *
 * Vectors are twofold, as lbfgs.ts calls it: u score by score, then the intercepts; behind them q likewise, and the intercepts
 * again.
 *
 * Source: Schölkopf, Herbrich and Smola, "A generalized representer theorem", COLT 2001.
 */
export class RowSpaceLoss {
  readonly #arena: Arena;
  readonly #columns: FewerColumns;
  /** X column by column. */
  readonly #transposed: CsrArrays;
  readonly #y: Float64Array;
  readonly #rows: number;
  /** Scores per row. */
  readonly #outputs: number;
  readonly #fitIntercept: boolean;
  readonly #members: readonly { l2: number; weights: Float64Array | undefined; totalWeight: number }[];
  readonly #gram: RowGram;
  readonly #w: Float64Array;
  readonly #losses: Float64Array;
  readonly #noBias: Float64Array;
  /** max |gradient| over the columns as they were and the intercepts, by member, where last asked for. */
  readonly #largest: Float64Array;

  /** @param y one number below `classes` per row */
  constructor(columns: FewerColumns, y: ArrayLike<number>, classes: number, fitIntercept: boolean, members: readonly JointMember[], arena: Arena) {
    const { X } = columns;
    this.#arena = arena;
    this.#columns = columns;
    this.#transposed = transposedCsr(X, arena);
    this.#y = arena.copyFloat64(y);
    this.#rows = X.rows;
    this.#outputs = classes === 2 ? 1 : classes;
    this.#fitIntercept = fitIntercept;
    this.#members = members.map(({ l2, sampleWeight }) => {
      const weights = sampleWeight && arena.copyFloat64(sampleWeight);
      return { l2, weights, totalWeight: weights ? pairwiseSum(weights) : X.rows };
    });
    const vectors = members.length * this.#outputs;
    const { parts, team } = lossTeam(X, vectors);
    this.#gram = new RowGram(this.#transposed, columns.sizes, vectors, arena, parts, team);
    this.#w = arena.unsetFloat64(X.cols);
    this.#losses = arena.float64(X.rows);
    this.#noBias = arena.float64(this.#outputs);
    this.#largest = new Float64Array(members.length);
  }

  /** What a member's minimiser is told. */
  variables(member: number): Variables {
    return { size: 2 * this.#half, isTwofold: true, largest: () => this.#largest[member] };
  }

  /** The value; the first half of the gradient is written. */
  value({ x, gradient }: Point, member: number): number {
    const { l2, weights, totalWeight } = this.#members[member];
    const target = { y: this.#y, weights, divisor: totalWeight };
    const [u, scores, v] = [this.#first(x), this.#second(x), this.#first(gradient)];
    const bias = this.#fitIntercept ? this.#intercepts(x) : this.#noBias;
    if (this.#outputs === 1) {
      copy(scores, this.#losses);
      logisticLossesOfScores(target, bias[0], this.#losses, v);
    } else {
      softmaxLossesByClass(target, scores, bias, this.#losses, v);
    }
    if (this.#fitIntercept) this.#sumPerScore(v, this.#intercepts(gradient));
    if (l2 !== 0) axpy(l2, u, v);
    return pairwiseSum(this.#losses) / totalWeight + 0.5 * l2 * compensatedDot(u, scores);
  }

  /** Writes the second halves of the gradients. */
  complete(points: readonly MemberPoint[]): void {
    const products = this.#gram.times(
      points.flatMap(({ gradient }) => this.#perScore(this.#first(gradient))),
      points.flatMap(({ gradient }) => this.#perScore(this.#second(gradient))),
    );
    for (const [i, { gradient, member }] of points.entries()) {
      const intercepts = this.#intercepts(gradient);
      this.#largest[member] = Math.max(...products.slice(i * this.#outputs, (i + 1) * this.#outputs), maxAbs(intercepts));
      gradient.set(intercepts, gradient.length - intercepts.length);
    }
  }

  /**
   * Coefficients of each point, by the columns of X as they were, those of one column side by side, and the intercepts last.
   * Undefined where the scores that were carried along with u are no longer X·w: next to no penalty lets u grow where Xᵀ·u does
   * not see it, until rounding does.
   */
  coefficients(points: readonly Float64Array[]): (Float64Array | undefined)[] {
    const us = points.map((x) => this.#arena.copyFloat64(this.#first(x)));
    const scores = us.map(({ length }) => this.#arena.float64(length));
    this.#gram.times(
      us.flatMap((u) => this.#perScore(u)),
      scores.flatMap((q) => this.#perScore(q)),
    );
    return points.map((x, i) => {
      if (!isClose(this.#second(x), scores[i])) return undefined;
      const own = this.#perScore(us[i]).map((u) => {
        timesVector(this.#transposed, u, 0, this.#w);
        return this.#columns.coefficients(this.#w);
      });
      return sideBySide(own, this.#intercepts(x));
    });
  }

  /** Numbers in half a vector. */
  get #half(): number {
    return this.#outputs * (this.#rows + (this.#fitIntercept ? 1 : 0));
  }

  #first(vector: Float64Array): Float64Array {
    return vector.subarray(0, this.#outputs * this.#rows);
  }

  #second(vector: Float64Array): Float64Array {
    return vector.subarray(this.#half, this.#half + this.#outputs * this.#rows);
  }

  /** None where none is fitted. */
  #intercepts(vector: Float64Array): Float64Array {
    return vector.subarray(this.#outputs * this.#rows, this.#half);
  }

  #perScore(scores: Float64Array): Float64Array[] {
    return Array.from({ length: this.#outputs }, (_, c) => scores.subarray(c * this.#rows, (c + 1) * this.#rows));
  }

  /** In the order in which LogisticLoss and SoftmaxLoss sum. */
  #sumPerScore(scores: Float64Array, out: Float64Array): void {
    if (this.#outputs === 1) {
      out[0] = pairwiseSum(scores);
      return;
    }
    for (const [c, own] of this.#perScore(scores).entries()) {
      let sum = 0;
      for (let i = 0; i < own.length; i++) sum += own[i];
      out[c] = sum;
    }
  }
}

/** [a₁, b₁, a₂, b₂, …] of the lists a, b, and behind them `end`. */
function sideBySide(lists: readonly Float64Array[], end: Float64Array): Float64Array {
  const k = lists.length;
  const [{ length }] = lists;
  const result = new Float64Array(k * length + end.length);
  for (const [c, list] of lists.entries()) for (let j = 0; j < length; j++) result[j * k + c] = list[j];
  result.set(end, k * length);
  return result;
}

/** Whether no element differs by more than DRIFT times the largest of b; not if there is NaN. */
function isClose(a: Float64Array, b: Float64Array): boolean {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most <= DRIFT * maxAbs(b);
}
