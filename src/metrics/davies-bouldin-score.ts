import type { Labels } from '../core/labels.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { clusterCentres } from './cluster-centres.ts';
import { clusteredRows } from './clustered-rows.ts';

/** Distances up to here count as none. */
const NONE = 1e-8;

/**
 * How alike each cluster is to the one most like it, on average; smaller for clusters that are tight and apart:
 * the mean over k of max over l of (s_k + s_l) / ‖c_k − c_l‖, where s is the mean distance of a cluster's rows from their mean c.
 *
 * X: rows × columns, dense or sparse. labels: one cluster per row, 2 to n − 1 of them. 0 where rows are their means.
 * Counterpart: scikit-learn's davies_bouldin_score, for sparse X too, which is filled.
 * Source: Davies and Bouldin, "A cluster separation measure", IEEE TPAMI 1(2), 1979.
 *
 * @throws ShapeError for other lengths, DataError for another number of clusters
 * @example
 * daviesBouldinScore([[0, 0], [0, 1], [5, 5], [5, 6]], [0, 0, 1, 1]); // 0.141…
 */
export function daviesBouldinScore(X: MatrixLike, labels: Labels): number {
  const clusters = clusteredRows('daviesBouldinScore', X, labels);
  const { codes, sizes } = clusters;
  const rows = clusters.X.toDense();
  const centres = clusterCentres(clusters);
  const spread = new Float64Array(sizes.length);
  for (let i = 0; i < rows.rows; i++) spread[codes[i]] += distance(rows.row(i), centres.row(codes[i])) / sizes[codes[i]];
  const worst = new Float64Array(sizes.length);
  let farthest = 0;
  for (let k = 0; k < sizes.length; k++) {
    for (let l = 0; l < sizes.length; l++) {
      const apart = distance(centres.row(k), centres.row(l));
      farthest = Math.max(farthest, apart);
      if (apart > 0) worst[k] = Math.max(worst[k], (spread[k] + spread[l]) / apart);
    }
  }
  if (farthest <= NONE || spread.every((size) => size <= NONE)) return 0;
  return worst.reduce((sum, likeness) => sum + likeness, 0) / sizes.length;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) ** 2;
  return Math.sqrt(sum);
}
