import { withArena } from '../kernels/arena.ts';
import { scaleColumns as scale } from '../kernels/column-moments.ts';
import type { CsrMatrix } from './csr-matrix.ts';

/** The same pattern, each entry times its column's factor. Counterpart: sklearn.utils.sparsefuncs.inplace_column_scale. */
export function scaleColumns(X: CsrMatrix, factors: Float64Array): CsrMatrix {
  return withArena((arena) => {
    const held = arena.copyCsr(X);
    scale(held, arena.copyFloat64(factors), held.data);
    return X.withData(new Float64Array(held.data));
  });
}
