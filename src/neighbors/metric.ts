/** What a metric option may be. */
export type MetricName = 'minkowski' | 'euclidean' | 'manhattan' | 'chebyshev' | 'cosine';

/**
 * A metric with its parameter settled: minkowski with p = 1, 2, ∞ goes by its own name. `p` is the exponent of
 * 'minkowski' and 2 for the others.
 */
export interface DistanceMetric {
  readonly name: MetricName;
  readonly p: number;
}

export function metricOf(metric: MetricName, p: number): DistanceMetric {
  if (metric !== 'minkowski') return { name: metric, p: 2 };
  if (p === 1) return { name: 'manhattan', p: 2 };
  if (p === 2) return { name: 'euclidean', p: 2 };
  if (p === Infinity) return { name: 'chebyshev', p: 2 };
  return { name: 'minkowski', p };
}

/*
 * Distances are compared as reduced ones, which order alike and cost less: the square for 'euclidean', the p-th
 * power for 'minkowski', twice the distance for 'cosine', the distance itself for the others.
 */

/** The distance of a reduced distance. */
export function fromReduced(reduced: number, { name, p }: DistanceMetric): number {
  if (name === 'euclidean') return Math.sqrt(reduced);
  if (name === 'cosine') return Math.min(Math.max(reduced / 2, 0), 2);
  return name === 'minkowski' ? reduced ** (1 / p) : reduced;
}

/** The reduced distance of a distance. */
export function toReduced(distance: number, { name, p }: DistanceMetric): number {
  if (name === 'euclidean') return distance * distance;
  if (name === 'cosine') return distance * 2;
  return name === 'minkowski' ? distance ** p : distance;
}
