import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { productsToKernel, rowSquares, type Kernel } from './kernel.ts';
import { RowProducts } from './row-products.ts';

/**
 * Rows of the kernel matrix of some rows of X, computed as they are asked for. Positions can be swapped, so that
 * the solver keeps the rows it still works on in front.
 */
export class KernelRows {
  /** K(i, i) by position. */
  readonly diagonal: Float64Array;
  readonly #kernel: Kernel;
  readonly #X: Matrix;
  /** Row of #X at each position. */
  readonly #order: Int32Array;
  readonly #squares: Float64Array;
  readonly #products: RowProducts | undefined;
  /** Column of a precomputed kernel by row of #X. */
  readonly #columns: Int32Array;
  readonly #values: Float64Array;

  /** @param rows rows of X; with 'precomputed', X is the kernel of all rows with all rows */
  constructor(X: Matrix, rows: Int32Array, kernel: Kernel) {
    this.#kernel = kernel;
    this.#X = X.take(rows);
    this.#columns = rows;
    this.#order = Int32Array.from({ length: rows.length }, (_, i) => i);
    this.#products = kernel.kernel === 'precomputed' ? undefined : new RowProducts(this.#X);
    this.#squares = kernel.kernel === 'precomputed' ? new Float64Array(rows.length) : rowSquares(this.#X);
    this.#values = new Float64Array(rows.length);
    this.diagonal = new Float64Array(rows.length);
    if (this.#products) {
      this.diagonal.set(this.#squares);
      for (let i = 0; i < rows.length; i++) productsToKernel(kernel, this.diagonal, i, i + 1, this.#squares[i], this.#squares);
    } else for (let i = 0; i < rows.length; i++) this.diagonal[i] = (this.#X as DenseMatrix).at(i, rows[i]);
  }

  /** K(i, j) for positions j in [from, to); the array is overwritten by the next call. */
  row(i: number, from: number, to: number): Float64Array {
    const values = this.#values;
    const order = this.#order;
    if (this.#products) {
      this.#products.products(this.#X, order[i], order, from, to, values);
      productsToKernel(this.#kernel, values, from, to, this.#squares[i], this.#squares);
    } else {
      const row = (this.#X as DenseMatrix).row(order[i]);
      for (let j = from; j < to; j++) values[j] = row[this.#columns[order[j]]];
    }
    return values;
  }

  swap(i: number, j: number): void {
    swapElements(this.#order, i, j);
    swapElements(this.#squares, i, j);
    swapElements(this.diagonal, i, j);
  }
}

export function swapElements(list: { [index: number]: number }, i: number, j: number): void {
  const moved = list[i];
  list[i] = list[j];
  list[j] = moved;
}
