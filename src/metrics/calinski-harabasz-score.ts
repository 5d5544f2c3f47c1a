import type { Labels } from '../core/labels.ts';
import { columnMeans } from '../matrix/column-means.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { clusterCentres } from './cluster-centres.ts';
import { clusteredRows } from './clustered-rows.ts';

/**
 * Variance ratio of clusters, larger for clusters that are tight and apart:
 * (Σ n_k‖c_k − c‖² / (K − 1)) / (Σ‖xᵢ − c_k‖² / (n − K)) for K clusters with means c_k; 1 where rows are their means.
 *
 * X: rows × columns, dense or sparse. labels: one cluster per row, 2 to n − 1 of them.
 * Counterpart: scikit-learn's calinski_harabasz_score, for sparse X too, which is filled.
 * Source: Caliński and Harabasz, "A dendrite method for cluster analysis", Communications in Statistics 3, 1974.
 *
 * @throws ShapeError for other lengths, DataError for another number of clusters
 * @example
 * calinskiHarabaszScore([[0, 0], [0, 1], [5, 5], [5, 6]], [0, 0, 1, 1]); // 100
 */
export function calinskiHarabaszScore(X: MatrixLike, labels: Labels): number {
  const clusters = clusteredRows('calinskiHarabaszScore', X, labels);
  const { codes, sizes } = clusters;
  const rows = clusters.X.toDense();
  const centres = clusterCentres(clusters);
  const mean = columnMeans(rows);
  let between = 0;
  for (let k = 0; k < sizes.length; k++) for (let j = 0; j < rows.cols; j++) between += sizes[k] * (centres.data[k * rows.cols + j] - mean[j]) ** 2;
  let within = 0;
  for (let i = 0; i < rows.rows; i++) for (let j = 0; j < rows.cols; j++) within += (rows.data[i * rows.cols + j] - centres.data[codes[i] * rows.cols + j]) ** 2;
  return within === 0 ? 1 : (between * (rows.rows - sizes.length)) / (within * (sizes.length - 1));
}
