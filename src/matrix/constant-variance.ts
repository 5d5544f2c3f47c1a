/**
 * Whether a computed variance is within the rounding error of a constant column's: variance ≤ n·ε·variance + (n·mean·ε)².
 * Counterpart: scikit-learn's _is_constant_feature.
 */
export function isConstantVariance(variance: number, mean: number, n: number): boolean {
  const error = n * mean * Number.EPSILON;
  return variance <= n * Number.EPSILON * variance + error * error;
}
