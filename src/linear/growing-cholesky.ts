import { addScaled, dotProduct } from '../matrix/vector.ts';

/** Share of z·z that rounding may leave of it. */
const ROUNDING = 1e-14;

/**
 * The Cholesky factor L of a Gram matrix ZᵀZ = L·Lᵀ whose columns come one by one, at the end, and go from anywhere.
 * Counterpart: the factor that sklearn.linear_model.lars_path and orthogonal_mp keep.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §6.5.
 */
export class GrowingCholesky {
  size = 0;
  readonly #factor: Float64Array;
  readonly #stride: number;

  /** @param most columns at a time */
  constructor(most: number) {
    this.#factor = new Float64Array(most * most);
    this.#stride = most;
  }

  /**
   * Adds a column z, unless what is left of it, beside the others, is shorter than `least`.
   * @param cross products of z with the columns so far, in their order
   * @param square z·z
   * @returns whether it was added
   */
  append(cross: ArrayLike<number>, square: number, least: number): boolean {
    const start = this.size * this.#stride;
    const L = this.#factor;
    for (let i = 0; i < this.size; i++) L[start + i] = (cross[i] - dotProduct(L, i * this.#stride, L, start, i)) / L[i * this.#stride + i];
    const rest = square - dotProduct(L, start, L, start, this.size);
    // What is left of a column of large numbers may be rounding alone.
    if (!(rest > ROUNDING * square && rest > least * least)) return false;
    L[start + this.size++] = Math.sqrt(rest);
    return true;
  }

  /** Takes column k out: rows below move up, and turns of two columns each put back what they leave above the diagonal. */
  remove(k: number): void {
    const L = this.#factor;
    const n = this.#stride;
    for (let i = k; i + 1 < this.size; i++) L.copyWithin(i * n, (i + 1) * n, (i + 1) * n + i + 2);
    this.size--;
    for (let i = k; i < this.size; i++) {
      const a = L[i * n + i];
      const b = L[i * n + i + 1];
      const length = Math.hypot(a, b);
      for (let row = i; row < this.size; row++) {
        const left = L[row * n + i];
        const right = L[row * n + i + 1];
        L[row * n + i] = (a * left + b * right) / length;
        L[row * n + i + 1] = (a * right - b * left) / length;
      }
    }
  }

  /** (ZᵀZ)⁻¹·b, in a new array. */
  solve(b: ArrayLike<number>): Float64Array {
    const L = this.#factor;
    const n = this.#stride;
    const x = Float64Array.from({ length: this.size }, (_, i) => b[i]);
    for (let i = 0; i < x.length; i++) x[i] = (x[i] - dotProduct(L, i * n, x, 0, i)) / L[i * n + i];
    for (let i = x.length - 1; i >= 0; i--) {
      x[i] /= L[i * n + i];
      addScaled(-x[i], L, i * n, x, 0, i);
    }
    return x;
  }
}
