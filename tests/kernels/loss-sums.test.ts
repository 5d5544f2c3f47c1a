import { BOOSTING_LOSSES, ROWS_OF_SUM, type ScoredLoss } from '../../src/kernels/gradient-arrays.ts';
import { lossSums } from '../../src/kernels/loss-sums.ts';
import { numbers, onBoth } from './both.ts';

const softplus = (x: number): number => (x > 30 ? x + Math.exp(-x) : Math.log1p(Math.exp(x)));
const formulas: Record<(typeof BOOSTING_LOSSES)[number], (y: number, raw: number) => number> = {
  logLoss: (y, raw) => softplus(raw) - y * raw,
  squaredError: (y, raw) => (y - raw) ** 2 / 2,
  absoluteError: (y, raw) => Math.abs(y - raw),
  quantile: (y, raw) => Math.max(0.3 * (y - raw), 0.7 * (raw - y)),
  huber: (y, raw) => (Math.abs(y - raw) <= 0.3 ? (y - raw) ** 2 / 2 : 0.3 * (Math.abs(y - raw) - 0.15)),
  poisson: (y, raw) => Math.exp(raw) - y * raw,
  gamma: (y, raw) => raw + y * Math.exp(-raw),
};

/** Sums of both implementations, over parts. */
const sumsOf = (loss: ScoredLoss, y: Float64Array, weights: Float64Array | undefined, raw: Float64Array): Float64Array =>
  onBoth((arena) => {
    const sums = arena.float64(Math.ceil(y.length / ROWS_OF_SUM));
    lossSums(loss, arena.copyFloat64(y), weights && arena.copyFloat64(weights), arena.copyFloat64(raw), sums);
    return sums.slice();
  });
/** The same of a formula. */
const partsOf = (n: number, lossOf: (i: number) => number): number[] =>
  Array.from({ length: Math.ceil(n / ROWS_OF_SUM) }, (_, part) => {
    let sum = 0;
    for (let i = part * ROWS_OF_SUM; i < Math.min(n, (part + 1) * ROWS_OF_SUM); i++) sum += lossOf(i);
    return sum;
  });
// Thousands of terms of one sign, added up in another order.
const close = { relative: 1e-12, absolute: 1e-13 };

describe.each([0, 1, 2, 5, 4095, 4096, 4097, 9001])('%i rows', (n) => {
  test.each(BOOSTING_LOSSES)('lossSums of %s are sums of the formula, with weights and without', (kind) => {
    const y = numbers(n, 13).map((v) => (kind === 'logLoss' ? Number(v > 0) : Math.abs(v / 1000)));
    // Up to 5, and for the log loss beyond what has an exponential.
    const raw = numbers(n, 17).map((v, i) => (kind === 'logLoss' && i % 7 === 0 ? v / 4 : v / 1000));
    const loss = { kind, parameter: 0.3, outputs: 1, height: n };
    const weights = numbers(n, 19).map(Math.abs);
    expect(sumsOf(loss, y, undefined, raw)).toBeAllClose(partsOf(n, (i) => formulas[kind](y[i], raw[i])), close);
    expect(sumsOf(loss, y, weights, raw)).toBeAllClose(partsOf(n, (i) => weights[i] * formulas[kind](y[i], raw[i])), close);
  });

  test('lossSums of three classes, whose raw predictions lie apart', () => {
    const height = n + 3;
    const y = numbers(n, 13).map((v) => Math.floor(Math.abs(v) * 1000) % 3);
    const raw = numbers(3 * height, 17).map((v) => v / 20);
    const naive = (i: number): number => {
      const own = [0, 1, 2].map((c) => raw[c * height + i]);
      const top = Math.max(...own);
      return Math.log(own.reduce((sum, r) => sum + Math.exp(r - top), 0)) + top - own[y[i]];
    };
    expect(sumsOf({ kind: 'softmax', parameter: 0, outputs: 3, height }, y, undefined, raw)).toBeAllClose(partsOf(n, naive), close);
  });
});

test('losses of raw predictions far out stay what they are', () => {
  const loss = { kind: 'logLoss', parameter: 0, outputs: 1, height: 1 } as const;
  expect(sumsOf(loss, Float64Array.of(1), undefined, Float64Array.of(-1e5))).toEqual(Float64Array.of(1e5));
  expect(sumsOf(loss, Float64Array.of(1), undefined, Float64Array.of(1e5))).toEqual(Float64Array.of(0));
  expect(sumsOf(loss, Float64Array.of(0), undefined, Float64Array.of(-800))).toEqual(Float64Array.of(0));
});
