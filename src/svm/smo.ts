import { swapElements } from './kernel-rows.ts';
import type { Quadratic } from './quadratic.ts';

/** min ½·αᵀQα + pᵀα over 0 ≤ α ≤ C with yᵀα fixed at that of the start. */
export interface QuadraticProgram {
  Q: Quadratic;
  p: Float64Array;
  /** +1 or −1 per variable. */
  y: Int8Array;
  /** Upper bound per variable. */
  C: Float64Array;
  /** Where to start; must keep the constraints. */
  alpha: Float64Array;
}

export interface SmoSettings {
  /** Stop once no pair violates the optimality conditions by this much. */
  tol: number;
  /** Most steps; −1 for no limit. */
  maxIter: number;
  /** Whether to leave out variables that sit firmly at a bound. */
  shrinking: boolean;
}

export interface SmoSolution {
  alpha: Float64Array;
  /** The constant ρ of the decision function Σ αᵢyᵢK(xᵢ, x) − ρ. */
  rho: number;
  iterations: number;
  converged: boolean;
}

/** Stands for a curvature that is not positive. */
const TAU = 1e-12;

const LOWER = 0;
const UPPER = 1;
const FREE = 2;

/**
 * Sequential minimal optimisation: each step moves the two variables that promise the largest decrease of the
 * objective, judged by gradient and curvature, along the line that keeps yᵀα. Every 1,000 steps, variables
 * that sit firmly at a bound are swapped to the end and left out; before it stops, the gradient of all of them is
 * reconstructed and checked.
 *
 * Counterpart: libsvm's Solver, step for step.
 * Source: Fan, Chen, Lin, "Working set selection using second order information for training support vector
 * machines", JMLR 6, 2005; Chang and Lin, "LIBSVM: a library for support vector machines", 2011, §4–5.
 */
export class Smo {
  protected readonly Q: Quadratic;
  protected readonly p: Float64Array;
  protected readonly y: Int8Array;
  protected readonly C: Float64Array;
  protected readonly alpha: Float64Array;
  protected readonly status: Int8Array;
  /** Qα + p. */
  protected readonly gradient: Float64Array;
  /** Q·(α where at the upper bound, else 0): what of the gradient shrunk variables need not be asked for. */
  readonly #bounded: Float64Array;
  /** Variable at each position. */
  readonly #variables: Int32Array;
  protected active: number;
  protected readonly size: number;
  protected readonly settings: SmoSettings;
  #hasUnshrunk = false;

  constructor({ Q, p, y, C, alpha }: QuadraticProgram, settings: SmoSettings) {
    const n = alpha.length;
    this.Q = Q;
    this.p = p.slice();
    this.y = y.slice();
    this.C = C.slice();
    this.alpha = alpha.slice();
    this.settings = settings;
    this.size = n;
    this.active = n;
    this.status = new Int8Array(n);
    this.gradient = this.p.slice();
    this.#bounded = new Float64Array(n);
    this.#variables = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n; i++) {
      this.#updateStatus(i);
      if (this.status[i] === LOWER || this.alpha[i] === 0) continue;
      const row = Q.row(i, n);
      addRow(this.gradient, row, this.alpha[i], 0, n);
      if (this.status[i] === UPPER) addRow(this.#bounded, row, this.C[i], 0, n);
    }
  }

