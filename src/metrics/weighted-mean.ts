import { pairwiseSum } from '../core/pairwise-sum.ts';

/** Σ wᵢ·valuesᵢ; Σ valuesᵢ without weights. */
export function weightedSum(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  if (!weights) return pairwiseSum(values);
  const products = new Float64Array(values.length);
  for (let i = 0; i < products.length; i++) products[i] = values[i] * weights[i];
  return pairwiseSum(products);
}

/** Σ wᵢ·valuesᵢ / Σ wᵢ; the plain mean without weights. */
export function weightedMean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  return weightedSum(values, weights) / (weights ? pairwiseSum(weights) : values.length);
}

/**
 * The weighted mean of what is not NaN: NaN where nothing is left, the plain mean where what is left
 * weighs 0.
 */
export function meanOfDefined(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const defined: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) defined.push(i);
  if (defined.length === 0) return Number.NaN;
  const kept = defined.map((i) => values[i]);
  const keptWeights = weights && defined.map((i) => weights[i]);
  return weightedMean(kept, keptWeights?.some((w) => w !== 0) ? keptWeights : undefined);
}
