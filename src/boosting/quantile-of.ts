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
  const { sorted, reached } = sortedByWeight(values, weights);
  if (sorted.length === 0) return 0;
  // scikit-learn goes through per cent; the detour decides ties.
  const share = ((100 * rank) / 100) * reached[reached.length - 1];
  const at = reached.findIndex((sum) => sum >= share);
  return sorted[at < 0 ? sorted.length - 1 : at];
}

/** The values of rows that have weight, ascending, and the running sums of their weights. */
function sortedByWeight(values: Float64Array, weights: Float64Array): { sorted: Float64Array; reached: Float64Array } {
  const kept = new Int32Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (weights[i] > 0) kept[n++] = i;
  const rows = kept.subarray(0, n);
  const isEven = rows.every((i) => weights[i] === weights[rows[0]]);
  // Without an order to keep, numbers are sorted several times as fast.
  if (!isEven) rows.sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(rows, (i) => values[i]);
  if (isEven) sorted.sort();
  let sum = 0;
  return { sorted, reached: Float64Array.from(rows, (i) => (sum += weights[i])) };
}