  solve(): SmoSolution {
    const { maxIter, shrinking } = this.settings;
    const pair = new Int32Array(2);
    const rest = Math.min(this.size, 1000);
    let countdown = rest + 1;
    let iterations = 0;
    let converged = true;
    for (;;) {
      if (maxIter !== -1 && iterations >= maxIter) {
        converged = false;
        break;
      }
      if (--countdown === 0) {
        countdown = rest;
        if (shrinking) this.shrink();
      }
      if (!this.select(pair)) {
        this.reconstructGradient();
        this.active = this.size;
        if (!this.select(pair)) break;
        countdown = 1;
      }
      iterations++;
      this.#step(pair[0], pair[1]);
    }
    const rho = this.rho();
    const alpha = new Float64Array(this.size);
    for (let i = 0; i < this.size; i++) alpha[this.#variables[i]] = this.alpha[i];
    return { alpha, rho, iterations, converged };
  }

  /**
   * The pair to move next: i violates the optimality conditions the most, j promises the largest decrease along
   * with it. @returns false when no pair violates them by tol
   */
  protected select(pair: Int32Array): boolean {
    const { y, status, gradient, active } = this;
    const { diagonal } = this.Q;
    let highest = -Infinity;
    let i = -1;
    for (let t = 0; t < active; t++) {
      if (y[t] === 1) {
        if (status[t] !== UPPER && -gradient[t] >= highest) {
          highest = -gradient[t];
          i = t;
        }
      } else if (status[t] !== LOWER && gradient[t] >= highest) {
        highest = gradient[t];
        i = t;
      }
    }
    if (i === -1) return false;

    const row = this.Q.row(i, active);
    const own = diagonal[i];
    const twice = 2 * y[i];
    let second = -Infinity;
    let best = Infinity;
    let j = -1;
    for (let t = 0; t < active; t++) {
      const sign = y[t];
      if (status[t] === (sign === 1 ? LOWER : UPPER)) continue;
      const directed = sign * gradient[t];
      if (directed >= second) second = directed;
      const gap = highest + directed;
      if (gap <= 0) continue;
      const curvature = own + diagonal[t] - sign * twice * row[t];
      const change = -(gap * gap) / (curvature > 0 ? curvature : TAU);
      if (change <= best) {
        best = change;
        j = t;
      }
    }
    if (highest + second < this.settings.tol || j === -1) return false;
    pair[0] = i;
    pair[1] = j;
    return true;
  }

  /** Minimises over variables i and j, and keeps gradient and status in step. */
  #step(i: number, j: number): void {
    const { alpha, gradient, C, y, active, status } = this;
    const { diagonal } = this.Q;
    const rowI = this.Q.row(i, active);
    const rowJ = this.Q.row(j, active);
    const oldI = alpha[i];
    const oldJ = alpha[j];
    const [boundI, boundJ] = [C[i], C[j]];

    if (y[i] !== y[j]) {
      const curvature = diagonal[i] + diagonal[j] + 2 * rowI[j];
      const delta = (-gradient[i] - gradient[j]) / (curvature > 0 ? curvature : TAU);
      const difference = oldI - oldJ;
      alpha[i] += delta;
      alpha[j] += delta;
      if (difference > 0) {
        if (alpha[j] < 0) this.#put(i, difference, j, 0);
      } else if (alpha[i] < 0) this.#put(i, 0, j, -difference);
      if (difference > boundI - boundJ) {
        if (alpha[i] > boundI) this.#put(i, boundI, j, boundI - difference);
      } else if (alpha[j] > boundJ) this.#put(i, boundJ + difference, j, boundJ);
    } else {
      const curvature = diagonal[i] + diagonal[j] - 2 * rowI[j];
      const delta = (gradient[i] - gradient[j]) / (curvature > 0 ? curvature : TAU);
      const sum = oldI + oldJ;
      alpha[i] -= delta;
      alpha[j] += delta;
      if (sum > boundI) {
        if (alpha[i] > boundI) this.#put(i, boundI, j, sum - boundI);
      } else if (alpha[j] < 0) this.#put(i, sum, j, 0);
      if (sum > boundJ) {
        if (alpha[j] > boundJ) this.#put(i, sum - boundJ, j, boundJ);
      } else if (alpha[i] < 0) this.#put(i, 0, j, sum);
    }

    const changeI = alpha[i] - oldI;
    const changeJ = alpha[j] - oldJ;
    for (let k = 0; k < active; k++) gradient[k] += rowI[k] * changeI + rowJ[k] * changeJ;

    const wasUpperI = status[i] === UPPER;
    const wasUpperJ = status[j] === UPPER;
    this.#updateStatus(i);
    this.#updateStatus(j);
    if (wasUpperI !== (status[i] === UPPER)) addRow(this.#bounded, this.Q.row(i, this.size), wasUpperI ? -boundI : boundI, 0, this.size);
    if (wasUpperJ !== (status[j] === UPPER)) addRow(this.#bounded, this.Q.row(j, this.size), wasUpperJ ? -boundJ : boundJ, 0, this.size);
  }

  #put(i: number, alphaI: number, j: number, alphaJ: number): void {
    this.alpha[i] = alphaI;
    this.alpha[j] = alphaJ;
  }

  #updateStatus(i: number): void {
    this.status[i] = this.alpha[i] >= this.C[i] ? UPPER : this.alpha[i] <= 0 ? LOWER : FREE;
  }

