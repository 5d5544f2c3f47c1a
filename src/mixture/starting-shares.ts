import { bestClustering } from '../clustering/best-clustering.ts';
import { plusPlusRows } from '../clustering/plus-plus-rows.ts';
import type { RandomState } from '../core/random-state.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';

export type MixtureInit = 'kmeans' | 'k-means++' | 'random' | 'randomFromData';

/** How much of each row belongs to each of k components at the start, rows × k, and whether each row is dealt out. */
export function startingShares(X: DenseMatrix, k: number, init: MixtureInit, random: RandomState): { shares: DenseMatrix; isWhole: boolean } {
  if (init === 'random') return { shares: randomShares(X.rows, k, random), isWhole: true };
  const shares = new DenseMatrix(X.rows, k);
  if (init === 'kmeans') {
    const { labels } = bestClustering(X, undefined, { nClusters: k, init: 'k-means++', nInit: 1, maxIter: 300, tol: 1e-4 }, random);
    labels.forEach((label, i) => (shares.data[i * k + label] = 1));
    return { shares, isWhole: true };
  }
  const equal = (value: number): Float64Array => new Float64Array(X.rows).fill(value);
  const rows = init === 'k-means++' ? plusPlusRows(X, k, equal(1), equal(1 / X.rows), random) : random.choice(X.rows, k, { replace: false });
  rows.forEach((row, c) => (shares.data[row * k + c] = 1));
  return { shares, isWhole: false };
}

function randomShares(rows: number, k: number, random: RandomState): DenseMatrix {
  const shares = new DenseMatrix(rows, k, random.uniform(0, 1, rows * k));
  for (let i = 0; i < rows; i++) {
    const row = shares.row(i);
    const sum = row.reduce((a, b) => a + b, 0);
    for (let c = 0; c < k; c++) row[c] /= sum;
  }
  return shares;
}
