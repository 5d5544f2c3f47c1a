import { RandomState } from '../core/random-state.ts';

/**
 * The whole numbers that scikit-learn's copies of liblinear and libsvm draw: a Mersenne Twister seeded with one
 * number of the estimator's RandomState, and Lemire's multiplication instead of a remainder. The same
 * randomState therefore visits rows in the same order as in scikit-learn, and stops at the same model.
 *
 * Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
 */
export class SolverRandom {
  #seed: number;
  #words: RandomState;

  constructor(randomState: number | null) {
    this.#seed = new RandomState(randomState).randint(2 ** 31 - 1);
    this.#words = new RandomState(this.#seed);
  }

  /** Starts the sequence anew. */
  restart(): void {
    this.#words = new RandomState(this.#seed);
  }

  /** A whole number in [0, range), each equally likely. */
  below(range: number): number {
    const words = this.#words;
    let word = words.nextUint32();
    let low = Math.imul(word, range) >>> 0;
    if (low < range) {
      const least = (2 ** 32 - range) % range;
      while (low < least) {
        word = words.nextUint32();
        low = Math.imul(word, range) >>> 0;
      }
    }
    return upperHalf(word, range);
  }

  /** Puts the first `count` elements in random order (Fisher–Yates from the start). */
  shuffle(list: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const j = i + this.below(count - i);
      const moved = list[i];
      list[i] = list[j];
      list[j] = moved;
    }
  }
}

/** ⌊a·b / 2³²⌋ for whole numbers below 2³², whose product a double may not hold. */
function upperHalf(a: number, b: number): number {
  // Below 2⁵³ the product is exact.
  if (b <= 2_097_152) return Math.floor((a * b) / 4_294_967_296);
  const upper = (a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 65_536);
  return Math.floor(upper / 65_536);
}
