/**
 * Unit deviance of the Tweedie family: twice what the log-likelihood of y loses when its mean is μ rather than y.
 * Power 0 is (y − μ)², 1 Poisson's, 2 gamma's, 3 the inverse Gaussian's, 1 … 2 a sum of gammas with mass at 0.
 *
 * Needs μ > 0 unless power is 0; y ≥ 0 for power in [1, 2), y > 0 from 2 on. There is no such family for power in (0, 1).
 * Source: Jørgensen, "The Theory of Dispersion Models", 1997, ch. 4.
 */
export function tweedieDeviance(y: number, mean: number, power: number): number {
  if (power === 0) return (y - mean) ** 2;
  if (power === 1) return 2 * ((y === 0 ? 0 : y * Math.log(y / mean)) - y + mean);
  if (power === 2) return 2 * (Math.log(mean / y) + y / mean - 1);
  const a = 1 - power;
  const b = 2 - power;
  return 2 * (Math.max(y, 0) ** b / (a * b) - (y * mean ** a) / a + mean ** b / b);
}
