import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/nearest.ts';

/*
 * Parts of the search for nearest rows. In WebAssembly where all arrays come from one arena (views of them too, such
 * as `subarray`), in plain TypeScript otherwise, with the same bits.
 */

/**
 * values[j] = square + squares[j] − 2·(values[j] + slack·norms[j]): products of one row with others become squared
 * distances, or lower bounds of them where the products may be too small by up to slack·norms[j].
 */
export function productsToBounds(values: Float64Array, squares: Float64Array, square: number, norms: Float64Array, slack: number): void {
  checkLength('productsToBounds', 'squares', squares, values.length);
  checkLength('productsToBounds', 'norms', norms, values.length);
  const kernels = kernelsFor(values, squares, norms);
  if (!kernels) return twins.productsToBounds(values, squares, square, norms, slack);
  kernels.productsToBounds(values.byteOffset, squares.byteOffset, square, norms.byteOffset, slack, values.length);
}

/** Lists every j with values[j] ≤ limit, ascending; `list` is as long as `values`. @returns how many */
export function listWithin(values: Float64Array, limit: number, list: Int32Array): number {
  checkLength('listWithin', 'list', list, values.length);
  const kernels = kernelsFor(values, list);
  return kernels ? kernels.listWithin(values.byteOffset, values.length, limit, list.byteOffset) : twins.listWithin(values, limit, list);
}

/**
 * Lists the smallest values, as many as `smallest` has room for, ascending, the lower index first among equals, and
 * their indices; infinite ones are left out. @returns how many
 */
export function listSmallest(values: Float64Array, smallest: Float64Array, indices: Int32Array): number {
  checkLength('listSmallest', 'indices', indices, smallest.length);
  const kernels = smallest.length > 0 ? kernelsFor(values, smallest, indices) : undefined;
  if (!kernels) return twins.listSmallest(values, smallest, indices);
  return kernels.listSmallest(values.byteOffset, values.length, smallest.length, smallest.byteOffset, indices.byteOffset);
}

/** out[e] = row rows[e] of X · w. w has X.cols elements. */
export function listedRowsTimesVector(rows: Int32Array, X: CsrArrays, w: Float64Array, out: Float64Array): void {
  checkLength('listedRowsTimesVector', 'w', w, X.cols);
  checkLength('listedRowsTimesVector', 'out', out, rows.length);
  const kernels = kernelsForMatrix(X) && kernelsFor(rows, w, out);
  if (!kernels) return twins.listedRowsTimesVector(rows, X, w, out);
  kernels.listedRowsTimesVector(
    rows.length,
    rows.byteOffset,
    X.indptr.byteOffset,
    X.indices.byteOffset,
    X.data.byteOffset,
    w.byteOffset,
    out.byteOffset,
  );
}
