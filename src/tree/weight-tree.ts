/**
 * Sums of weights and of weighted values over ranks, to which values are added one by one; finds their median in
 * O(log n).
 *
 * Source: Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24(3), 1994.
 */
export class WeightTree {
  readonly #weights: Float64Array;
  readonly #products: Float64Array;
  #size = 0;
  #top = 0;
  totalWeight = 0;
  totalProduct = 0;
  /** Written by `search`: the sums over the ranks below the one found. */
  weightBelow = 0;
  productBelow = 0;

  constructor(capacity: number) {
    this.#weights = new Float64Array(capacity + 1);
    this.#products = new Float64Array(capacity + 1);
  }

  /** Empties it, for ranks 0 … size − 1. */
  reset(size: number): void {
    this.#size = size;
    this.#weights.fill(0, 0, size + 1);
    this.#products.fill(0, 0, size + 1);
    this.totalWeight = 0;
    this.totalProduct = 0;
    this.#top = 1 << (31 - Math.clz32(size));
  }

  add(rank: number, value: number, weight: number): void {
    const product = weight * value;
    for (let i = rank + 1; i <= this.#size; i += i & -i) {
      this.#weights[i] += weight;
      this.#products[i] += product;
    }
    this.totalWeight += weight;
    this.totalProduct += product;
  }

  /** The first rank at which the weights up to and including it exceed `target` (or, with `reach`, reach it). */
  search(target: number, reach: boolean): number {
    let left = target;
    let at = 0;
    this.weightBelow = 0;
    this.productBelow = 0;
    for (let bit = this.#top; bit > 0; bit >>= 1) {
      const next = at + bit;
      if (next > this.#size) continue;
      const weight = this.#weights[next];
      if (reach ? weight >= left : weight > left) continue;
      left -= weight;
      at = next;
      this.weightBelow += weight;
      this.productBelow += this.#products[next];
    }
    return at;
  }
}
