import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { r2Score } from '../metrics/r2-score.ts';

/** The plain mean of the targets' R². Counterpart: r2_score(multioutput="uniform_average"). */
export function columnsScore(columns: readonly Float64Array[], predicted: DenseMatrix, sampleWeight: ArrayLike<number> | undefined): number {
  return columns.reduce((sum, column, j) => sum + r2Score(column, predicted.col(j), { sampleWeight }), 0) / columns.length;
}
