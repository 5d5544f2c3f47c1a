import type { BoostingLoss } from '../kernels/gradient-arrays.ts';
import { quantileOf } from './quantile-of.ts';

/** A loss as boosting uses it; losses are of raw predictions, on the link's scale. */
export interface Loss {
  /** What the kernels know it by; 'softmax' is the log loss of more than two classes. */
  kind: BoostingLoss | 'softmax';
  /** The quantile, or Huber's δ. */
  parameter: number;
  /** Raw predictions of a row: the number of classes for 'softmax', else 1. */
  outputs: number;
  /** The best constant raw predictions. */
  baseline(y: Float64Array, weights: Float64Array | undefined): Float64Array;
  /** The loss of row i; `raw(c)` is its raw prediction of output c. */
  at(y: number, raw: (output: number) => number): number;
  /** From raw to predicted: the inverse link, for losses of one output. */
  predicted(raw: number): number;
  /** The best constant for a leaf's residuals, where a Newton step is none; null where it is. */
  leafValue: ((residuals: Float64Array, weights: Float64Array | undefined) => number) | null;
}

/** Smallest and largest shares that a link is taken of, as in scikit-learn. */
const TINY = 10 * Number.EPSILON;
const identity = (raw: number): number => raw;
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Σwy / Σw. */
function mean(y: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i] : 1;
    sum += w * y[i];
    total += w;
  }
  return sum / total;
}

/** ln(1 + eˣ) without overflow. */
const softplus = (x: number): number => (x > 18 ? x + Math.exp(-x) : Math.log1p(Math.exp(x)));

/** The log loss of two classes, y = 1 for the second. */
export function logLoss(): Loss {
  return {
    kind: 'logLoss',
    parameter: 0,
    outputs: 1,
    baseline: (y, weights) => {
      const share = clip(mean(y, weights), TINY, 1 - TINY);
      return Float64Array.of(Math.log(share / (1 - share)));
    },
    at: (y, raw) => softplus(raw(0)) - y * raw(0),
    predicted: (raw) => 1 / (1 + Math.exp(-raw)),
    leafValue: null,
  };
}

/** The log loss of k classes, y the number of the class. */
export function softmaxLoss(k: number): Loss {
  return {
    kind: 'softmax',
    parameter: 0,
    outputs: k,
    baseline: (y, weights) => {
      const logs = Float64Array.from({ length: k }, (_, c) => {
        const isClass = Float64Array.from(y, (label) => (label === c ? 1 : 0));
        return Math.log(clip(mean(isClass, weights), Number.EPSILON, 1 - Number.EPSILON));
      });
      const middle = logs.reduce((sum, log) => sum + log, 0) / k;
      return logs.map((log) => log - middle);
    },
    at: (y, raw) => {
      let top = -Infinity;
      for (let c = 0; c < k; c++) top = Math.max(top, raw(c));
      let sum = 0;
      for (let c = 0; c < k; c++) sum += Math.exp(raw(c) - top);
      return Math.log(sum) + top - raw(y);
    },
    predicted: identity,
    leafValue: null,
  };
}

/** ½(y − r)². */
export function squaredError(): Loss {
  return {
    kind: 'squaredError',
    parameter: 0,
    outputs: 1,
    baseline: (y, weights) => Float64Array.of(mean(y, weights)),
    at: (y, raw) => (raw(0) - y) ** 2 / 2,
    predicted: identity,
    leafValue: null,
  };
}

/** |y − r|. */
export function absoluteError(): Loss {
  return {
    kind: 'absoluteError',
    parameter: 0,
    outputs: 1,
    baseline: (y, weights) => Float64Array.of(quantileOf(y, weights, 0.5)),
    at: (y, raw) => Math.abs(raw(0) - y),
    predicted: identity,
    leafValue: (residuals, weights) => quantileOf(residuals, weights, 0.5),
  };
}

/** q·(y − r) where y ≥ r, else (1 − q)·(r − y): minimised by the quantile q. */
export function pinballLoss(quantile: number): Loss {
  return {
    kind: 'quantile',
    parameter: quantile,
    outputs: 1,
    baseline: (y, weights) => Float64Array.of(quantileOf(y, weights, quantile)),
    at: (y, raw) => (y >= raw(0) ? quantile * (y - raw(0)) : (1 - quantile) * (raw(0) - y)),
    predicted: identity,
    leafValue: (residuals, weights) => quantileOf(residuals, weights, quantile),
  };
}

/** ½(y − r)² for errors up to δ, else δ(|y − r| − δ/2). */
export function huberLoss(delta: number): Loss {
  const centre = (y: Float64Array, weights: Float64Array | undefined): number => {
    const median = quantileOf(y, weights, 0.5);
    return median + mean(y.map((value) => clip(value - median, -delta, delta)), weights);
  };
  return {
    kind: 'huber',
    parameter: delta,
    outputs: 1,
    baseline: (y, weights) => Float64Array.of(centre(y, weights)),
    at: (y, raw) => {
      const error = Math.abs(y - raw(0));
      return error <= delta ? error ** 2 / 2 : delta * (error - delta / 2);
    },
    predicted: identity,
    leafValue: centre,
  };
}

/** Half the Poisson deviance, eʳ − y·r up to a constant. */
export function poissonLoss(): Loss {
  return {
    kind: 'poisson',
    parameter: 0,
    outputs: 1,
    baseline: (y, weights) => Float64Array.of(Math.log(Math.max(mean(y, weights), TINY))),
    at: (y, raw) => Math.exp(raw(0)) - y * raw(0),
    predicted: Math.exp,
    leafValue: null,
  };
}

/** Half the gamma deviance, r + y·e⁻ʳ up to a constant. */
export function gammaLoss(): Loss {
  return { ...poissonLoss(), kind: 'gamma', at: (y, raw) => raw(0) + y * Math.exp(-raw(0)) };
}
