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
  const order = Array.from(values.keys()).filter((i) => weights[i] > 0).sort((a, b) => values[a] - values[b]);
  let total = 0;
  for (const i of order) total += weights[i];
  let below = 0;
  for (const i of order) {
    below += weights[i];
    if (below >= rank * total) return values[i];
  }
  return order.length > 0 ? values[order[order.length - 1]] : 0;
}
