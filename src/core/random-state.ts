import { DataError, OptionError, ShapeError } from './errors.ts';
import { logarithm } from './logarithm.ts';
import { show } from './show.ts';

/** Whatever `RandomState` can be seeded with; null stands for seed 0. */
export type Seed = number | ArrayLike<number> | null;

/** Where a generator stands: numpy's `get_state()`. */
export interface GeneratorState {
  /** 624 words of the Mersenne Twister. */
  key: Uint32Array;
  /** Next word to be handed out, 0 … 624. */
  pos: number;
  /** Whether `gauss` holds the second half of a pair of normal numbers. */
  hasGauss: boolean;
  gauss: number;
}

const LENGTH = 624;
const SHIFT = 397;
const TWO_32 = 4294967296;

/**
 * numpy's `RandomState`: the MT19937 generator with numpy's own ways from words to numbers, so that the
 * same seed gives the same splits, folds and bootstraps as scikit-learn, bit for bit.
 *
 * A seed is a whole number in [0, 2³² − 1], or a list of them. null and nothing mean seed 0: results never
 * depend on the clock. (numpy asks the operating system instead.)
 *
 * Normal and exponential numbers pass through a logarithm, which is rounded correctly here; numpy takes the
 * C library's, whose last bit differs about once in 2,000 and from one platform to another.
 *
 * Counterpart: numpy.random.RandomState, the legacy streams that numpy has frozen.
 * Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998.
 *
 * @example
 * const random = new RandomState(43);
 * random.permutation(10); // Int32Array [3, 9, 6, 8, 2, 5, 1, 7, 0, 4]
 */
export class RandomState {
  readonly #key = new Uint32Array(LENGTH);
  #pos = LENGTH;
  #hasGauss = false;
  #gauss = 0;

  /** @throws OptionError for a seed that is not whole, negative, or above 2³² − 1. */
  constructor(seed: Seed = null) {
    if (seed === null) this.#seedWithNumber(0);
    else if (typeof seed === 'number') this.#seedWithNumber(checkSeed(seed));
    else this.#seedWithList(seed);
  }

  /** A generator as it is, or a new one from a seed. Counterpart: sklearn.utils.check_random_state. */
  static from(seed: Seed | RandomState): RandomState {
    return seed instanceof RandomState ? seed : new RandomState(seed);
  }

  /** The next 32 random bits. */
  nextUint32(): number {
    if (this.#pos === LENGTH) this.#refill();
    let y = this.#key[this.#pos++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number in [0, 1) with 53 random bits, or `size` of them. */
  randomSample(): number;
  randomSample(size: number): Float64Array;
  randomSample(size?: number): number | Float64Array {
    return size === undefined ? this.#double() : this.#fill(size, () => this.#double());
  }

  /** A whole number in [low, high), each equally likely; `randint(n)` is in [0, n). */
  randint(low: number, high?: number): number;
  randint(low: number, high: number | undefined, size: number): Float64Array;
  randint(low: number, high?: number, size?: number): number | Float64Array {
    const from = high === undefined ? 0 : low;
    const most = (high === undefined ? low : high) - 1 - from;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(most) || most < 0) {
      throw new OptionError(`RandomState: randint must have whole low < high, got ${show(from)} and ${show(high ?? low)}.`);
    }
    return size === undefined ? from + this.#upTo(most) : this.#fill(size, () => from + this.#upTo(most));
  }

  /** A number in [low, high), or `size` of them. */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): Float64Array;
  uniform(low = 0, high = 1, size?: number): number | Float64Array {
    const range = high - low;
    return size === undefined ? low + range * this.#double() : this.#fill(size, () => low + range * this.#double());
  }

  /** A normal number of mean 0 and variance 1, or `size` of them, by the polar method. */
  standardNormal(): number;
  standardNormal(size: number): Float64Array;
  standardNormal(size?: number): number | Float64Array {
    return size === undefined ? this.#normal() : this.#normals(size, 0, 1);
  }

