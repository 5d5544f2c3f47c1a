import { exponential } from '../core/exponential.ts';
import { logarithm } from '../core/logarithm.ts';
import { weightedMean } from '../metrics/weighted-mean.ts';
import { absoluteError, huberLoss, logLoss, pinballLoss, softmaxLoss, squaredError, type Loss } from './loss.ts';
import { quantileOf } from './quantile-of.ts';

/**
 * A loss as gradient boosting with whole trees uses it: a stage fits a tree to the negative gradient, then gives each leaf
 * the value that lowers the loss of its rows most, or one Newton step towards it.
 *
 * Sums and operations are in scikit-learn's order, so that trees agree with its own also where splits tie.
 */
export interface StageLoss extends Pick<Loss, 'outputs' | 'at'> {
  /** Scores are the mean loss times this; the losses themselves are halved. */
  factor: number;
  /** Raw predictions for probabilities, of the second class or of each, rows × outputs; null where they are predictions of numbers. */
  link: ((shares: Float64Array) => Float64Array) | null;
  /** −∂loss/∂raw of every row, one run of rows per output. */
  negativeGradient(y: Float64Array, raw: Float64Array, out: Float64Array): void;
  /** A leaf's value as scale · Σ w·g / Σ w·curvature, from y (of one class, 1 or 0) and the negative gradient g; null where it is no Newton step. */
  newton: { scale: number; curvature(y: number, g: number): number } | null;
  /** A leaf's value from its residuals y − raw; null where it is not found so. Without either, it is the mean gradient. */
  residualValue: ((residuals: Float64Array, weights: Float64Array) => number) | null;
  /** The loss of the next stage, whose parameter depends on the errors so far; null where nothing does. */
  adapted: ((y: Float64Array, raw: Float64Array, weights: Float64Array | undefined) => StageLoss) | null;
}

const EPSILON = 2 ** -52;
const clipShare = (share: number): number => Math.min(Math.max(share, EPSILON), 1 - EPSILON);

/** ln(p / (1 − p)), about ½ without cancellation. */
function logit(p: number): number {
  if (p < 0.3 || p > 0.65) return logarithm(p / (1 - p));
  const s = 2 * (p - 0.5);
  return Math.log1p(s) - Math.log1p(-s);
}

/** The log loss of two classes, y = 1 for the second; raw predictions are its log odds. */
export function binomialStage(): StageLoss {
  return {
    outputs: 1,
    at: logLoss().at,
    factor: 2,
    link: (shares) => shares.map((p) => logit(clipShare(p))),
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) {
        if (raw[i] > -37) {
          const e = exponential(-raw[i]);
          out[i] = -((1 - y[i] - y[i] * e) / (1 + e));
        } else out[i] = -(exponential(raw[i]) - y[i]);
      }
    },
    newton: { scale: 1, curvature: (y, g) => (y - g) * (1 - (y - g)) },
    residualValue: null,
    adapted: null,
  };
}

/** The log loss of k classes, y the number of the class. */
export function multinomialStage(k: number): StageLoss {
  return {
    outputs: k,
    at: softmaxLoss(k).at,
    factor: 1,
    link: (shares) => {
      const raw = shares.slice();
      for (let at = 0; at < raw.length; at += k) overGeometricMean(raw.subarray(at, at + k));
      return raw;
    },
    negativeGradient: (y, raw, out) => {
      const rows = y.length;
      const row = new Float64Array(k);
      for (let i = 0; i < rows; i++) {
        let top = raw[i * k];
        for (let c = 1; c < k; c++) if (raw[i * k + c] > top) top = raw[i * k + c];
        let sum = 0;
        for (let c = 0; c < k; c++) sum += row[c] = exponential(raw[i * k + c] - top);
        for (let c = 0; c < k; c++) out[c * rows + i] = -(row[c] / sum - (y[i] === c ? 1 : 0));
      }
    },
    newton: { scale: (k - 1) / k, curvature: (y, g) => (y - g) * (1 - (y - g)) },
    residualValue: null,
    adapted: null,
  };
}

/** Shares of one row become logarithms of their ratios to the geometric mean of all. */
function overGeometricMean(shares: Float64Array): void {
  const clipped = shares.map(clipShare);
  const mean = exponential(clipped.reduce((sum, p) => sum + logarithm(p), 0) / shares.length);
  clipped.forEach((p, c) => (shares[c] = logarithm(p / mean)));
}

/** exp(−(2y − 1)·r), AdaBoost's loss, of two classes; raw predictions are half the log odds of the second. */
export function exponentialStage(): StageLoss {
  return {
    outputs: 1,
    at: (y, raw) => (y === 1 ? 1 / exponential(raw(0)) : exponential(raw(0))),
    factor: 1,
    link: (shares) => shares.map((p) => 0.5 * logit(clipShare(p))),
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) out[i] = y[i] === 1 ? 1 / exponential(raw[i]) : -exponential(raw[i]);
    },
    newton: { scale: 1, curvature: (y, g) => (y === 0 ? -g : g) },
    residualValue: null,
    adapted: null,
  };
}

/** ½(y − r)². */
export function squaredStage(): StageLoss {
  return {
    outputs: 1,
    at: squaredError().at,
    factor: 2,
    link: null,
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) out[i] = y[i] - raw[i];
    },
    newton: null,
    residualValue: null,
    adapted: null,
  };
}

/** |y − r|. */
export function absoluteStage(): StageLoss {
  return {
    outputs: 1,
    at: absoluteError().at,
    factor: 1,
    link: null,
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) out[i] = raw[i] > y[i] ? -1 : 1;
    },
    newton: null,
    residualValue: (residuals, weights) => quantileOf(residuals, weights, 0.5),
    adapted: null,
  };
}

/** The pinball loss, minimised by the quantile alpha. */
export function quantileStage(alpha: number): StageLoss {
  return {
    outputs: 1,
    at: pinballLoss(alpha).at,
    factor: 1,
    link: null,
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) out[i] = y[i] >= raw[i] ? alpha : -(1 - alpha);
    },
    newton: null,
    residualValue: (residuals, weights) => quantileOf(residuals, weights, alpha),
    adapted: null,
  };
}

/**
 * ½(y − r)² for errors up to δ, else δ(|y − r| − δ/2), where each stage's δ is the quantile alpha of the errors so far.
 * @param delta before the first stage, ½
 */
export function huberStage(alpha: number, delta = 0.5): StageLoss {
  return {
    outputs: 1,
    at: huberLoss(delta).at,
    factor: 1,
    link: null,
    negativeGradient: (y, raw, out) => {
      for (let i = 0; i < y.length; i++) out[i] = -Math.min(Math.max(raw[i] - y[i], -delta), delta);
    },
    newton: null,
    residualValue: (residuals, weights) => {
      const median = quantileOf(residuals, weights, 0.5);
      return median + weightedMean(residuals.map((value) => Math.min(Math.max(value - median, -delta), delta)), weights);
    },
    adapted: (y, raw, weights) => {
      const errors = y.map((value, i) => Math.abs(value - raw[i]));
      return huberStage(alpha, quantileOf(errors, weights ?? new Float64Array(y.length).fill(1), alpha));
    },
  };
}
