import { checkLength } from './check-length.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { MatrixArrays } from './matrix-arrays.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/products.ts';

/**
 * Products of a dense or sparse matrix. In WebAssembly where all arrays come from one arena, in plain
 * TypeScript otherwise, with the same bits.
 *
 * Sparse sums run in the order of a row's entries, and transposed sums in the order of rows, as scipy's do.
 * Dense rows are summed in the lanes of `dot`.
 */

/** Parts that a team shares out: rows differ in length, and a thread is not to wait long for another. */
const BLOCKS = 24;

/** out[i] = X[i, :]·w + bias. w has X.cols elements, out X.rows. */
export function timesVector(X: MatrixArrays, w: Float64Array, bias: number, out: Float64Array): void {
  checkLength('timesVector', 'w', w, X.cols);
  checkLength('timesVector', 'out', out, X.rows);
  const kernels = kernelsForMatrix(X) && kernelsFor(w, out);
  if (X.kind === 'csr') {
    if (!kernels) twins.csrTimesVector(X, w, bias, out);
    else {
      const { indptr, indices, data } = X;
      kernels.csrRowsTimesVector(0, X.rows, indptr.byteOffset, indices.byteOffset, data.byteOffset, w.byteOffset, bias, out.byteOffset);
    }
  } else if (!kernels) twins.denseTimesVector(X, w, bias, out);
  else kernels.denseRowsTimesVector(0, X.rows, X.cols, X.data.byteOffset, w.byteOffset, bias, out.byteOffset);
}

/** out += Xᵀ·r. r has X.rows elements, out X.cols. */
export function addTransposedTimesVector(X: MatrixArrays, r: Float64Array, out: Float64Array): void {
  checkLength('addTransposedTimesVector', 'r', r, X.rows);
  checkLength('addTransposedTimesVector', 'out', out, X.cols);
  const kernels = kernelsForMatrix(X) && kernelsFor(r, out);
  if (X.kind === 'csr') {
    if (!kernels) twins.csrTransposedTimesVector(X, r, out);
    else {
      const { indptr, indices, data } = X;
      kernels.csrRowsTransposedTimesVector(0, X.rows, indptr.byteOffset, indices.byteOffset, data.byteOffset, r.byteOffset, out.byteOffset);
    }
  } else if (!kernels) twins.denseTransposedTimesVector(X, r, out);
  else kernels.denseRowsTransposedTimesVector(0, X.rows, X.cols, X.data.byteOffset, r.byteOffset, out.byteOffset);
}

/**
 * out = X·W + bias for k outputs. W is X.cols × k, row-major (the k coefficients of a column side by side),
 * out is X.rows × k; bias has k elements or is left out. A team shares out the rows of a sparse X, which leaves the bits as
 * they are.
 */
export function timesMatrix(X: MatrixArrays, W: Float64Array, k: number, bias: Float64Array | undefined, out: Float64Array, team?: ThreadTeam): void {
  checkLength('timesMatrix', 'W', W, X.cols * k);
  checkLength('timesMatrix', 'out', out, X.rows * k);
  if (bias) checkLength('timesMatrix', 'bias', bias, k);
  const kernels = kernelsForMatrix(X) && kernelsFor(W, out, bias ?? out);
  const b = bias?.byteOffset ?? 0;
  if (X.kind === 'csr') {
    if (!kernels) twins.csrTimesMatrix(X, W, k, bias, out);
    else {
      const { indptr, indices, data } = X;
      const words = [k, indptr.byteOffset, indices.byteOffset, data.byteOffset, W.byteOffset, b, out.byteOffset] as const;
      if (team) team.run('csrTimesMatrix', BLOCKS, [X.rows, ...words]);
      else kernels.csrRowsTimesMatrix(0, X.rows, ...words);
    }
  } else if (!kernels) twins.denseTimesMatrix(X, W, k, bias, out);
  else kernels.denseRowsTimesMatrix(0, X.rows, X.cols, k, X.data.byteOffset, W.byteOffset, b, out.byteOffset);
}

/** out += Xᵀ·R for k outputs. R is X.rows × k, out X.cols × k, both row-major. */
export function addTransposedTimesMatrix(X: MatrixArrays, R: Float64Array, k: number, out: Float64Array): void {
  checkLength('addTransposedTimesMatrix', 'R', R, X.rows * k);
  checkLength('addTransposedTimesMatrix', 'out', out, X.cols * k);
  const kernels = kernelsForMatrix(X) && kernelsFor(R, out);
  if (X.kind === 'csr') {
    if (!kernels) twins.csrTransposedTimesMatrix(X, R, k, out);
    else {
      const { indptr, indices, data } = X;
      kernels.csrRowsTransposedTimesMatrix(0, X.rows, k, indptr.byteOffset, indices.byteOffset, data.byteOffset, R.byteOffset, out.byteOffset);
    }
  } else if (!kernels) twins.denseTransposedTimesMatrix(X, R, k, out);
  else kernels.denseRowsTransposedTimesMatrix(0, X.rows, X.cols, k, X.data.byteOffset, R.byteOffset, out.byteOffset);
}

/** The compiled kernels if the matrix lies in their memory. */
export function kernelsForMatrix(X: MatrixArrays): KernelExports | undefined {
  return X.kind === 'csr' ? kernelsFor(X.indptr, X.indices, X.data) : kernelsFor(X.data);
}
