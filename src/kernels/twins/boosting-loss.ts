import { BOOSTING_LOSSES, type BoostingLoss, type GradientArrays, type Odds } from '../gradient-arrays.ts';
import { exp } from './elementary.ts';

/** [gradient, hessian] of a loss at one row, by the raw prediction. */
const formulas: Record<BoostingLoss, (y: number, raw: number, parameter: number) => readonly [number, number]> = {
  logLoss: (y, raw) => {
    if (raw <= -37) return [exp(raw) - y, exp(raw)];
    const e = exp(-raw);
    return [(1 - y - y * e) / (1 + e), e / ((1 + e) * (1 + e))];
  },
  squaredError: (y, raw) => [raw - y, 1],
  absoluteError: (y, raw) => [raw > y ? 1 : -1, 1],
  quantile: (y, raw, quantile) => [y >= raw ? -quantile : 1 - quantile, 1],
  huber: (y, raw, delta) => {
    const r = raw - y;
    if (Math.abs(r) <= delta) return [r, 1];
    return [r >= 0 ? delta : -delta, 0];
  },
  poisson: (y, raw) => [exp(raw) - y, exp(raw)],
  gamma: (y, raw) => [1 - y * exp(-raw), y * exp(-raw)],
};

export function lossDerivatives(
  loss: BoostingLoss,
  parameter: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  { derivatives, largest }: GradientArrays,
): void {
  const derive = formulas[BOOSTING_LOSSES[BOOSTING_LOSSES.indexOf(loss)]];
  largest.fill(0);
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    const [g, h] = derive(y[i], raw[i], parameter);
    derivatives[2 * i] = g * w;
    derivatives[2 * i + 1] = h * w;
    largest[0] = Math.max(largest[0], Math.abs(derivatives[2 * i]));
    largest[1] = Math.max(largest[1], derivatives[2 * i + 1]);
  }
}

export function oddsDerivatives(y: Float64Array, weights: Float64Array | undefined, { odds, leaves, factors }: Odds, { derivatives, largest }: GradientArrays): void {
  largest.fill(0);
  for (let i = 0; i < y.length; i++) {
    const e = Math.min(2 ** 900, Math.max(2 ** -900, odds[i] * factors[leaves[i]]));
    const p = 1 / (1 + e);
    const q = e * p;
    const w = weights ? weights[i] : 1;
    odds[i] = e;
    derivatives[2 * i] = ((1 - y[i]) * p - y[i] * q) * w;
    derivatives[2 * i + 1] = p * q * w;
    largest[0] = Math.max(largest[0], Math.abs(derivatives[2 * i]));
    largest[1] = Math.max(largest[1], derivatives[2 * i + 1]);
  }
}

export function softmaxDerivatives(
  k: number,
  height: number,
  y: Float64Array,
  weights: Float64Array | undefined,
  raw: Float64Array,
  { derivatives, largest }: GradientArrays,
): void {
  const probabilities = new Float64Array(k);
  largest.fill(0);
  for (let i = 0; i < y.length; i++) {
    let top = -Infinity;
    for (let c = 0; c < k; c++) top = Math.max(top, raw[c * height + i]);
    let sum = 0;
    for (let c = 0; c < k; c++) sum += probabilities[c] = exp(raw[c * height + i] - top);
    const w = weights ? weights[i] : 1;
    for (let c = 0; c < k; c++) {
      const p = probabilities[c] / sum;
      const at = 2 * (c * height + i);
      derivatives[at] = (c === y[i] ? p - 1 : p) * w;
      derivatives[at + 1] = p * (1 - p) * w;
      largest[2 * c] = Math.max(largest[2 * c], Math.abs(derivatives[at]));
      largest[2 * c + 1] = Math.max(largest[2 * c + 1], derivatives[at + 1]);
    }
  }
}
