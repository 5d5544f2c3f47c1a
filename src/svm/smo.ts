import type { Arena } from '../kernels/arena.ts';
import { addTwoRows, bestPartner, mostViolating, type WorkingSetArrays } from '../kernels/working-set.ts';
import type { Quadratic } from './quadratic.ts';
import { swapElements } from '../matrix/row-products.ts';

/** min ½·αᵀQα + pᵀα over 0 ≤ α ≤ C with yᵀα, and with `keepsSum` Σα too, as at the start. */
export interface QuadraticProgram {
  Q: Quadratic;
  p: Float64Array;
  /** +1 or −1 per variable. */
  y: Int8Array;
  /** Upper bound per variable. */
  C: Float64Array;
  /** α to begin with, which keeps the constraints. Default: 0. */
  start?: Float64Array;
  /** Whether each step moves two variables of one sign, so that Σα stays as it is: the machines with ν. Default false. */
  keepsSum?: boolean;
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
  /** The multiplier of Σα; 0 without `keepsSum`. */
  scale: number;
  iterations: number;
  converged: boolean;
}

/** Stands for a curvature that is not positive. */
const TAU = 1e-12;

const LOWER = 0;
const UPPER = 1;
const FREE = 2;

/**
 * Sequential minimal optimisation: each step moves the two variables that promise the largest
 * decrease of the objective, judged by gradient and curvature, along the line that keeps yᵀα. Every 1,000 steps,
 * variables that sit firmly at a bound are swapped to the end and left out; before it stops, the gradient of all
 * of them is reconstructed and checked.
 *
 * Counterpart: libsvm's Solver and Solver_NU, step for step.
 * Source: Fan, Chen, Lin, "Working set selection using second order information for training support vector
 * machines", JMLR 6, 2005; Chang and Lin, "LIBSVM: a library for support vector machines", 2011, §4–5.
 */
export class Smo {
  readonly #settings: SmoSettings;
  readonly #size: number;
  readonly #Q: Quadratic;
  readonly #p: Float64Array;
  readonly #C: Float64Array;
  readonly #alpha: Float64Array;
  readonly #status: Int8Array;
  readonly #set: WorkingSetArrays;
  /** Q·(α where at the upper bound, else 0): what of the gradient shrunk variables need not be asked for. */
  readonly #bounded: Float64Array;
  /** Variable at each position. */
  readonly #variables: Int32Array;
  readonly #keepsSum: boolean;
  #active: number;
  #hasUnshrunk = false;

