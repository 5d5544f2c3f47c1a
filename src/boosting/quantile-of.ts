import { nthSmallest } from '../core/nth-smallest.ts';

/**
 * The value with the share `rank` of the rest below it, linearly between two neighbours; with weights, the smallest
 * value with at least that share of the weight at or below it.
 *
 * Counterpart: numpy.percentile, and scikit-learn's _weighted_percentile.
 */
export function quantileOf(values: Float64Array, weights: Float64Array | undefined, rank: number): number {
  if (weights === undefined) {
    const sorted = values.slice().sort();
    const at = (sorted.length - 1) * rank;
    const before = Math.floor(at);
    const low = sorted[before];
    const high = sorted[Math.min(before + 1, sorted.length - 1)];
    const t = at - before;
    // numpy's order of operations, from the nearer end.
    return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
  }
  const rows = rowsWithWeight(weights);
  if (rows.length === 0) return 0;
  // Where weights are equal, rows need not be sorted: the position is known.
  let isEven = true;
  for (let p = 1; p < rows.length && isEven; p++) isEven = weights[rows[p]] === weights[rows[0]];
  if (!isEven) rows.sort((a, b) => values[a] - values[b]);
  let total = 0;
  for (const i of rows) total += weights[i];
  // scikit-learn goes through per cent; the detour decides ties.
  const share = ((100 * rank) / 100) * total;
  let at = 0;
  for (let reached = weights[rows[0]]; reached < share && at < rows.length - 1; reached += weights[rows[at]]) at++;
  return isEven ? nthSmallest(Float64Array.from(rows, (i) => values[i]), at) : values[rows[at]];
}

function rowsWithWeight(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let n = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] > 0) rows[n++] = i;
  return rows.subarray(0, n);
}