  /** A normal number of mean `loc` and standard deviation `scale`, or `size` of them. */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: number): Float64Array;
  normal(loc = 0, scale = 1, size?: number): number | Float64Array {
    return size === undefined ? loc + scale * this.#normal() : this.#normals(size, loc, scale);
  }

  /** An exponential number of mean `scale`, −scale · ln(1 − u), or `size` of them. */
  exponential(scale?: number): number;
  exponential(scale: number, size: number): Float64Array;
  exponential(scale = 1, size?: number): number | Float64Array {
    // 1 − u is exact for the 53-bit u, so ln(1 − u) is numpy's log1p(−u).
    const draw = (): number => scale * -logarithm(1 - this.#double());
    return size === undefined ? draw() : this.#fill(size, draw);
  }

  /** A gamma-distributed number of mean shape · scale, for a shape above 0, or `size` of them. */
  gamma(shape: number, scale?: number): number;
  gamma(shape: number, scale: number, size: number): Float64Array;
  gamma(shape: number, scale = 1, size?: number): number | Float64Array {
    if (!(shape > 0)) throw new OptionError(`RandomState: gamma must have a shape above 0, got ${show(shape)}.`);
    const draw = (): number => scale * this.#gamma(shape);
    return size === undefined ? draw() : this.#fill(size, draw);
  }

  /** Puts a list in random order, in place (Fisher–Yates from the end). @returns the list */
  shuffle<L extends { [index: number]: unknown; readonly length: number }>(list: L): L {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const moved = list[i];
      list[i] = list[j];
      list[j] = moved;
    }
    return list;
  }

  /** 0 … n − 1 in random order, or a shuffled copy of a list. */
  permutation(n: number): Int32Array;
  permutation<L extends readonly unknown[] | Int32Array | Float64Array>(list: L): L;
  permutation(of: number | readonly unknown[] | Int32Array | Float64Array): Int32Array | Float64Array | unknown[] {
    if (typeof of === 'number') {
      const order = new Int32Array(of);
      for (let i = 0; i < of; i++) order[i] = i;
      return this.shuffle(order);
    }
    return this.shuffle(of.slice() as unknown[]);
  }

  /**
   * `size` of the numbers 0 … n − 1, or of a list's items; with replacement unless `replace: false`.
   * @param p how likely each is, summing to 1; all equally when left out
   * @throws OptionError, DataError when p is no distribution or there are fewer items than asked for
   */
  choice(n: number, size: number, options?: ChoiceOptions): Float64Array;
  choice<T>(items: readonly T[], size: number, options?: ChoiceOptions): T[];
  choice<T>(from: number | readonly T[], size: number, options: ChoiceOptions = {}): Float64Array | T[] {
    const count = typeof from === 'number' ? from : from.length;
    const positions = this.#choose(count, size, options);
    return typeof from === 'number' ? positions : Array.from(positions, (i) => from[i]);
  }

  /** A copy of where the generator stands. */
  getState(): GeneratorState {
    return { key: this.#key.slice(), pos: this.#pos, hasGauss: this.#hasGauss, gauss: this.#gauss };
  }

  /** Goes back (or on) to a state. @throws ShapeError unless key has 624 words. */
  setState({ key, pos, hasGauss, gauss }: GeneratorState): this {
    if (key.length !== LENGTH || !(pos >= 0 && pos <= LENGTH)) {
      throw new ShapeError(`RandomState: a state must have ${LENGTH} words and a position among them, got ${key.length} and ${pos}.`);
    }
    this.#key.set(key);
    this.#pos = pos;
    this.#hasGauss = hasGauss;
    this.#gauss = gauss;
    return this;
  }

  /**
   * Rejection: of powers of a uniform number below shape 1, of cubes of a normal number above it.
   * Source: Ahrens and Dieter, Computing 12, 1974; Marsaglia and Tsang, "A simple method for generating gamma variables",
   * ACM TOMS 26(3), 2000.
   */
  #gamma(shape: number): number {
    if (shape === 1) return this.exponential();
    while (shape < 1) {
      const u = this.#double();
      const v = this.exponential();
      if (u <= 1 - shape) {
        const x = u ** (1 / shape);
        if (x <= v) return x;
      } else {
        const y = -logarithm((1 - u) / shape);
        const x = (1 - shape + shape * y) ** (1 / shape);
        if (x <= v + y) return x;
      }
    }
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      const x = this.#normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = this.#double();
      if (u < 1 - 0.0331 * (x * x) * (x * x) || logarithm(u) < 0.5 * x * x + b * (1 - v + logarithm(v))) return b * v;
    }
  }

  #seedWithNumber(seed: number): void {
    let word = seed >>> 0;
    for (let i = 0; i < LENGTH; i++) {
      this.#key[i] = word;
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i + 1) >>> 0;
    }
    this.#pos = LENGTH;
  }

  #seedWithList(list: ArrayLike<number>): void {
    if (list === undefined || !(list.length > 0)) {
      throw new OptionError(`RandomState: seed must be a whole number or a list of them, got ${show(list)}.`);
    }
    const seeds = Uint32Array.from(list, checkSeed);
    const key = this.#key;
    this.#seedWithNumber(19650218);
    let i = 1;
    let j = 0;
    const step = (multiplier: number, added: number): void => {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), multiplier)) + added;
      i++;
      if (i === LENGTH) {
        key[0] = key[LENGTH - 1];
        i = 1;
      }
    };
    for (let k = Math.max(LENGTH, seeds.length); k > 0; k--) {
      step(1664525, seeds[j] + j);
      j = (j + 1) % seeds.length;
    }
    for (let k = LENGTH - 1; k > 0; k--) step(1566083941, -i);
    key[0] = 0x80000000;
  }

  #refill(): void {
    const key = this.#key;
    for (let i = 0; i < LENGTH; i++) {
      const next = i + 1 < LENGTH ? i + 1 : 0;
      const y = (key[i] & 0x80000000) | (key[next] & 0x7fffffff);
      const from = i + SHIFT < LENGTH ? i + SHIFT : i + SHIFT - LENGTH;
      // Without a branch: it would go either way at random.
      key[i] = key[from] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    this.#pos = 0;
  }

  #double(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number in [0, max]: draws as many bits as max has, again while the result is larger. */
  #upTo(max: number): number {
    if (max === 0) return 0;
    if (max < TWO_32) {
      const mask = bitMask(max);
      for (;;) {
        const value = (this.nextUint32() & mask) >>> 0;
        if (value <= max) return value;
      }
    }
    const mask = bitMask(Math.floor(max / TWO_32));
    for (;;) {
      const high = (this.nextUint32() & mask) >>> 0;
      const value = high * TWO_32 + this.nextUint32();
      if (value <= max) return value;
    }
  }

  #normal(): number {
    if (this.#hasGauss) {
      this.#hasGauss = false;
      const kept = this.#gauss;
      this.#gauss = 0;
      return kept;
    }
    for (;;) {
      const x = 2 * this.#double() - 1;
      const y = 2 * this.#double() - 1;
      const r2 = x * x + y * y;
      if (r2 >= 1 || r2 === 0) continue;
      const factor = Math.sqrt((-2 * logarithm(r2)) / r2);
      this.#gauss = factor * x;
      this.#hasGauss = true;
      return factor * y;
    }
  }

  /** In a loop of their own, which the compiler can unfold: large matrices are filled by it. */
  #normals(size: number, loc: number, scale: number): Float64Array {
    const values = emptyList(size);
    for (let i = 0; i < size; i++) values[i] = loc + scale * this.#normal();
    return values;
  }

  #fill(size: number, draw: () => number): Float64Array {
    const values = emptyList(size);
    for (let i = 0; i < size; i++) values[i] = draw();
    return values;
  }

  #choose(count: number, size: number, { replace = true, p }: ChoiceOptions): Float64Array {
    if (!Number.isInteger(count) || count < 1) {
      throw new OptionError(`RandomState: choice must have at least one item to choose from, got ${show(count)}.`);
    }
    if (p !== undefined) checkDistribution(p, count);
    if (replace) {
      if (p === undefined) return this.#fill(size, () => this.#upTo(count - 1));
      const cumulative = cumulate(p);
      return this.#fill(size, () => firstAbove(cumulative, this.#double()));
    }
    if (size > count) {
      throw new DataError(`RandomState: choice without replacement must ask for at most ${count} items, got ${size}.`);
    }
    if (p === undefined) return Float64Array.from(this.permutation(count).subarray(0, size));
    return this.#chooseWeighted(p, size);
  }

  /** Draws what is still missing, keeps each new item once, and leaves what was found out of the next draw. */
  #chooseWeighted(p: ArrayLike<number>, size: number): Float64Array {
    const left = Float64Array.from(p);
    const possible = left.reduce((n, value) => n + (value > 0 ? 1 : 0), 0);
    if (possible < size) {
      throw new DataError(`RandomState: p must be above 0 for at least ${size} items, got ${possible}.`);
    }
    const found = new Set<number>();
    while (found.size < size) {
      const draws = this.randomSample(size - found.size);
      const cumulative = cumulate(left);
      for (const draw of draws) found.add(firstAbove(cumulative, draw));
      for (const item of found) left[item] = 0;
    }
    return Float64Array.from(found);
  }
}