  /** Swaps variables that sit firmly at a bound behind the active ones. */
  protected shrink(): void {
    const { y, status, gradient } = this;
    let up = -Infinity;
    let down = -Infinity;
    for (let t = 0; t < this.active; t++) {
      const directed = y[t] * gradient[t];
      if (status[t] !== (y[t] === 1 ? UPPER : LOWER) && -directed >= up) up = -directed;
      if (status[t] !== (y[t] === 1 ? LOWER : UPPER) && directed >= down) down = directed;
    }
    this.unshrinkOnce(up + down);
    this.shrinkWhere((t) => this.#isFirm(t, up, down));
  }

  /** Takes all variables back in the first time the violation is within ten tolerances. */
  protected unshrinkOnce(violation: number): void {
    if (this.#hasUnshrunk || violation > this.settings.tol * 10) return;
    this.#hasUnshrunk = true;
    this.reconstructGradient();
    this.active = this.size;
  }

  protected shrinkWhere(isFirm: (t: number) => boolean): void {
    for (let t = 0; t < this.active; t++) {
      if (!isFirm(t)) continue;
      this.active--;
      while (this.active > t) {
        if (!isFirm(this.active)) {
          this.#swap(t, this.active);
          break;
        }
        this.active--;
      }
    }
  }

  #isFirm(t: number, up: number, down: number): boolean {
    const g = this.gradient[t];
    if (this.status[t] === UPPER) return -g > (this.y[t] === 1 ? up : down);
    if (this.status[t] === LOWER) return g > (this.y[t] === 1 ? down : up);
    return false;
  }

  /** Computes the gradient of the variables that were left out. */
  protected reconstructGradient(): void {
    const { gradient, alpha, status, active, size } = this;
    if (active === size) return;
    let free = 0;
    for (let j = active; j < size; j++) gradient[j] = this.#bounded[j] + this.p[j];
    for (let j = 0; j < active; j++) if (status[j] === FREE) free++;
    // By whichever rows are fewer: those of the variables left out, or those of the free ones.
    if (free * size > 2 * active * (size - active)) {
      for (let i = active; i < size; i++) {
        const row = this.Q.row(i, active);
        for (let j = 0; j < active; j++) if (status[j] === FREE) gradient[i] += alpha[j] * row[j];
      }
    } else {
      for (let i = 0; i < active; i++) if (status[i] === FREE) addRow(gradient, this.Q.row(i, size), alpha[i], active, size);
    }
  }

  /** ρ from the free variables, whose y·gradient is ρ; else the middle of what the bounds allow. */
  protected rho(): number {
    let above = Infinity;
    let below = -Infinity;
    let free = 0;
    let sum = 0;
    for (let i = 0; i < this.active; i++) {
      const directed = this.y[i] * this.gradient[i];
      if (this.status[i] === FREE) {
        free++;
        sum += directed;
      } else if (this.status[i] === (this.y[i] === 1 ? LOWER : UPPER)) above = Math.min(above, directed);
      else below = Math.max(below, directed);
    }
    return free > 0 ? sum / free : (above + below) / 2;
  }

  #swap(i: number, j: number): void {
    this.Q.swap(i, j);
    for (const list of [this.y, this.gradient, this.status, this.alpha, this.p, this.#variables, this.#bounded, this.C]) swapElements(list, i, j);
  }
}

/** sums[j] += factor·row[j] for j in [from, to). */
function addRow(sums: Float64Array, row: Float32Array, factor: number, from: number, to: number): void {
  for (let j = from; j < to; j++) sums[j] += factor * row[j];
}
