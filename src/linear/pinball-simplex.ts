import { RandomState } from '../core/random-state.ts';
import { BasisInverse } from './basis-inverse.ts';
import { BreakpointHeap } from './breakpoint-heap.ts';
import type { ScaledColumns } from './scaled-columns.ts';

/** What PinballSimplex minimises: Σᵢ (above[i]·max(rᵢ, 0) + below[i]·max(−rᵢ, 0)) + Σⱼ penalty[j]·|wⱼ|, r = y − Z·w. */
export interface PinballProblem {
  Z: ScaledColumns;
  y: Float64Array;
  above: Float64Array;
  below: Float64Array;
  /** One per column of Z; 0 for one that costs nothing. */
  penalty: Float64Array;
}

/** Shares of the largest |y| by which targets are moved at random, so that no two rows are met at once; at last they are not. */
const PERTURBATIONS = [1e-7, 0];
/** Share of the sum of weights that a slope has to fall below 0 by, to be followed. */
const LEAST_SLOPE = 1e-11;
/** Share of its largest below which a change of residuals is rounding. */
const LEAST_CHANGE = 1e-10;
/** Share of the largest |y| below which a residual is rounding. */
const LEAST_RESIDUAL = 1e-12;

/** A way out of a corner: what leaves, how the active coefficients go, and how the objective falls. */
interface Edge {
  /** Position among the rows met, or −1 where a column comes instead. */
  row: number;
  /** The column that comes, or −1. */
  column: number;
  /** Sign of the change of Z·w at the row, or of the coefficient of the column. */
  sign: number;
  slope: number;
}

/**
 * Piecewise linear regression by a simplex method. The objective is convex and made of flat pieces, so that a corner is a minimum:
 * as many rows are met exactly, rᵢ = 0, as coefficients are not 0. From corner to corner it goes along the edge on which the objective
 * falls fastest, over all kinks on the way, up to the one after which it would rise.
 *
 * It begins at w = 0, and the weighted median for a column of ones that comes last and costs nothing. Where several rows are met at once,
 * by ties, targets are moved a little at random first, and what was found is put right for the true ones.
 *
 * Source: Barrodale and Roberts, "An improved algorithm for discrete l1 linear approximation", SIAM Journal on Numerical Analysis 10(5),
 * 1973; Koenker and d'Orey, "Computing regression quantiles", Applied Statistics 36(3), 1987.
 */
export class PinballSimplex {
  /** Edges followed. */
  iterations = 0;
  /** Whether no edge leads down. */
  converged = false;
  readonly #problem: PinballProblem;
  readonly #size: number;
  /** Sum of the weights. */
  readonly #total: number;
  /** Targets as they are at the moment. */
  #y: Float64Array;
  /** Columns whose coefficients are not 0, and these. */
  readonly #columns: number[] = [];
  #w: Float64Array = new Float64Array(0);
  /** Rows met: as many as columns in use. */
  readonly #rows: number[] = [];
  readonly #inverse = new BasisInverse();
  /** 1 for columns in use whose coefficient counts as positive, −1 for those that count as negative, 0 for the others. */
  readonly #sign: Int8Array;
  readonly #residual: Float64Array;
  /** 1 for rows that count as above the plane, −1 for those below, 0 for those met. */
  readonly #side: Int8Array;
  /** −Zᵀ of the derivatives of the rows that are not met. */
  readonly #gradient: Float64Array;
  readonly #change: Float64Array;
  readonly #kinks: BreakpointHeap;
  /** Columns of which nothing is left beside those in use. */
  readonly #isIdle: Uint8Array;

  constructor(problem: PinballProblem) {
    const { Z, y, above, below } = problem;
    this.#problem = problem;
    this.#size = y.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    this.#total = above.reduce((sum, value, i) => sum + value + below[i], 0);
    this.#y = y;
    this.#sign = new Int8Array(Z.cols);
    this.#isIdle = new Uint8Array(Z.cols);
    this.#residual = new Float64Array(Z.rows);
    this.#side = new Int8Array(Z.rows);
    this.#gradient = new Float64Array(Z.cols);
    this.#change = new Float64Array(Z.rows);
    this.#kinks = new BreakpointHeap(Z.rows + Z.cols);
  }

