import type { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { plusPlusRows } from './plus-plus-rows.ts';

export type CentresInit = 'k-means++' | 'random';

/**
 * Rows of X to start from, dense: drawn in proportion to their weights ('random'), or far from each other
 * ('k-means++'). The draws are numpy's, so that the same seed starts where scikit-learn starts.
 */
export function startingCentres(X: Matrix, k: number, init: CentresInit, weights: Float64Array, random: RandomState): DenseMatrix {
  const total = weights.reduce((a, b) => a + b, 0);
  const p = weights.map((w) => w / total);
  const rows = init === 'random' ? random.choice(X.rows, k, { replace: false, p }) : plusPlusRows(X, k, weights, p, random);
  return takeRows(X, rows).toDense().copy();
}
