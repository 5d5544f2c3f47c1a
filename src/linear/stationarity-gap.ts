/**
 * How far a coefficient is from being optimal under a lasso term: the size of the smallest
 * subgradient of f(v) + l1·|v|, in units of the gradient. 0 at a minimum.
 */
export function stationarityGap(value: number, slope: number, l1: number): number {
  if (value > 0) return Math.abs(slope + l1);
  if (value < 0) return Math.abs(slope - l1);
  return Math.max(Math.abs(slope) - l1, 0);
}
