import type { SgdLoss } from '../kernels/sgd-arrays.ts';
import { exp, log1pOfShare } from '../kernels/twins/elementary.ts';

export type SgdRegressionLoss = 'squaredError' | 'huber' | 'epsilonInsensitive' | 'squaredEpsilonInsensitive';
export type SgdClassificationLoss = 'hinge' | 'squaredHinge' | 'perceptron' | 'logLoss' | 'modifiedHuber' | SgdRegressionLoss;

/** Loss and slope of classifiers' rows take y as −1 and 1, of log loss as 0 and 1. */
type Functions = Pick<SgdLoss, 'loss' | 'slope'>;

/** In the order of their codes. */
const NAMES: readonly SgdClassificationLoss[] = [
  'hinge',
  'perceptron',
  'squaredHinge',
  'modifiedHuber',
  'logLoss',
  'squaredError',
  'huber',
  'epsilonInsensitive',
  'squaredEpsilonInsensitive',
];

const hinge = (threshold: number): Functions => ({
  loss: (y, p) => (p * y <= threshold ? threshold - p * y : 0),
  slope: (y, p) => (p * y <= threshold ? -y : 0),
});

/** ln(1 + eᵖ), without losing digits of a large p or a small result. */
const softplus = (p: number): number => (p >= 0 ? p + log1pOfShare(exp(-p)) : log1pOfShare(1 / exp(-p)));

/**
 * The losses that SGD can minimise.
 * @param epsilon half width of what counts as no error, or where Huber's loss turns from square to line
 * Source: the table in scikit-learn's user guide §1.5.1; Zhang, "Solving large scale linear prediction problems using
 * stochastic gradient descent algorithms", ICML 2004, for modifiedHuber.
 */
export function sgdLoss(name: SgdClassificationLoss, epsilon: number): SgdLoss {
  return { code: NAMES.indexOf(name), epsilon, ...functionsOf(name, epsilon) };
}

/** The same, operation for operation, as in kernels/assembly/sgd-epoch.ts. */
function functionsOf(name: SgdClassificationLoss, epsilon: number): Functions {
  switch (name) {
    case 'hinge':
      return hinge(1);
    case 'perceptron':
      return hinge(0);
    case 'squaredHinge':
      return {
        loss: (y, p) => Math.max(0, 1 - p * y) ** 2,
        slope: (y, p) => (1 - p * y > 0 ? -2 * y * (1 - p * y) : 0),
      };
    case 'modifiedHuber':
      return {
        loss: (y, p) => (p * y >= 1 ? 0 : p * y >= -1 ? (1 - p * y) * (1 - p * y) : -4 * p * y),
        slope: (y, p) => (p * y >= 1 ? 0 : p * y >= -1 ? 2 * (1 - p * y) * -y : -4 * y),
      };
    case 'logLoss':
      return {
        loss: (y, p) => softplus(p) - y * p,
        slope: (y, p) => {
          if (p <= -37) return exp(p) - y;
          const e = exp(-p);
          return (1 - y - y * e) / (1 + e);
        },
      };
    case 'squaredError':
      return { loss: (y, p) => 0.5 * (p - y) * (p - y), slope: (y, p) => p - y };
    case 'huber':
      return {
        loss: (y, p) => (Math.abs(y - p) <= epsilon ? 0.5 * (y - p) ** 2 : epsilon * (Math.abs(y - p) - 0.5 * epsilon)),
        slope: (y, p) => Math.max(-epsilon, Math.min(epsilon, p - y)),
      };
    case 'epsilonInsensitive':
      return {
        loss: (y, p) => Math.max(0, Math.abs(y - p) - epsilon),
        slope: (y, p) => (y - p > epsilon ? -1 : p - y > epsilon ? 1 : 0),
      };
    case 'squaredEpsilonInsensitive':
      return {
        loss: (y, p) => Math.max(0, Math.abs(y - p) - epsilon) ** 2,
        slope: (y, p) => (y - p > epsilon ? -2 * (y - p - epsilon) : y - p < -epsilon ? 2 * (p - y - epsilon) : 0),
      };
  }
}
