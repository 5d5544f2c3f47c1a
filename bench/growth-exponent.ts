/**
 * The power with which time grows with size: the least-squares slope of ln seconds over ln size.
 * 1 is proportional, 2 is quadratic. NaN for fewer than two sizes.
 */
export function growthExponent(sizes: readonly number[], seconds: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = seconds.map(Math.log);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const xMean = mean(x);
  const yMean = mean(y);
  const covariance = x.reduce((sum, xi, i) => sum + (xi - xMean) * (y[i] - yMean), 0);
  const variance = x.reduce((sum, xi) => sum + (xi - xMean) ** 2, 0);
  return covariance / variance;
}
