import { minimiseBetween, minimiseFrom } from './minimise.ts';

/** Double precision's relative spacing, largest and smallest normal number. */
const { EPSILON, MAX_VALUE } = Number;
const TINY = 2.2250738585072014e-308;

/** Box–Cox: (x^λ − 1)/λ, or ln x for λ = 0; x > 0. Counterpart: scipy.special.boxcox. */
export function boxCox(x: number, lambda: number): number {
  if (Math.abs(lambda) < 1e-19) return Math.log(x);
  return Math.expm1(lambda * Math.log(x)) / lambda;
}

/** x from boxCox(x). Counterpart: scipy.special.inv_boxcox. */
export function inverseBoxCox(y: number, lambda: number): number {
  if (lambda === 0) return Math.exp(y);
  return Math.exp(Math.log1p(lambda * y) / lambda);
}

/**
 * Yeo–Johnson: Box–Cox of x + 1 with λ for x ≥ 0, and minus that of 1 − x with 2 − λ below.
 * Counterpart: scipy.stats.yeojohnson.
 */
export function yeoJohnson(x: number, lambda: number): number {
  return powerOfLog(x, Math.log1p(Math.abs(x)), lambda);
}

/** yeoJohnson(x, λ) by the sign of x and ln(1 + |x|). */
function powerOfLog(x: number, log: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < EPSILON ? log : Math.expm1(lambda * log) / lambda;
  if (Math.abs(lambda - 2) > EPSILON) return -Math.expm1((2 - lambda) * log) / (2 - lambda);
  // NaN comes this way too, and stays NaN.
  return -log;
}

/** x from yeoJohnson(x); NaN where y lies beyond what the function can return. */
export function inverseYeoJohnson(y: number, lambda: number): number {
  if (y >= 0) return Math.abs(lambda) < EPSILON ? Math.exp(y) - 1 : Math.pow(y * lambda + 1, 1 / lambda) - 1;
  if (Math.abs(lambda - 2) > EPSILON) return 1 - Math.pow(-(2 - lambda) * y + 1, 1 / (2 - lambda));
  return 1 - Math.exp(-y);
}

/**
 * λ that makes positive values most likely under a normal distribution.
 * Counterpart: scipy.stats.boxcox_normmax(method="mle"), from −2 and 2.
 */
export function boxCoxLambda(x: Float64Array): number {
  const logs = x.map(Math.log);
  const sum = logs.reduce((a, b) => a + b, 0);
  return minimiseFrom((lambda) => -((lambda - 1) * sum - (x.length / 2) * boxCoxLogVariance(logs, lambda)), -2, 2);
}

/** λ that makes values most likely under a normal distribution. Counterpart: scipy.stats.yeojohnson_normmax. */
export function yeoJohnsonLambda(x: Float64Array): number {
  let most = 0;
  let jacobian = 0;
  let negative = 0;
  // ln(1 + |x|), of which every power is made.
  const logs = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    logs[i] = Math.log1p(Math.abs(x[i]));
    most = Math.max(most, Math.abs(x[i]));
    jacobian += Math.sign(x[i]) * logs[i];
    if (x[i] < 0) negative++;
  }
  if (most === 0) return 1;
  // λ for which values up to 20 times the largest one, and their variance, neither overflow nor underflow.
  const reach = Math.log1p(20 * most);
  let low = (Math.log(TINY) - Math.log(EPSILON)) / 2 / reach;
  let high = (Math.log(MAX_VALUE) + Math.log(EPSILON)) / 2 / reach;
  if (negative === x.length) [low, high] = [2 - high, 2 - low];
  else if (negative > 0) [low, high] = [Math.max(2 - high, low), Math.min(2 - low, high)];
  const transformed = new Float64Array(x.length);
  return minimiseBetween(
    (lambda) => {
      for (let i = 0; i < x.length; i++) transformed[i] = powerOfLog(x[i], logs[i], lambda);
      const spread = variance(transformed);
      // A variance lost to rounding is no sign of a good fit.
      return spread < TINY ? Infinity : (x.length / 2) * Math.log(spread) - (lambda - 1) * jacobian;
    },
    low,
    high,
  );
}

/** ln of the variance of boxCox(x), from ln x; in logarithms where powers would overflow. */
function boxCoxLogVariance(logs: Float64Array, lambda: number): number {
  if (lambda === 0) return Math.log(variance(logs));
  const most = logs.reduce((a, b) => Math.max(a, lambda * b), -Infinity);
  return Math.log(variance(logs.map((log) => Math.expm1(lambda * log - most)))) + 2 * most - 2 * Math.log(Math.abs(lambda));
}

function variance(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return squares / values.length;
}
