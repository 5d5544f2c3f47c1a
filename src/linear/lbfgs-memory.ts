import type { Arena } from '../kernels/arena.ts';
import { PairRing } from '../kernels/pair-ring.ts';
import { solveUpper, solveUpperTransposed, upperCholesky } from './upper-cholesky.ts';

/**
 * The last few steps s and gradient changes y of a minimiser, and the inverse Hessian H they imply:
 *
 *     H = (1/θ)·I + (1/θ²)·W·K⁻¹·Wᵀ,   W = [Y  θS],   θ = yᵀy / sᵀy of the newest pair
 *
 * with the small indefinite matrix K factored by two Cholesky steps. The same products, factors and
 * refusals as in scipy's L-BFGS-B are kept rather than the two-loop recursion, which equals it on paper:
 * with few variables the matrices turn singular, and there scipy forgets all pairs and starts afresh.
 *
 * Source: Byrd, Lu, Nocedal and Zhu, "A limited memory algorithm for bound constrained optimization",
 * SIAM J. Sci. Comput. 16 (1995), §3 and §5; Byrd, Nocedal and Schnabel, Math. Prog. 63 (1994), §2.
 */
export class LbfgsMemory {
  readonly #capacity: number;
  readonly #pairs: PairRing;
  #theta = 1;

  // capacity × capacity products by age, oldest first: [i·capacity + j].
  /** Sᵢ·Sⱼ, upper triangle. */
  readonly #ss: Float64Array;
  /** Yᵢ·Yⱼ, lower triangle. */
  readonly #yy: Float64Array;
  /** Sᵢ·Yⱼ: below the diagonal as formed with the newer s, on and above it with the newer y. */
  readonly #sy: Float64Array;
  /** sᵀy of each pair, as the line search measured it. */
  readonly #diagonal: Float64Array;
  /** Scratch for the Cholesky test of θSᵀS + L·D⁻¹·Lᵀ. */
  readonly #t: Float64Array;
  /** The factor of K: 2·size × 2·size, upper triangle, rows 2·capacity apart. */
  readonly #k: Float64Array;
  readonly #coefficients: Float64Array;
  /** The coefficients of Y and S, pair by pair. */
  readonly #factors: Float64Array;
  /** What PairRing says of the newest pair, or of none, and the gradient. */
  readonly #products: Float64Array;
  /** Whether #products are those of the gradient that `direction` will be asked for. */
  #isMeasured = false;

  /** @param n number of variables @param capacity most pairs to keep @param arena what holds them @param isTwofold as Variables has it */
  constructor(n: number, capacity: number, arena: Arena, isTwofold: boolean) {
    this.#capacity = capacity;
    this.#pairs = new PairRing(n, capacity, arena, isTwofold);
    this.#products = arena.float64(6 * capacity);
    this.#factors = arena.float64(2 * capacity);
    this.#ss = new Float64Array(capacity * capacity);
    this.#yy = new Float64Array(capacity * capacity);
    this.#sy = new Float64Array(capacity * capacity);
    this.#diagonal = new Float64Array(capacity);
    this.#t = new Float64Array(capacity * capacity);
    this.#k = new Float64Array(4 * capacity * capacity);
    this.#coefficients = new Float64Array(2 * capacity);
  }

  /** Number of pairs kept. */
  get size(): number {
    return this.#pairs.size;
  }

  /** Forgets every pair: H is the identity again. */
  clear(): void {
    this.#pairs.clear();
    this.#theta = 1;
    this.#isMeasured = false;
  }

