import { withArena } from '../kernels/arena.ts';
import { CsrMatrix } from './csr-matrix.ts';
import type { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';
import { productsToKernel, type Kernel } from './row-kernel.ts';
import { rowProducts, squareOf } from './row-products.ts';

/** Rows that new rows are compared with. */
export interface Support {
  kernel: Kernel;
  /** The rows themselves; not looked at when the kernel is precomputed. */
  vectors: Matrix;
  /** Their row numbers in training: their columns in a precomputed kernel. */
  rows: Int32Array;
}

/** Calls `visit(i, values)` for each row i of X with its kernel values with all support vectors, a passing array. */
export function forKernelValues(X: Matrix, support: Support, visit: (i: number, values: Float64Array) => void): void {
  const { kernel, vectors, rows } = support;
  if (kernel.kernel === 'precomputed') {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < X.rows; i++) {
      const row = (X as DenseMatrix).row(i);
      for (let j = 0; j < rows.length; j++) values[j] = row[rows[j]];
      visit(i, values);
    }
    return;
  }
  withArena((arena) => {
    const products = rowProducts(arena, vectors);
    const values = arena.float64(vectors.rows);
    const copy = arena.copyMatrix(sameKind(X, vectors));
    for (let i = 0; i < X.rows; i++) {
      products.ofRow(copy, i, 0, values.length, values);
      productsToKernel(kernel, values, squareOf(copy, i), products.squares);
      visit(i, values);
    }
  });
}

/** X, dense or sparse as the support vectors are. */
function sameKind(X: Matrix, vectors: Matrix): Matrix {
  if (X.kind === vectors.kind) return X;
  return X.kind === 'csr' ? X.toDense() : CsrMatrix.fromDense(X);
}
