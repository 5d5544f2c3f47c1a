import { withArena } from '../kernels/arena.ts';
import { columnMeans } from './column-means.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { selfProduct } from './multiply.ts';
import { narrowSelfProduct, WIDEST } from './narrow-self-product.ts';
import { MOST_HELD } from './with-means.ts';

/** Of so many rows one is looked at for a first guess of the means. */
const STEP = 64;

/**
 * Runs `work` on X, its column means m and, on and below the diagonal, its scatter (X − 1·mᵀ)ᵀ(X − 1·mᵀ), with the numbers of X
 * where the kernels reach them; X is read once. The matrices are good until `work` returns, and X is not to be changed.
 *
 * While X is read m is not known yet, so g, the means of some rows at equal distances, is taken from it, and
 * rows·(m − g)(m − g)ᵀ from the product afterwards. Of column j, rows·(m − g)² is at most about STEP times the scatter
 * around m, for any X: no more than two decimal digits can be lost, however large the means.
 */
export function withScatter<Result>(X: DenseMatrix, work: (held: DenseMatrix, means: Float64Array, scatter: DenseMatrix) => Result): Result {
  const { rows, cols, data } = X;
  if (data.byteLength > MOST_HELD || cols > WIDEST) {
    const means = columnMeans(X);
    return work(X, means, selfProduct(X, means));
  }
  return withArena((arena) => {
    const shift = guessedMeans(X);
    const held = arena.unsetFloat64(data.length);
    const sums = arena.float64(4 * Math.ceil(cols / 4));
    const scatter = narrowSelfProduct(rows, cols, data, { shift, held, sums });
    const off = Float64Array.from(shift, (_, j) => sums[j] / rows);
    for (let i = 0, p = 0; i < cols; i++, p += cols) for (let j = 0, sum = sums[i]; j <= i; j++) scatter.data[p + j] -= sum * off[j];
    return work(new DenseMatrix(rows, cols, held), shift.map((guess, j) => guess + off[j]), scatter);
  });
}

function guessedMeans({ rows, cols, data }: DenseMatrix): Float64Array {
  const sums = new Float64Array(cols);
  for (let i = 0; i < rows; i += STEP) for (let j = 0, p = i * cols; j < cols; j++) sums[j] += data[p++];
  const count = Math.ceil(rows / STEP);
  return sums.map((sum) => sum / count);
}
