import { withArena, type Arena } from '../kernels/arena.ts';
import { columnMoments as momentsOf } from '../kernels/column-moments.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import type { Matrix } from './matrix.ts';

/** What an entry of a sparse matrix costs, in multiplications. */
const ENTRY_COST = 20;

/** Mean, variance and weight of each column. */
export interface ColumnMoments {
  /** Σwx / Σw, one per column. */
  mean: Float64Array;
  /** Σw(x − mean)² / Σw, one per column: the population variance (ddof 0). */
  variance: Float64Array;
  /** Σw over the rows that are not NaN, one per column; without weights, their number. */
  weight: Float64Array;
}

/**
 * Mean and population variance of each column. NaN is skipped; a sparse matrix's implicit zeros count.
 * A column of NaN only has weight 0, mean NaN and variance NaN.
 *
 * Two passes with the correction term of Chan, Golub and LeVeque: Σw(x − m)² − (Σw(x − m))² / Σw, where
 * the second term would be 0 without rounding. Sums run in the order of rows, as scikit-learn's do, so that
 * variances of sparse matrices agree with scikit-learn's to the last bit.
 *
 * @param weights one per row, or undefined for 1 each
 * Counterpart: sklearn.utils.sparsefuncs.mean_variance_axis, sklearn.utils.extmath._incremental_mean_and_var.
 * Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", The American Statistician
 * 37(3), 1983.
 */
export function columnMoments(X: Matrix, weights?: Float64Array): ColumnMoments {
  return withArena((arena) => heldMoments(arena, arena.copyMatrix(X), weights));
}

/** The same of a matrix that lies where kernels reach it. */
export function heldMoments(arena: Arena, X: MatrixArrays, weights?: Float64Array): ColumnMoments {
  const team = X.kind === 'csr' ? sharedTeam(X.data.length * ENTRY_COST) : undefined;
  const moments = momentsOf(arena, X, weights && arena.copyFloat64(weights), team);
  return { mean: moments.mean.slice(), variance: moments.variance.slice(), weight: moments.weight.slice() };
}

/** The moments of two sets of rows together. Counterpart: the "next passes" of scikit-learn's partial_fit. */
export function combineMoments(a: ColumnMoments, b: ColumnMoments): ColumnMoments {
  const cols = a.mean.length;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  const weight = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    const [from, rest] = a.weight[j] === 0 ? [b, a] : [a, b];
    weight[j] = a.weight[j] + b.weight[j];
    if (rest.weight[j] === 0) {
      mean[j] = from.mean[j];
      variance[j] = from.variance[j];
      continue;
    }
    const sumA = a.mean[j] * a.weight[j];
    const sumB = b.mean[j] * b.weight[j];
    const ratio = a.weight[j] / b.weight[j];
    mean[j] = (sumA + sumB) / weight[j];
    const gap = sumA / ratio - sumB;
    const between = (ratio / weight[j]) * (gap * gap);
    variance[j] = (a.variance[j] * a.weight[j] + b.variance[j] * b.weight[j] + between) / weight[j];
  }
  return { mean, variance, weight };
}
