import type { Arena } from '../kernels/arena.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { productsToKernel, type Kernel } from '../matrix/row-kernel.ts';
import { rowProducts, swapElements, type RowProducts } from '../matrix/row-products.ts';

/** Rows of the kernel matrix of some rows, computed as they are asked for; positions can be swapped. */
export interface KernelRows {
  /** K(i, i) by position; in the arena. */
  readonly diagonal: Float64Array;
  /** K(i, j) for positions j in [from, to), at [from, to) of an array that the next call overwrites. */
  row(i: number, from: number, to: number): Float64Array;
  swap(i: number, j: number): void;
}

/** @param rows rows of X; with 'precomputed', X is the kernel of all rows with all rows */
export function kernelRows(arena: Arena, X: Matrix, rows: Int32Array, kernel: Kernel): KernelRows {
  return kernel.kernel === 'precomputed' ? new GivenRows(arena, X as DenseMatrix, rows) : new ComputedRows(arena, X.take(rows), kernel);
}

class ComputedRows implements KernelRows {
  readonly diagonal: Float64Array;
  readonly #kernel: Kernel;
  readonly #products: RowProducts;
  readonly #values: Float64Array;

  constructor(arena: Arena, X: Matrix, kernel: Kernel) {
    this.#kernel = kernel;
    this.#products = rowProducts(arena, X);
    this.#values = arena.float64(X.rows);
    const { squares } = this.#products;
    this.diagonal = arena.copyFloat64(squares);
    for (let i = 0; i < X.rows; i++) productsToKernel(kernel, this.diagonal.subarray(i, i + 1), squares[i], squares.subarray(i, i + 1));
  }

  row(i: number, from: number, to: number): Float64Array {
    const { squares } = this.#products;
    this.#products.own(i, from, to, this.#values);
    productsToKernel(this.#kernel, this.#values.subarray(from, to), squares[i], squares.subarray(from, to));
    return this.#values;
  }

  swap(i: number, j: number): void {
    this.#products.swap(i, j);
    swapElements(this.diagonal, i, j);
  }
}

class GivenRows implements KernelRows {
  readonly diagonal: Float64Array;
  readonly #X: DenseMatrix;
  /** Row of X, and column, at each position. */
  readonly #rows: Int32Array;
  readonly #values: Float64Array;

  constructor(arena: Arena, X: DenseMatrix, rows: Int32Array) {
    this.#X = X;
    this.#rows = rows.slice();
    this.#values = new Float64Array(rows.length);
    this.diagonal = arena.copyFloat64(Float64Array.from(rows, (i) => X.at(i, i)));
  }

  row(i: number, from: number, to: number): Float64Array {
    const row = this.#X.row(this.#rows[i]);
    for (let j = from; j < to; j++) this.#values[j] = row[this.#rows[j]];
    return this.#values;
  }

  swap(i: number, j: number): void {
    swapElements(this.#rows, i, j);
    swapElements(this.diagonal, i, j);
  }
}