  /**
   * Adds a pair, dropping the oldest when full; clears the memory when the matrices it implies are not
   * positive definite in floating point.
   * @param sy sᵀy > 0 @param ss sᵀs @param gradient what `direction` will be asked for next
   */
  add(s: Float64Array, y: Float64Array, sy: number, ss: number, gradient: Float64Array): void {
    if (this.#pairs.push(s, y)) this.#forgetOldest();
    this.#measure(s, y, gradient);
    this.#addProducts(sy, ss);
    this.#theta = this.#products[6 * this.size - 5] / sy;
    if (!this.#isPositiveDefinite() || !this.#factor()) this.clear();
  }

  /** Writes −H·gradient into `out`. */
  direction(gradient: Float64Array, out: Float64Array): void {
    const { size } = this;
    const theta = this.#theta;
    const c = this.#coefficients;
    if (!this.#isMeasured) this.#measure(gradient, gradient, gradient);
    this.#isMeasured = false;
    for (let i = 0; i < size; i++) {
      c[i] = -this.#products[6 * i + 5];
      c[size + i] = -theta * this.#products[6 * i + 4];
    }
    solveUpperTransposed(this.#k, 2 * this.#capacity, 2 * size, c);
    for (let i = 0; i < size; i++) c[i] = -c[i];
    solveUpper(this.#k, 2 * this.#capacity, 2 * size, c);
    for (let i = 0; i < size; i++) {
      this.#factors[2 * i] = c[i] / theta;
      this.#factors[2 * i + 1] = c[size + i];
    }
    this.#pairs.combine(this.#factors, gradient, 1 / theta, out);
  }

  #measure(s: Float64Array, y: Float64Array, gradient: Float64Array): void {
    this.#pairs.products(s, y, gradient, this.#products);
    this.#isMeasured = true;
  }

  #forgetOldest(): void {
    const m = this.#capacity;
    for (const matrix of [this.#ss, this.#yy, this.#sy]) {
      for (let i = 1; i < m; i++) matrix.copyWithin((i - 1) * m, i * m + 1, i * m + m);
    }
    this.#diagonal.copyWithin(0, 1);
  }

  /** Products of the newest pair with all others and itself. */
  #addProducts(sy: number, ss: number): void {
    const m = this.#capacity;
    const newest = this.size - 1;
    const products = this.#products;
    for (let i = 0; i <= newest; i++) {
      this.#ss[i * m + newest] = products[6 * i];
      this.#yy[newest * m + i] = products[6 * i + 1];
      this.#sy[newest * m + i] = products[6 * i + 2];
      this.#sy[i * m + newest] = products[6 * i + 3];
    }
    this.#ss[newest * m + newest] = ss;
    this.#diagonal[newest] = sy;
  }

  /** Whether θSᵀS + L·D⁻¹·Lᵀ, L being SᵀY below its diagonal D, has a Cholesky factor. */
  #isPositiveDefinite(): boolean {
    const m = this.#capacity;
    for (let i = 0; i < this.size; i++) {
      for (let j = i; j < this.size; j++) {
        let value = 0;
        for (let k = 0; k < i; k++) value += (this.#sy[i * m + k] * this.#sy[j * m + k]) / this.#diagonal[k];
        this.#t[i * m + j] = value + this.#theta * this.#ss[i * m + j];
      }
    }
    return upperCholesky(this.#t, m, 0, this.size);
  }

  /** Factors K = [−D − YᵀY/θ, Rᵀ; R, 0], R being SᵀY on and above its diagonal. */
  #factor(): boolean {
    const m = this.#capacity;
    const size = this.size;
    const stride = 2 * m;
    const k = this.#k;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) k[j * stride + i] = this.#yy[i * m + j] / this.#theta;
      k[i * stride + i] += this.#diagonal[i];
      for (let j = 0; j < size; j++) k[j * stride + size + i] = j < i ? 0 : this.#sy[i * m + j];
    }
    if (!upperCholesky(k, stride, 0, size)) return false;
    for (let i = 0; i < size; i++) solveUpperTransposed(k, stride, size, k, size + i, stride);
    for (let i = size; i < 2 * size; i++) {
      for (let j = i; j < 2 * size; j++) {
        let value = 0;
        for (let r = 0; r < size; r++) value += k[r * stride + i] * k[r * stride + j];
        k[i * stride + j] = value;
      }
    }
    return upperCholesky(k, stride, size, size);
  }
}
