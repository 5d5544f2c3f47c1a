import { OptionError } from '../core/errors.ts';
import { choice, integer, positive, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { metricOf, type DistanceMetric, type MetricName } from './metric.ts';

/** How neighbours are searched. */
export interface NeighborSearchOptions {
  /**
   * 'brute' compares with every row; 'kdTree' passes over boxes of rows that are too far; 'ballTree' is taken for
   * 'kdTree'; 'auto' is a tree for dense X of at most 15 columns, or 8 for 'euclidean'. All find the same neighbours. Default 'auto'.
   */
  algorithm?: 'auto' | 'brute' | 'kdTree' | 'ballTree';
  /** About how many rows a tree's leaf holds. Default 30. */
  leafSize?: number;
  /**
   * 'minkowski' (Σ|a − b|ᵖ)^(1/p), 'euclidean' (p = 2), 'manhattan' (p = 1), 'chebyshev' max|a − b|, or 'cosine'
   * 1 − a·b / (‖a‖‖b‖), for which a row of zeros is 1 from every row. Default 'minkowski'.
   */
  metric?: MetricName;
  /** Exponent of 'minkowski', in (0, ∞]; below 1 it is no metric and takes 'brute'. Default 2. */
  p?: number;
}

/** Search for a number of neighbours. */
export interface NeighborsOptions extends NeighborSearchOptions {
  /** How many neighbours, at least 1. Default 5. */
  nNeighbors?: number;
}

export const searchRules: Rules<NeighborSearchOptions> = {
  algorithm: choice('auto', ['auto', 'brute', 'kdTree', 'ballTree']),
  leafSize: integer(30, { min: 1 }),
  metric: choice('minkowski', ['minkowski', 'euclidean', 'manhattan', 'chebyshev', 'cosine']),
  p: positive(2, { infinite: true }),
};

export const neighborsRules: Rules<NeighborsOptions> = { nNeighbors: integer(5, { min: 1 }), ...searchRules };

/** Whether to search by tree, and by which metric. @throws OptionError for a tree and a metric that do not go together */
export function searchPlan(owner: string, X: Matrix, options: Required<NeighborSearchOptions>, nNeighbors: number): { metric: DistanceMetric; byTree: boolean } {
  const { algorithm, p } = options;
  const metric = metricOf(options.metric, p);
  const asksTree = algorithm === 'kdTree' || algorithm === 'ballTree';
  const hasTree = metric.name !== 'cosine' && !(metric.name === 'minkowski' && p < 1);
  if (asksTree && !hasTree) {
    const name = metric.name === 'cosine' ? "metric 'cosine'" : `metric 'minkowski' with p = ${p}`;
    throw new OptionError(`${owner}: ${name} has no tree, got algorithm '${algorithm}'. Use algorithm: 'brute'.`);
  }
  // Scikit-learn's limit is 15: here comparing with every row takes less time from fewer columns on.
  const pays = X.cols <= (metric.name === 'euclidean' ? 8 : 15) && nNeighbors < Math.floor(X.rows / 2);
  return { metric, byTree: X.kind === 'dense' && hasTree && (asksTree || (algorithm === 'auto' && pays)) };
}
