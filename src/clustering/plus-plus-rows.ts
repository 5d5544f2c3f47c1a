import type { RandomState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import { timesBlock } from '../matrix/block-map.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { squaredNorms } from '../matrix/squared-norms.ts';

/**
 * k-means++: each next row is drawn with a chance in proportion to its squared distance from those chosen so far;
 * of 2 + ⌊ln k⌋ draws the one is kept that lowers the sum of distances most.
 *
 * @param p the weights, divided by their sum
 * Counterpart: sklearn.cluster.kmeans_plusplus, which returns these rows too.
 * Source: Arthur and Vassilvitskii, "k-means++: The advantages of careful seeding", SODA 2007.
 */
export function plusPlusRows(X: Matrix, k: number, weights: Float64Array, p: Float64Array, random: RandomState): Int32Array {
  const n = X.rows;
  const norms = squaredNorms(X);
  const trials = 2 + Math.floor(Math.log(k));
  const chosen = new Int32Array(k);
  chosen[0] = random.choice(n, 1, { p })[0];
  let [closest] = squaredDistancesFrom(X, [chosen[0]], norms);
  let potential = weighted(closest, weights);
  for (let c = 1; c < k; c++) {
    const draws = random.uniform(0, 1, trials).map((u) => u * potential);
    const sums = new Float64Array(n);
    for (let i = 0, sum = 0; i < n; i++) sums[i] = sum += weights[i] * closest[i];
    const candidates = Array.from(draws, (draw) => Math.min(firstNotBelow(sums, draw), n - 1));
    let least = Infinity;
    let nearer = closest;
    for (const [t, distances] of squaredDistancesFrom(X, candidates, norms).entries()) {
      for (let i = 0; i < n; i++) distances[i] = Math.min(distances[i], closest[i]);
      const candidatePotential = weighted(distances, weights);
      if (!(candidatePotential < least)) continue;
      least = candidatePotential;
      nearer = distances;
      chosen[c] = candidates[t];
    }
    potential = least;
    closest = nearer;
  }
  return chosen;
}

/** For each of the given rows, its squared distances from all rows. */
function squaredDistancesFrom(X: Matrix, rows: readonly number[], norms: Float64Array): Float64Array[] {
  const points = takeRows(X, rows).toDense();
  const products = timesBlock(X, points.transpose());
  return rows.map((row, t) => norms.map((norm, i) => Math.max(-2 * products.data[i * rows.length + t] + norms[row] + norm, 0)));
}

function weighted(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * weights[i];
  return sum;
}

/** Position of the first sum that is at least the value (binary search). */
function firstNotBelow(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