export interface ChoiceOptions {
  /** Whether an item can come more than once. Default true. */
  replace?: boolean;
  /** One probability per item, summing to 1. Default: all equal. */
  p?: ArrayLike<number>;
}

/** @throws OptionError unless size is a whole number of at least 0 */
function emptyList(size: number): Float64Array {
  if (!Number.isInteger(size) || size < 0) throw new OptionError(`RandomState: size must be a whole number of at least 0, got ${show(size)}.`);
  return new Float64Array(size);
}

function checkSeed(seed: number): number {
  if (!Number.isInteger(seed) || seed < 0 || seed >= TWO_32) {
    throw new OptionError(`RandomState: seed must be a whole number in [0, 4294967295], got ${show(seed)}.`);
  }
  return seed;
}

/** All ones, as wide as max. */
function bitMask(max: number): number {
  return max === 0 ? 0 : 0xffffffff >>> Math.clz32(max);
}

function checkDistribution(p: ArrayLike<number>, count: number): void {
  if (p.length !== count) throw new ShapeError(`RandomState: p must have one probability per item (${count}), got ${p.length}.`);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!(p[i] >= 0)) throw new OptionError(`RandomState: p must not be negative, item ${i} has ${show(p[i])}.`);
    sum += p[i];
  }
  // numpy's allowance: the square root of a double's precision.
  if (!(Math.abs(sum - 1) <= Math.sqrt(Number.EPSILON))) throw new OptionError(`RandomState: p must sum to 1, got ${sum}.`);
}

function cumulate(p: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sums[i] = sum += p[i];
  for (let i = 0; i < p.length; i++) sums[i] /= sum;
  return sums;
}

/** Position of the first sum above a value (binary search). */
function firstAbove(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < sums[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}
