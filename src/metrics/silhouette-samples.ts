import { DataError, ShapeError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { choice, completeOptions, type Rules } from '../core/rules.ts';
import { withArena } from '../kernels/arena.ts';
import { manhattanDistances } from '../kernels/kernel-row.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { centred } from '../matrix/centred.ts';
import { columnMeans } from '../matrix/column-means.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { normalizeRows } from '../matrix/normalize-rows.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { squaredNorms } from '../matrix/squared-norms.ts';
import { clusteredRows } from './clustered-rows.ts';

export type SilhouetteMetric = 'euclidean' | 'manhattan' | 'cosine' | 'precomputed';

export interface SilhouetteSamplesOptions {
  /** How far two rows are apart; 'precomputed': X is rows × rows of distances. Default 'euclidean'. */
  metric?: SilhouetteMetric;
}

const rules: Rules<SilhouetteSamplesOptions> = { metric: choice<SilhouetteMetric>('euclidean', ['euclidean', 'manhattan', 'cosine', 'precomputed']) };

/** Rows that are compared with all others at a time. */
const BLOCK = 64;

/**
 * How well each row lies in its cluster, (b − a) / max(a, b): a is its mean distance from the others of its cluster, b that from
 * the rows of the nearest other cluster. 0 for a row alone in its cluster.
 *
 * X: rows × columns, dense or sparse. labels: one cluster per row, 2 to n − 1 of them. Compares all pairs of rows.
 * Counterpart: scikit-learn's silhouette_samples with four of its metrics.
 * Source: Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", 1987.
 *
 * @throws ShapeError for other lengths, DataError for another number of clusters
 * @example
 * silhouetteSamples([[0], [1], [5], [6]], [0, 0, 1, 1]); // Float64Array [0.818…, 0.777…, 0.777…, 0.818…]
 */
export function silhouetteSamples(X: MatrixLike, labels: Labels, options: SilhouetteSamplesOptions = {}): Float64Array {
  const { metric } = completeOptions<SilhouetteSamplesOptions>('silhouetteSamples', options, rules);
  return silhouettes('silhouetteSamples', X, labels, metric);
}

/** silhouetteSamples for callers that have checked their options. */
export function silhouettes(owner: string, X: MatrixLike, labels: Labels, metric: SilhouetteMetric): Float64Array {
  const { X: rows, codes, sizes } = clusteredRows(owner, X, labels);
  const result = new Float64Array(rows.rows);
  const sums = new Float64Array(sizes.length);
  forDistances(owner, rows, metric, (i, distances) => {
    sums.fill(0);
    for (let j = 0; j < codes.length; j++) sums[codes[j]] += distances[j];
    let nearest = Infinity;
    for (let k = 0; k < sizes.length; k++) if (k !== codes[i]) nearest = Math.min(nearest, sums[k] / sizes[k]);
    const own = sums[codes[i]] / (sizes[codes[i]] - 1);
    const larger = Math.max(own, nearest);
    // Alone in its cluster, or with all rows that count at one place.
    result[i] = sizes[codes[i]] === 1 || larger === 0 ? 0 : (nearest - own) / larger;
  });
  return result;
}

function forDistances(owner: string, X: Matrix, metric: SilhouetteMetric, visit: (i: number, distances: Float64Array) => void): void {
  if (metric === 'precomputed') return forGiven(owner, X, visit);
  if (metric === 'manhattan') return forManhattan(X.toDense(), visit);
  if (metric === 'cosine') return forProducts(normalizeRows(X, 'l2'), (product) => 1 - product, visit);
  // Distances of dense rows do not change when these are centred, and keep more digits.
  const rows = X.kind === 'dense' ? centred(X, columnMeans(X)) : X;
  const squares = squaredNorms(rows);
  return forProducts(rows, (product, i, j) => Math.sqrt(Math.max(0, squares[i] + squares[j] - 2 * product)), visit);
}

function forGiven(owner: string, X: Matrix, visit: (i: number, distances: Float64Array) => void): void {
  if (X.rows !== X.cols) throw new ShapeError(`${owner}: precomputed distances must be rows × rows, got ${X.rows} × ${X.cols}.`);
  const distances = X.toDense();
  for (let i = 0; i < X.rows; i++) {
    if (Math.abs(distances.at(i, i)) > 100 * Number.EPSILON) throw new DataError(`${owner}: a row must be 0 apart from itself, row ${i} is ${distances.at(i, i)}.`);
    visit(i, distances.row(i));
  }
}

/** Products of each row with all, made into distances; a row is 0 apart from itself. */
function forProducts(X: Matrix, distance: (product: number, i: number, j: number) => number, visit: (i: number, distances: Float64Array) => void): void {
  for (let from = 0; from < X.rows; from += BLOCK) {
    const block = rowBlock(X, from, Math.min(X.rows, from + BLOCK)).toDense();
    const products = timesBlock(X, block.transpose()).transpose();
    for (let r = 0; r < block.rows; r++) {
      const row = products.row(r);
      const i = from + r;
      for (let j = 0; j < row.length; j++) row[j] = j === i ? 0 : distance(row[j], i, j);
      visit(i, row);
    }
  }
}

function forManhattan(X: DenseMatrix, visit: (i: number, distances: Float64Array) => void): void {
  withArena((arena) => {
    const data = arena.copyFloat64(X.data);
    const own = arena.float64(X.cols);
    const distances = arena.float64(X.rows);
    for (let i = 0; i < X.rows; i++) {
      own.set(X.row(i));
      manhattanDistances(data, own, distances);
      visit(i, distances);
    }
  });
}
