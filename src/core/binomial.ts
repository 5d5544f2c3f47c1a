import { logarithm } from './logarithm.ts';
import type { RandomState } from './random-state.ts';

/** Below this mean, probabilities are added up until they pass a uniform number; above it, candidates are drawn and rejected. */
const SMALL_MEAN = 30;

/**
 * Binomial numbers: how many of n trials succeed, each with probability p. Draws what numpy's legacy generator draws.
 *
 * Counterpart: numpy.random.RandomState.binomial(n, p).
 * Source: Kachitvichyanukul and Schmeiser, "Binomial random variate generation", CACM 31(2), 1988 (algorithm BTPE).
 *
 * @param n a whole number of at least 0
 * @param p in [0, 1]
 * @example
 * const flips = new Binomial(10, 0.5);
 * flips.draw(new RandomState(0)); // a number from 0 to 10
 */
export class Binomial {
  readonly #n: number;
  readonly #isTurned: boolean;
  readonly #draw: (random: RandomState) => number;

  constructor(n: number, p: number) {
    this.#n = n;
    this.#isTurned = p > 0.5;
    // The rarer outcome is counted.
    const rare = this.#isTurned ? 1 - p : p;
    this.#draw = rare * n <= SMALL_MEAN ? byInversion(n, rare) : byRejection(n, rare);
  }

  draw(random: RandomState): number {
    const count = this.#draw(random);
    return this.#isTurned ? this.#n - count : count;
  }
}

function byInversion(n: number, p: number): (random: RandomState) => number {
  const q = 1 - p;
  const none = Math.exp(n * logarithm(q));
  const most = Math.floor(Math.min(n, n * p + 10 * Math.sqrt(n * p * q + 1)));
  return (random) => {
    let count = 0;
    let mass = none;
    let left = random.randomSample();
    while (left > mass) {
      count++;
      if (count > most) {
        count = 0;
        mass = none;
        left = random.randomSample();
      } else {
        left -= mass;
        mass = ((n - count + 1) * p * mass) / (count * q);
      }
    }
    return count;
  };
}

/** Candidates from a triangle, parallelograms and two exponential tails around the mode. */
function byRejection(n: number, p: number): (random: RandomState) => number {
  const q = 1 - p;
  const mean = n * p + p;
  const mode = Math.floor(mean);
  const half = Math.floor(2.195 * Math.sqrt(n * p * q) - 4.6 * q) + 0.5;
  const middle = mode + 0.5;
  const left = middle - half;
  const right = middle + half;
  const height = 0.134 + 20.5 / (15.3 + mode);
  const slope = (a: number): number => a * (1 + a / 2);
  const leftRate = slope((mean - left) / (mean - left * p));
  const rightRate = slope((right - mean) / (right * q));
  const beside = half * (1 + 2 * height);
  const leftTail = beside + height / leftRate;
  const rightTail = leftTail + height / rightRate;
  return (random) => {
    for (;;) {
      const u = random.randomSample() * rightTail;
      let v = random.randomSample();
      if (u <= half) return Math.floor(middle - half * v + u);
      let count: number;
      if (u <= beside) {
        const x = left + (u - half) / height;
        v = v * height + 1 - Math.abs(mode - x + 0.5) / half;
        if (v > 1) continue;
        count = Math.floor(x);
      } else if (u <= leftTail) {
        count = Math.floor(left + logarithm(v) / leftRate);
        if (count < 0 || v === 0) continue;
        v *= (u - beside) * leftRate;
      } else {
        count = Math.floor(right - logarithm(v) / rightRate);
        if (count > n || v === 0) continue;
        v *= (u - leftTail) * rightRate;
      }
      if (isBelow(v, count, n, p, mode)) return count;
    }
  };
}

/** Whether v is at most the probability of `count`, relative to the mode's. */
function isBelow(v: number, count: number, n: number, p: number, mode: number): boolean {
  const q = 1 - p;
  const spread = n * p * q;
  const away = Math.abs(count - mode);
  if (away <= 20 || away >= spread / 2 - 1) {
    const odds = p / q;
    const a = odds * (n + 1);
    let ratio = 1;
    for (let i = mode + 1; i <= count; i++) ratio *= a / i - odds;
    for (let i = count + 1; i <= mode; i++) ratio /= a / i - odds;
    return v <= ratio;
  }
  // Bounds that decide most cases without Stirling's series.
  const margin = (away / spread) * ((away * (away / 3 + 0.625) + 1 / 6) / spread + 0.5);
  const normal = (-away * away) / (2 * spread);
  const logV = logarithm(v);
  if (logV < normal - margin) return true;
  if (logV > normal + margin) return false;
  const x = count + 1;
  const f = mode + 1;
  const z = n + 1 - mode;
  const w = n - count + 1;
  const exact =
    (mode + 0.5) * logarithm(f / x) + (n - mode + 0.5) * logarithm(z / w) + (count - mode) * logarithm((w * p) / (x * q)) + series(f) + series(z) + series(x) + series(w);
  return logV <= exact;
}

/** The first terms of Stirling's series, times 1. */
function series(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}
