import { type Arena, withArena } from '../kernels/arena.ts';
import { timesMatrix } from '../kernels/products.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import type { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';
import { multiply, transposedMultiply } from './multiply.ts';

/** A matrix as far as algorithms need it that only multiply it with blocks of a few columns. */
export interface BlockMap {
  readonly rows: number;
  readonly cols: number;
  /** A·W, rows × W.cols. */
  times(W: DenseMatrix): DenseMatrix;
  /** Aᵀ·W, cols × W.cols. */
  transposedTimes(W: DenseMatrix): DenseMatrix;
}

/**
 * Runs `work` with X ready for many products: a sparse X is laid out by rows and by columns where the kernels
 * reach it, once. The map is good until `work` returns.
 */
export function withBlockMap<Result>(X: Matrix, work: (map: BlockMap) => Result): Result {
  if (X.kind === 'dense') {
    return work({ rows: X.rows, cols: X.cols, times: (W) => multiply(X, W), transposedTimes: (W) => transposedMultiply(X, W) });
  }
  return withArena((arena) => work(sparseMap(X, arena)));
}

/** X·W + 1·biasᵀ for a dense block W, dense; without bias X·W. Counterpart: X @ W + bias in numpy and scipy. */
export function timesBlock(X: Matrix, W: DenseMatrix, bias?: Float64Array): DenseMatrix {
  if (X.kind === 'dense') return multiply(X, W, bias);
  return withArena((arena) => sparseTimes(arena.copyCsr(X), W, bias));
}

/** The map of A − 1·meanᵀ: columns shifted without touching A. */
export function centredMap(A: BlockMap, mean: Float64Array): BlockMap {
  const { rows, cols } = A;
  return {
    rows,
    cols,
    times(W) {
      const product = A.times(W);
      const shift = multiply(new DenseMatrix(1, cols, mean), W).data;
      for (let i = 0; i < rows; i++) for (let c = 0; c < W.cols; c++) product.data[i * W.cols + c] -= shift[c];
      return product;
    },
    transposedTimes(W) {
      const product = A.transposedTimes(W);
      const sums = new Float64Array(W.cols);
      for (let i = 0; i < rows; i++) for (let c = 0; c < W.cols; c++) sums[c] += W.data[i * W.cols + c];
      for (let j = 0; j < cols; j++) for (let c = 0; c < W.cols; c++) product.data[j * W.cols + c] -= mean[j] * sums[c];
      return product;
    },
  };
}

/** The map of Aᵀ. */
export function turnedMap(A: BlockMap): BlockMap {
  return { rows: A.cols, cols: A.rows, times: (W) => A.transposedTimes(W), transposedTimes: (W) => A.times(W) };
}

function sparseMap(X: CsrMatrix, arena: Arena): BlockMap {
  const byRows = arena.copyCsr(X);
  // Gathering along rows of Xᵀ is faster than scattering along those of X.
  const byColumns = arena.copyCsr(X.transpose());
  return {
    rows: X.rows,
    cols: X.cols,
    times: (W) => sparseTimes(byRows, W),
    transposedTimes: (W) => sparseTimes(byColumns, W),
  };
}

function sparseTimes(X: CsrArrays, W: DenseMatrix, bias?: Float64Array): DenseMatrix {
  return withArena((arena) => {
    const out = arena.unsetFloat64(X.rows * W.cols);
    const team = sharedTeam(X.indices.length * W.cols);
    timesMatrix(X, arena.copyFloat64(W.data), W.cols, bias && arena.copyFloat64(bias), out, team);
    return new DenseMatrix(X.rows, W.cols, new Float64Array(out));
  });
}
