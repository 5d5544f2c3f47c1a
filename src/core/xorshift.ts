/**
 * The small generator that scikit-learn's inner loops draw from: a 32-bit xorshift whose top bit is dropped.
 * Used where a sample or coordinate order has to be scikit-learn's; elsewhere RandomState is the better choice.
 *
 * Counterpart: sklearn.utils._random's our_rand_r.
 * Source: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
 */
export class Xorshift {
  /** All there is to it: 32 bits. */
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number in [0, end). */
  below(end: number): number {
    let state = this.state === 0 ? 1 : this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state >>> 0;
    return (this.state & 0x7fffffff) % end;
  }
}
