import { logBeta, logGamma, stirlingRest } from './log-gamma.ts';

const EPSILON = 2.220446049250313e-16;
const TINY = 1e-300;
const MOST_TERMS = 100_000;

/**
 * P(F > f) for Fisher's F with d1 and d2 degrees of freedom: I_{d2/(d2 + d1·f)}(d2/2, d1/2). Relative accuracy
 * holds far into the tail (1e-300). NaN stays NaN.
 * Counterpart: scipy.stats.f.sf, scipy.special.fdtrc.
 */
export function fSurvival(f: number, d1: number, d2: number): number {
  if (!(d1 > 0 && d2 > 0) || Number.isNaN(f)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Infinity) return 0;
  const ratio = (d1 / d2) * f;
  return regularisedBeta(d2 / 2, d1 / 2, 1 / (1 + ratio), ratio / (1 + ratio));
}

/** P(χ² > x) with k degrees of freedom: Q(k/2, x/2). Counterpart: scipy.stats.chi2.sf, scipy.special.chdtrc. */
export function chi2Survival(x: number, k: number): number {
  if (!(k > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return upperGamma(k / 2, x / 2);
}

/** P(χ² ≤ x) with k degrees of freedom, small ones to all their digits. Counterpart: scipy.stats.chi2.cdf. */
export function chi2Mass(x: number, k: number): number {
  if (!(k > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  return x < k + 2 ? lowerGamma(k / 2, x / 2) : 1 - chi2Survival(x, k);
}

/**
 * I_x(a, b), the regularised incomplete beta function, by its continued fraction.
 * @param y 1 − x, given apart so that none of its digits are lost
 * Source: Abramowitz and Stegun, 26.5.8; evaluated as in Lentz, Applied Optics 15, 1976.
 */
function regularisedBeta(a: number, b: number, x: number, y: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(b, a, y, x);
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  const front = Math.exp(a * logX + b * logY - logBeta(a, b)) / a;
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= EPSILON) break;
  }
  return front * fraction;
}

/** Q(a, x) = Γ(a, x)/Γ(a): by a series below x = a + 1, above by a continued fraction. Source: Abramowitz and Stegun, 6.5.29 and 6.5.31. */
function upperGamma(a: number, x: number): number {
  if (x < a + 1) return 1 - lowerGamma(a, x);
  const front = gammaFront(a, x);
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / notZero(numerator * d + b);
    c = notZero(b + numerator / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= EPSILON) break;
  }
  return front * fraction;
}

/** P(a, x) = 1 − Q(a, x) by its series, for x below a + 1. */
function lowerGamma(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * EPSILON; n++) sum += term *= x / (a + n);
  return gammaFront(a, x) * sum;
}

/** xᵃe⁻ˣ/Γ(a); for large a by Stirling's formula, in which the large terms have cancelled already. */
function gammaFront(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - logGamma(a));
  const t = (x - a) / a;
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * (Math.log1p(t) - t) - stirlingRest(a));
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
