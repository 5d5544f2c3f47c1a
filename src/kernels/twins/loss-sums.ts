import { type BoostingLoss, ROWS_OF_SUM, type ScoredLoss } from '../gradient-arrays.ts';
import { exp, log, log1pOfShare } from './elementary.ts';

/** A loss at one row, by the raw prediction. */
const formulas: Record<BoostingLoss, (y: number, raw: number, parameter: number) => number> = {
  // ln(1 + eʳ) − y·r, without overflow.
  logLoss: (y, raw) => log1pOfShare(exp(-Math.abs(raw))) + (raw > 0 ? 1 - y : y) * Math.abs(raw),
  squaredError: (y, raw) => ((raw - y) * (raw - y)) / 2,
  absoluteError: (y, raw) => Math.abs(raw - y),
  quantile: (y, raw, quantile) => (y >= raw ? quantile * (y - raw) : (1 - quantile) * (raw - y)),
  huber: (y, raw, delta) => {
    const error = Math.abs(y - raw);
    return error <= delta ? (error * error) / 2 : delta * (error - delta / 2);
  },
  poisson: (y, raw) => exp(raw) - y * raw,
  gamma: (y, raw) => raw + y * exp(-raw),
};

/** The log loss of k classes: ln Σ eʳ less the raw prediction of the row's own class. */
function softmaxAt(k: number, height: number, i: number, y: number, raw: Float64Array): number {
  let top = -Infinity;
  for (let c = 0; c < k; c++) top = Math.max(top, raw[c * height + i]);
  let sum = 0;
  for (let c = 0; c < k; c++) sum += exp(raw[c * height + i] - top);
  return log(sum) + top - raw[y * height + i];
}

export function lossSums({ kind, parameter, outputs, height }: ScoredLoss, y: Float64Array, weights: Float64Array | undefined, raw: Float64Array, sums: Float64Array): void {
  const lossAt = (i: number): number => (kind === 'softmax' ? softmaxAt(outputs, height, i, y[i], raw) : formulas[kind](y[i], raw[i], parameter));
  for (let part = 0; part < sums.length; part++) {
    const start = part * ROWS_OF_SUM;
    const end = Math.min(y.length, start + ROWS_OF_SUM);
    const byPlace = [0, 0];
    for (let i = start; i < end; i++) byPlace[(i - start) % 2] += weights ? lossAt(i) * weights[i] : lossAt(i);
    sums[part] = byPlace[0] + byPlace[1];
  }
}
