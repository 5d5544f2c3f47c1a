import { withArena } from '../kernels/arena.ts';
import { scaleColumns } from '../kernels/column-moments.ts';
import { heldMoments, type ColumnMoments } from './column-moments.ts';
import type { CsrMatrix } from './csr-matrix.ts';

/**
 * columnMoments, then scaleColumns by factors that follow from them, with X copied for both once.
 *
 * @param weights one per row, or undefined for 1 each
 * @param factorsOf one factor per column
 * @returns the same pattern, each entry times its column's factor
 */
export function scaleByMoments(X: CsrMatrix, weights: Float64Array | undefined, factorsOf: (moments: ColumnMoments) => Float64Array): CsrMatrix {
  return withArena((arena) => {
    const held = arena.copyCsr(X);
    const factors = factorsOf(heldMoments(arena, held, weights));
    scaleColumns(held, arena.copyFloat64(factors), held.data);
    return X.withData(new Float64Array(held.data));
  });
}
