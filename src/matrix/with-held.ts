import { withArena } from '../kernels/arena.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/** Larger matrices, in bytes, are copied part by part as they are used. */
const MOST_BYTES = 2 ** 28;

/**
 * Runs `work` on X with its numbers where the kernels reach them: a dense X that is used more than once is then copied
 * once. The matrix is good until `work` returns, and not to be changed.
 */
export function withHeld<Result>(X: Matrix, work: (held: Matrix) => Result): Result {
  if (X.kind === 'csr' || X.data.byteLength > MOST_BYTES) return work(X);
  return withArena((arena) => work(new DenseMatrix(X.rows, X.cols, arena.heldFloat64(X.data))));
}
