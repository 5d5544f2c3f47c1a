import { RandomState } from '../core/random-state.ts';
import type { Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { choice, completeOptions, integer, optional, seed, type Rules } from '../core/rules.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkRows } from './check-rows.ts';
import { silhouettes, type SilhouetteMetric } from './silhouette-samples.ts';

export interface SilhouetteScoreOptions {
  /** How far two rows are apart; 'precomputed': X is rows × rows of distances. Default 'euclidean'. */
  metric?: SilhouetteMetric;
  /** Rows to draw and to look at alone: all pairs of rows are compared. Default null: all. */
  sampleSize?: number | null;
  /** Seed of which rows. Default null, which is 0. */
  randomState?: number | null;
}

const rules: Rules<SilhouetteScoreOptions> = {
  metric: choice<SilhouetteMetric>('euclidean', ['euclidean', 'manhattan', 'cosine', 'precomputed']),
  sampleSize: optional(integer(1, { min: 1 })),
  randomState: seed(),
};

/**
 * The mean of silhouetteSamples: near 1 for clusters that are tight and apart, below 0 where rows are nearer to others' clusters.
 *
 * X: rows × columns, dense or sparse. labels: one cluster per row, 2 to n − 1 of them.
 * Counterpart: scikit-learn's silhouette_score with four of its metrics; the same rows are drawn for the same seed; null is seed 0.
 * Source: Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", 1987.
 *
 * @throws ShapeError for other lengths, DataError for another number of clusters
 * @example
 * silhouetteScore([[0, 0], [0, 1], [5, 5], [5, 6]], [0, 0, 1, 1]); // 0.859…
 */
export function silhouetteScore(X: MatrixLike, labels: Labels, options: SilhouetteScoreOptions = {}): number {
  const owner = 'silhouetteScore';
  const { metric, sampleSize, randomState } = completeOptions<SilhouetteScoreOptions>(owner, options, rules);
  let rows = asMatrix(owner, X);
  checkRows(owner, { X: rows, labels });
  let clusters = labels;
  if (sampleSize !== null) {
    const drawn = new RandomState(randomState).permutation(rows.rows).slice(0, sampleSize);
    rows = metric === 'precomputed' ? rows.take(drawn).takeCols(drawn) : rows.take(drawn);
    clusters = takeRows(labels, drawn);
  }
  return silhouettes(owner, rows, clusters, metric).reduce((sum, one) => sum + one, 0) / rows.rows;
}
