import { withArena } from '../kernels/arena.ts';
import { scaleColumns } from '../kernels/column-moments.ts';
import { heldMoments, type ColumnMoments } from './column-moments.ts';
import { CsrMatrix } from './csr-matrix.ts';

/**
 * columnMoments, then scaleColumns by factors that follow from them, with X copied for both once, or not at all where it is lent.
 *
 * @param weights one per row, or undefined for 1 each
 * @param factorsOf one factor per column
 * @param use is given the same pattern, each entry times its column's factor, lent
 */
export function scaleByMoments<Result>(
  X: CsrMatrix,
  weights: Float64Array | undefined,
  factorsOf: (moments: ColumnMoments) => Float64Array,
  use: (scaled: CsrMatrix) => Result,
): Result {
  return withArena((arena) => {
    const { rows, cols, indptr, indices, data } = arena.ownCsr(X);
    const held = new CsrMatrix(rows, cols, indptr, indices, data);
    const factors = factorsOf(heldMoments(arena, held, weights));
    scaleColumns(held, arena.copyFloat64(factors), data);
    return use(held);
  });
}
