import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/sparse-rows.ts';

/**
 * out += v·B for a sparse row vector v, given by its entries: only the rows of B at v's columns are read. With B a
 * transposed matrix, these are the products of one row with all rows, by way of the columns they share.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param columns columns of v, each below B.rows
 * @param values one per column
 * @param out B.cols elements
 */
export function addSparseRows(columns: Int32Array, values: Float64Array, B: CsrArrays, out: Float64Array): void {
  checkLength('addSparseRows', 'values', values, columns.length);
  checkLength('addSparseRows', 'out', out, B.cols);
  const kernels = kernelsForMatrix(B) && kernelsFor(columns, values, out);
  if (!kernels) return twins.addSparseRows(columns, values, B, out);
  kernels.addSparseRows(
    columns.length,
    columns.byteOffset,
    values.byteOffset,
    B.indptr.byteOffset,
    B.indices.byteOffset,
    B.data.byteOffset,
    out.byteOffset,
  );
}