  /** The coefficients of Z's columns at a minimum. */
  minimise(maxIter: number): Float64Array {
    const { y, Z } = this.#problem;
    const random = new RandomState(0);
    this.#side.fill(1);
    for (const share of PERTURBATIONS) {
      this.#y = share > 0 ? y.map((value) => value + share * this.#size * random.randomSample()) : y;
      this.#converge(maxIter);
    }
    const w = new Float64Array(Z.cols);
    this.#columns.forEach((column, c) => (w[column] = this.#w[c]));
    return w;
  }

  #converge(maxIter: number): void {
    this.converged = false;
    this.#isIdle.fill(0);
    this.#refresh();
    for (let isFresh = true; this.iterations < maxIter; ) {
      const edge = this.#steepestEdge();
      if (edge.slope < -LEAST_SLOPE * this.#total) {
        this.#follow(edge);
        isFresh = false;
        if (!this.#inverse.isWorn) continue;
      } else if (isFresh) {
        this.converged = true;
        return;
      }
      this.#refresh();
      isFresh = true;
    }
  }

  /** Works out anew what steps change bit by bit. What is but rounding keeps its side and sign. */
  #refresh(): void {
    const { Z } = this.#problem;
    this.#inverse.refresh(this.#rows.map((row) => this.#activeOf(row)));
    this.#w = this.#inverse.solve(Float64Array.from(this.#rows, (row) => this.#y[row]));
    this.#columns.forEach((column, c) => {
      if (Math.abs(this.#w[c]) > LEAST_RESIDUAL * this.#size) this.#sign[column] = Math.sign(this.#w[c]);
    });
    Z.sumOfColumns(this.#columns, this.#w, this.#residual);
    const isMet = new Uint8Array(Z.rows);
    for (const row of this.#rows) isMet[row] = 1;
    for (let i = 0; i < Z.rows; i++) {
      const residual = isMet[i] === 1 ? 0 : this.#y[i] - this.#residual[i];
      this.#residual[i] = residual;
      if (isMet[i] === 1) this.#side[i] = 0;
      else if (Math.abs(residual) > LEAST_RESIDUAL * this.#size || this.#side[i] === 0) this.#side[i] = residual < 0 ? -1 : 1;
    }
    const all = Array.from({ length: Z.rows }, (_, i) => i);
    this.#gradient.fill(0);
    Z.addRows(all, all.map((i) => this.#derivative(i)), this.#gradient);
  }

  /** Of the objective by Z·w at a row. */
  #derivative(row: number): number {
    const side = this.#side[row];
    if (side === 0) return 0;
    return side > 0 ? -this.#problem.above[row] : this.#problem.below[row];
  }

  /** A row of Z, of the columns in use. */
  #activeOf(row: number): Float64Array {
    return Float64Array.from(this.#columns, (column) => this.#problem.Z.at(row, column));
  }

  #steepestEdge(): Edge {
    const { Z, above, below, penalty } = this.#problem;
    const active = Float64Array.from(this.#columns, (column) => this.#gradient[column] + penalty[column] * this.#sign[column]);
    const multipliers = this.#inverse.solveLeft(active);
    const best: Edge = { row: -1, column: -1, sign: 0, slope: 0 };
    this.#rows.forEach((row, q) => {
      better(best, q, -1, 1, multipliers[q] + below[row]);
      better(best, q, -1, -1, above[row] - multipliers[q]);
    });
    const reduced = this.#gradient.slice();
    Z.addRows(this.#rows, multipliers.map((value) => -value), reduced);
    for (let j = 0; j < Z.cols; j++) {
      if (this.#sign[j] !== 0 || this.#isIdle[j] === 1) continue;
      better(best, -1, j, reduced[j] > 0 ? -1 : 1, penalty[j] - Math.abs(reduced[j]));
    }
    return best;
  }

  #follow(edge: Edge): void {
    this.iterations++;
    const { Z, penalty } = this.#problem;
    const step = edge.row >= 0 ? this.#inverse.column(edge.row) : this.#inverse.solve(Float64Array.from(this.#rows, (row) => -Z.at(row, edge.column)));
    for (let c = 0; c < step.length; c++) step[c] *= edge.sign;
    const moving = edge.row >= 0 ? this.#columns : [...this.#columns, edge.column];
    Z.sumOfColumns(moving, edge.row >= 0 ? step : Float64Array.of(...step, edge.sign), this.#change);
    const crossed: number[] = [];
    const { kink, time } = this.#lastKink(edge, step, crossed);
    if (kink < 0) {
      if (edge.column >= 0) this.#isIdle[edge.column] = 1;
      return;
    }
    this.#cross(crossed);
    for (let i = 0; i < Z.rows; i++) this.#residual[i] -= time * this.#change[i];
    for (let c = 0; c < step.length; c++) this.#w[c] += time * step[c];
    if (edge.row >= 0) this.#leave(edge, time);
    if (kink < Z.rows) this.#meet(edge, kink);
    else this.#drop(edge, this.#columns.indexOf(kink - Z.rows));
    if (edge.column >= 0 && penalty[edge.column] === 0) this.#isIdle.fill(0);
  }

  /** Where the objective stops to fall: a row, or the number of rows plus a column; −1 where it never does. */
  #lastKink(edge: Edge, step: Float64Array, crossed: number[]): { kink: number; time: number } {
    const { Z, above, below, penalty } = this.#problem;
    const kinks = this.#kinks;
    const change = this.#change;
    kinks.clear();
    let largest = 0;
    for (let i = 0; i < Z.rows; i++) largest = Math.max(largest, Math.abs(change[i]));
    for (let i = 0; i < Z.rows; i++) {
      if (this.#side[i] * change[i] > LEAST_CHANGE * largest) kinks.add(i, Math.max(0, this.#residual[i] / change[i]));
    }
    this.#columns.forEach((column, c) => {
      if (penalty[column] > 0 && this.#sign[column] * step[c] < 0) kinks.add(Z.rows + column, Math.max(0, -this.#w[c] / step[c]));
    });
    kinks.order();
    let { slope } = edge;
    for (;;) {
      const time = kinks.least;
      const kink = kinks.take();
      if (kink < 0) return { kink, time: 0 };
      if (kink < Z.rows) slope += (above[kink] + below[kink]) * Math.abs(change[kink]);
      else slope += 2 * penalty[kink - Z.rows] * Math.abs(step[this.#columns.indexOf(kink - Z.rows)]);
      if (slope >= 0) return { kink, time };
      crossed.push(kink);
    }
  }

  /** Rows change sides and coefficients signs. */
  #cross(kinks: readonly number[]): void {
    const { Z, above, below } = this.#problem;
    const rows = kinks.filter((kink) => kink < Z.rows);
    Z.addRows(rows, rows.map((row) => this.#side[row] * (above[row] + below[row])), this.#gradient);
    for (const row of rows) this.#side[row] *= -1;
    for (const kink of kinks) if (kink >= Z.rows) this.#sign[kink - Z.rows] *= -1;
  }

  /** A row that was met is no more. */
  #leave({ row: q, sign }: Edge, time: number): void {
    const row = this.#rows[q];
    this.#side[row] = -sign;
    this.#residual[row] = -sign * time;
    this.#problem.Z.addRows([row], [this.#derivative(row)], this.#gradient);
  }

  /** A row is met from here on, instead of the one that left or by the column that came. */
  #meet(edge: Edge, row: number): void {
    const { Z } = this.#problem;
    Z.addRows([row], [-this.#derivative(row)], this.#gradient);
    this.#side[row] = 0;
    this.#residual[row] = 0;
    if (edge.row >= 0) {
      this.#inverse.replaceRow(edge.row, this.#activeOf(row));
      this.#rows[edge.row] = row;
      return;
    }
    const column = Float64Array.from(this.#rows, (other) => Z.at(other, edge.column));
    this.#inverse.add(this.#activeOf(row), column, Z.at(row, edge.column));
    this.#rows.push(row);
    this.#columns.push(edge.column);
    this.#sign[edge.column] = edge.sign;
    this.#w = this.#inverse.solve(Float64Array.from(this.#rows, (other) => this.#y[other]));
  }

  /** A coefficient has come to 0. */
  #drop(edge: Edge, c: number): void {
    const { Z } = this.#problem;
    this.#sign[this.#columns[c]] = 0;
    if (edge.row >= 0) {
      this.#inverse.remove(edge.row, c);
      this.#rows.splice(edge.row, 1);
      this.#columns.splice(c, 1);
    } else {
      this.#inverse.replaceColumn(c, Float64Array.from(this.#rows, (row) => Z.at(row, edge.column)));
      this.#columns[c] = edge.column;
      this.#sign[edge.column] = edge.sign;
    }
    this.#w = this.#inverse.solve(Float64Array.from(this.#rows, (row) => this.#y[row]));
  }
}

/** Keeps the edge that falls fastest. */
function better(best: Edge, row: number, column: number, sign: number, slope: number): void {
  if (slope < best.slope) Object.assign(best, { row, column, sign, slope });
}
