import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/transposed-csr.ts';

/**
 * Xᵀ in the arena: its row j has column j of X, the entries in the order of X's rows.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same result.
 */
export function transposedCsr(X: CsrArrays, arena: Arena): CsrArrays {
  const entries = X.indptr[X.rows];
  const [indptr, indices, data] = [arena.int32(X.cols + 1), arena.int32(entries), arena.unsetFloat64(entries)];
  const kernels = kernelsForMatrix(X) && kernelsFor(indptr, indices, data);
  if (kernels) {
    kernels.transposeCsr(X.rows, X.cols, X.indptr.byteOffset, X.indices.byteOffset, X.data.byteOffset, indptr.byteOffset, indices.byteOffset, data.byteOffset);
  } else {
    twins.transposeCsr(X, indptr, indices, data);
  }
  return { kind: 'csr', rows: X.cols, cols: X.rows, indptr, indices, data };
}
