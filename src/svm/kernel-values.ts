import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { productsToKernel, rowSquares, type Kernel } from './kernel.ts';
import { RowProducts } from './row-products.ts';

/** Kernel values of new rows with fixed rows, the support vectors. */
export class KernelValues {
  readonly #kernel: Kernel;
  readonly #support: Matrix;
  readonly #columns: Int32Array;
  readonly #products: RowProducts | undefined;
  readonly #squares: Float64Array;
  readonly #order: Int32Array;
  readonly #values: Float64Array;

  /**
   * @param support the fixed rows; not looked at when the kernel is precomputed
   * @param columns their row numbers in training: their columns in a precomputed kernel
   */
  constructor(support: Matrix, columns: Int32Array, kernel: Kernel) {
    this.#kernel = kernel;
    this.#support = support;
    this.#columns = columns;
    this.#products = kernel.kernel === 'precomputed' ? undefined : new RowProducts(support);
    this.#squares = kernel.kernel === 'rbf' ? rowSquares(support) : new Float64Array(0);
    this.#order = Int32Array.from({ length: columns.length }, (_, j) => j);
    this.#values = new Float64Array(columns.length);
  }

  /** X as a matrix of the kind of the fixed rows. */
  sameKind(X: Matrix): Matrix {
    if (X.kind === this.#support.kind || !this.#products) return X;
    return X.kind === 'csr' ? X.toDense() : CsrMatrix.fromDense(X);
  }

  /** K(X[i], fixed row j) for all j; X is of `sameKind`. The array is overwritten by the next call. */
  row(X: Matrix, i: number): Float64Array {
    const values = this.#values;
    if (!this.#products) {
      const row = (X as DenseMatrix).row(i);
      for (let j = 0; j < values.length; j++) values[j] = row[this.#columns[j]];
      return values;
    }
    this.#products.products(X, i, this.#order, 0, values.length, values);
    const square = this.#kernel.kernel === 'rbf' ? squareOf(X, i) : 0;
    productsToKernel(this.#kernel, values, 0, values.length, square, this.#squares);
    return values;
  }
}

function squareOf(X: Matrix, i: number): number {
  const start = X.kind === 'csr' ? X.indptr[i] : i * X.cols;
  const end = X.kind === 'csr' ? X.indptr[i + 1] : start + X.cols;
  let sum = 0;
  for (let p = start; p < end; p++) sum += X.data[p] * X.data[p];
  return sum;
}