  constructor(arena: Arena, { Q, p, y, C, start, keepsSum = false }: QuadraticProgram, settings: SmoSettings) {
    const n = p.length;
    this.#settings = settings;
    this.#size = n;
    this.#active = n;
    this.#Q = Q;
    this.#p = p.slice();
    this.#C = C.slice();
    this.#alpha = start?.slice() ?? new Float64Array(n);
    this.#keepsSum = keepsSum;
    this.#status = new Int8Array(n);
    this.#bounded = arena.float64(n);
    this.#variables = Int32Array.from({ length: n }, (_, i) => i);
    this.#set = {
      y: arena.copyFloat64(y),
      gradient: arena.copyFloat64(p),
      up: arena.float64(n),
      down: arena.float64(n),
      diagonal: Q.diagonal,
      second: arena.float64(1),
    };
    for (let i = 0; i < n; i++) this.#updateStatus(i);
    for (let i = 0; start && i < n; i++) {
      if (this.#status[i] === LOWER) continue;
      const row = Q.row(i, n);
      addTwoRows(this.#set.gradient, row, start[i], row, 0, n);
      if (this.#status[i] === UPPER) addTwoRows(this.#bounded, row, C[i], row, 0, n);
    }
  }

  solve(): SmoSolution {
    const { maxIter, shrinking } = this.#settings;
    const pair = new Int32Array(2);
    const rest = Math.min(this.#size, 1000);
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
        if (shrinking) this.#shrink();
      }
      if (!this.#select(pair)) {
        this.#reconstructGradient();
        this.#active = this.#size;
        if (!this.#select(pair)) break;
        countdown = 1;
      }
      iterations++;
      this.#step(pair[0], pair[1]);
    }
    const offsets = this.#offsets();
    const alpha = new Float64Array(this.#size);
    for (let i = 0; i < this.#size; i++) alpha[this.#variables[i]] = this.#alpha[i];
    const [positive, negative] = this.#keepsSum ? offsets : [offsets[0], offsets[0]];
    return { alpha, rho: (positive + negative) / 2, scale: (positive - negative) / 2, iterations, converged };
  }

  /**
   * The pair to move next: i violates the optimality conditions the most, j promises the largest decrease along
   * with it. @returns false when no pair violates them by tol
   */
  #select(pair: Int32Array): boolean {
    if (this.#keepsSum) return this.#selectOfOneSign(pair);
    const { y, gradient, diagonal, second } = this.#set;
    const i = mostViolating(this.#set, this.#active);
    if (i === -1) return false;
    const highest = -y[i] * gradient[i];
    const j = bestPartner(this.#set, this.#Q.row(i, this.#active), diagonal[i], 2 * y[i], highest, this.#active);
    if (highest + second[0] < this.#settings.tol || j === -1) return false;
    pair[0] = i;
    pair[1] = j;
    return true;
  }

  /** As #select, of the two signs' best pairs the better one. */
  #selectOfOneSign(pair: Int32Array): boolean {
    const { y, gradient, up, down, diagonal } = this.#set;
    const active = this.#active;
    const highest = [-Infinity, -Infinity];
    const lowest = [-Infinity, -Infinity];
    const rising = [-1, -1];
    for (let t = 0; t < active; t++) {
      const sign = y[t] === 1 ? 0 : 1;
      if (up[t] !== 0 || -y[t] * gradient[t] < highest[sign]) continue;
      highest[sign] = -y[t] * gradient[t];
      rising[sign] = t;
    }
    const rows = rising.map((i) => (i < 0 ? undefined : this.#Q.row(i, active)));
    let partner = -1;
    let most = 0;
    for (let t = 0; t < active; t++) {
      if (down[t] !== 0) continue;
      const sign = y[t] === 1 ? 0 : 1;
      const directed = y[t] * gradient[t];
      lowest[sign] = Math.max(lowest[sign], directed);
      const gap = highest[sign] + directed;
      if (!(gap > 0)) continue;
      const curvature = diagonal[rising[sign]] + diagonal[t] - 2 * rows[sign]![t];
      const decrease = (gap * gap) / (curvature > 0 ? curvature : TAU);
      if (decrease < most) continue;
      most = decrease;
      partner = t;
    }
    if (Math.max(highest[0] + lowest[0], highest[1] + lowest[1]) < this.#settings.tol || partner === -1) return false;
    pair[0] = rising[y[partner] === 1 ? 0 : 1];
    pair[1] = partner;
    return true;
  }

  /** Which variables are compared with each other: all, or those of one sign. */
  #group(t: number): number {
    return this.#keepsSum && this.#set.y[t] !== 1 ? 1 : 0;
  }

  /** Minimises over variables i and j, and keeps gradient and status in step. */
  #step(i: number, j: number): void {
    const { y, gradient, diagonal } = this.#set;
    const alpha = this.#alpha;
    const status = this.#status;
    const rowI = this.#Q.row(i, this.#active);
    const rowJ = this.#Q.row(j, this.#active);
    const oldI = alpha[i];
    const oldJ = alpha[j];
    const boundI = this.#C[i];
    const boundJ = this.#C[j];

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

    addTwoRows(gradient, rowI, alpha[i] - oldI, rowJ, alpha[j] - oldJ, this.#active);
    const wasUpperI = status[i] === UPPER;
    const wasUpperJ = status[j] === UPPER;
    this.#updateStatus(i);
    this.#updateStatus(j);
    if (wasUpperI !== (status[i] === UPPER)) this.#addBounded(i, wasUpperI ? -boundI : boundI);
    if (wasUpperJ !== (status[j] === UPPER)) this.#addBounded(j, wasUpperJ ? -boundJ : boundJ);
  }

  #put(i: number, alphaI: number, j: number, alphaJ: number): void {
    this.#alpha[i] = alphaI;
    this.#alpha[j] = alphaJ;
  }

  #addBounded(i: number, factor: number): void {
    const row = this.#Q.row(i, this.#size);
    addTwoRows(this.#bounded, row, factor, row, 0, this.#size);
  }

  #updateStatus(i: number): void {
    const { y, up, down } = this.#set;
    const status = this.#alpha[i] >= this.#C[i] ? UPPER : this.#alpha[i] <= 0 ? LOWER : FREE;
    this.#status[i] = status;
    up[i] = status === (y[i] === 1 ? UPPER : LOWER) ? -Infinity : 0;
    down[i] = status === (y[i] === 1 ? LOWER : UPPER) ? -Infinity : 0;
  }

  /** Swaps variables that sit firmly at a bound behind the active ones. */
  #shrink(): void {
    const { y, gradient, up, down } = this.#set;
    const highest = [-Infinity, -Infinity];
    const lowest = [-Infinity, -Infinity];
    for (let t = 0; t < this.#active; t++) {
      const directed = y[t] * gradient[t];
      const group = this.#group(t);
      if (up[t] === 0 && -directed > highest[group]) highest[group] = -directed;
      if (down[t] === 0 && directed > lowest[group]) lowest[group] = directed;
    }
    // Close to the end, all variables are taken back in, once.
    if (!this.#hasUnshrunk && Math.max(highest[0] + lowest[0], highest[1] + lowest[1]) <= this.#settings.tol * 10) {
      this.#hasUnshrunk = true;
      this.#reconstructGradient();
      this.#active = this.#size;
    }
    const isFirm = (t: number): boolean => {
      if (this.#status[t] === FREE) return false;
      const directed = y[t] * gradient[t];
      const group = this.#group(t);
      return up[t] === 0 ? directed > lowest[group] : -directed > highest[group];
    };
    const swaps: number[] = [];
    let active = this.#active;
    for (let t = 0; t < active; t++) {
      if (!isFirm(t)) continue;
      active--;
      while (active > t) {
        if (!isFirm(active)) {
          swaps.push(t, active);
          break;
        }
        active--;
      }
    }
    this.#active = active;
    this.#swap(swaps);
  }

  /** Computes the gradient of the variables that were left out. */
  #reconstructGradient(): void {
    const { gradient } = this.#set;
    const alpha = this.#alpha;
    const status = this.#status;
    const active = this.#active;
    const size = this.#size;
    if (active === size) return;
    let free = 0;
    for (let j = active; j < size; j++) gradient[j] = this.#bounded[j] + this.#p[j];
    for (let j = 0; j < active; j++) if (status[j] === FREE) free++;
    // By whichever rows are fewer: those of the variables left out, or those of the free ones.
    if (free * size > 2 * active * (size - active)) {
      for (let i = active; i < size; i++) {
        const row = this.#Q.row(i, active);
        for (let j = 0; j < active; j++) if (status[j] === FREE) gradient[i] += alpha[j] * row[j];
      }
    } else {
      for (let i = 0; i < active; i++) {
        if (status[i] !== FREE) continue;
        const row = this.#Q.row(i, size);
        for (let j = active; j < size; j++) gradient[j] += alpha[i] * row[j];
      }
    }
  }

  /** y·gradient of each group's free variables; without any the middle of what the bounds allow. ρ where there is one group. */
  #offsets(): [number, number] {
    const { y, gradient, down } = this.#set;
    const above = [Infinity, Infinity];
    const below = [-Infinity, -Infinity];
    const free = [0, 0];
    const sum = [0, 0];
    for (let i = 0; i < this.#active; i++) {
      const directed = y[i] * gradient[i];
      const group = this.#group(i);
      if (this.#status[i] === FREE) {
        free[group]++;
        sum[group] += directed;
      } else if (down[i] !== 0) above[group] = Math.min(above[group], directed);
      else below[group] = Math.max(below[group], directed);
    }
    const of = (group: number): number => (free[group] > 0 ? sum[group] / free[group] : (above[group] + below[group]) / 2);
    return [of(0), of(1)];
  }

  #swap(swaps: readonly number[]): void {
    this.#Q.swap(swaps);
    const { y, gradient, up, down } = this.#set;
    for (const list of [y, gradient, up, down, this.#status, this.#alpha, this.#p, this.#variables, this.#bounded, this.#C]) {
      for (let s = 0; s < swaps.length; s += 2) swapElements(list, swaps[s], swaps[s + 1]);
    }
  }
}
