import { normalCdf, normalQuantile } from './normal-distribution.ts';

/** ln Φ(x), to a relative error of about 1e-14 in the lower tail too, where Φ(x) itself is 0 in doubles. */
function logNormalCdf(x: number): number {
  if (x > 6) return -normalCdf(-x);
  if (x > -20) return Math.log(normalCdf(x));
  // Φ(x) = φ(x)/|x| · (1 − 1/x² + 3/x⁴ − 15/x⁶ + …), an asymptotic series.
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 12; k++) sum += term *= -(2 * k - 1) / (x * x);
  return -0.5 * x * x - Math.log(-x) - 0.5 * Math.log(2 * Math.PI) + Math.log(sum);
}

/** ln(Φ(b) − Φ(a)) for a ≤ b: the mass of a standard normal distribution between them. */
export function logNormalMass(a: number, b: number): number {
  if (a > 0) return logNormalMass(-b, -a);
  if (b > 0) return Math.log1p(-normalCdf(a) - normalCdf(-b));
  const upper = logNormalCdf(b);
  return upper + Math.log1p(-Math.exp(logNormalCdf(a) - upper));
}

/**
 * The value below which lies a share q of a standard normal distribution cut to [a, b], where a ≤ 0 ≤ b.
 * Counterpart: scipy.stats.truncnorm.ppf.
 */
export function truncatedNormalQuantile(q: number, a: number, b: number): number {
  const below = normalCdf(a);
  const above = normalCdf(-b);
  const mass = 1 - below - above;
  const share = below + q * mass;
  // From whichever end is nearer, as 1 − share would lose digits.
  const value = share <= 0.5 ? normalQuantile(share) : -normalQuantile(above + (1 - q) * mass);
  return Math.min(Math.max(value, a), b);
}
