import { pairwiseSum } from '../core/pairwise-sum.ts';

/**
 * Centres of k groups of values: Lloyd's iterations from equally spaced centres, as long as labels change and centres
 * move, at most 300 times. A centre that loses all values moves to the value farthest from its own centre; of several as far
 * the last comes first (numpy's partition takes any of them).
 *
 * @param values a column, not constant
 * @param weights how much each value counts in its centre; a group without weight has lost all values
 * @param start the centres to begin with
 * @returns the centres, ascending
 * Counterpart: sklearn.cluster.KMeans(init=start, n_init=1) on one column.
 * Source: Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982.
 */
export function kMeansCentres(values: Float64Array, weights: Float64Array, start: Float64Array): Float64Array {
  const n = values.length;
  const mean = pairwiseSum(values) / n;
  const x = values.map((value) => value - mean);
  let centres: Float64Array = start.map((centre) => centre - mean);
  const tolerance = 1e-4 * (pairwiseSum(x.map((value) => value * value)) / n);
  const labels = new Int32Array(n).fill(-1);
  for (let iteration = 0; iteration < 300; iteration++) {
    const changed = assign(x, centres, labels);
    const next = means(x, weights, labels, centres);
    const shift = next.reduce((sum, centre, k) => sum + (centre - centres[k]) ** 2, 0);
    centres = next;
    if (!changed || shift <= tolerance) break;
  }
  return centres.map((centre) => centre + mean).sort();
}

/** Gives each value its nearest centre, the first of several. @returns whether a label has changed */
function assign(x: Float64Array, centres: Float64Array, labels: Int32Array): boolean {
  let changed = false;
  for (let i = 0; i < x.length; i++) {
    let best = 0;
    let least = Infinity;
    for (let k = 0; k < centres.length; k++) {
      // ‖x − c‖² without the x² that all centres share.
      const distance = centres[k] * centres[k] - 2 * x[i] * centres[k];
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    if (labels[i] !== best) changed = true;
    labels[i] = best;
  }
  return changed;
}

function means(x: Float64Array, weights: Float64Array, labels: Int32Array, before: Float64Array): Float64Array {
  const sums = new Float64Array(before.length);
  const totals = new Float64Array(before.length);
  for (let i = 0; i < x.length; i++) {
    sums[labels[i]] += x[i] * weights[i];
    totals[labels[i]] += weights[i];
  }
  const empty = Array.from(totals.keys()).filter((k) => totals[k] === 0);
  if (empty.length > 0) {
    const distance = x.map((value, i) => (value - before[labels[i]]) ** 2);
    const farthest = Array.from(x.keys()).sort((i, j) => distance[j] - distance[i] || j - i);
    if (distance[farthest[0]] > 0) {
      empty.forEach((k, at) => {
        const i = farthest[at];
        sums[labels[i]] -= x[i] * weights[i];
        totals[labels[i]] -= weights[i];
        sums[k] = x[i] * weights[i];
        totals[k] = weights[i];
      });
    }
  }
  // A centre that gave its only weight away goes to that of the heaviest group, averaged or, further on, still a sum.
  const heaviest = totals.indexOf(Math.max(...totals));
  for (let k = 0; k < sums.length; k++) sums[k] = totals[k] > 0 ? sums[k] * (1 / totals[k]) : sums[heaviest];
  return sums;
}
