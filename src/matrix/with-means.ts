import { withArena } from '../kernels/arena.ts';
import { addColumnSums } from '../kernels/column-moments.ts';
import { columnMeans } from './column-means.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/** Larger matrices, in bytes, are copied part by part as they are used. */
export const MOST_HELD = 2 ** 28;
/** Numbers copied at a time: they are added up while the cache has them. */
const PART = 131_072;

/**
 * Runs `work` on X and its column means, with the numbers of a dense X where the kernels reach them: what is used more than
 * once is copied once. The matrix is good until `work` returns, and not to be changed.
 */
export function withMeans<Result>(X: Matrix, work: (held: Matrix, means: Float64Array) => Result): Result {
  if (X.kind === 'csr' || X.data.byteLength > MOST_HELD) return work(X, columnMeans(X));
  const { rows, cols, data } = X;
  return withArena((arena) => {
    const held = arena.unsetFloat64(data.length);
    const sums = arena.float64(cols);
    const height = Math.max(1, Math.floor(PART / cols));
    for (let from = 0; from < rows; from += height) {
      const to = Math.min(rows, from + height);
      const part = held.subarray(from * cols, to * cols);
      part.set(data.subarray(from * cols, to * cols));
      addColumnSums(to - from, cols, part, sums);
    }
    return work(new DenseMatrix(rows, cols, held), Float64Array.from(sums, (sum) => sum / rows));
  });
}
