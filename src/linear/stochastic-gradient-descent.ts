import { DataError } from '../core/errors.ts';
import { Xorshift } from '../core/xorshift.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { SgdLoss } from './sgd-loss.ts';
import type { SgdSettings } from './sgd-options.ts';
import { SgdWeights } from './sgd-weights.ts';

/** What SGD goes on from: plain and averaged coefficients of one output. */
export interface SgdState {
  coef: Float64Array;
  intercept: number;
  /** Null without averaging. */
  averageCoef: Float64Array | null;
  averageIntercept: number;
}

export interface SgdRun {
  /** Passes over the rows. */
  epochs: number;
  /** Whether it stopped by itself. */
  converged: boolean;
}

export interface SgdTask {
  X: Matrix;
  y: Float64Array;
  sampleWeight: Float64Array | undefined;
  loss: SgdLoss;
  /** Weight of rows with y above 0, and of the others. */
  positiveWeight: number;
  negativeWeight: number;
  /** Seed of the order of rows. */
  seed: number;
  /** Rows seen before, plus 1: where the learning rate stands. */
  t: number;
  maxEpochs: number;
}

const LARGEST_SLOPE = 1e12;
/** Sparse rows touch few coefficients but always the intercept, so it is moved by less. */
const SPARSE_INTERCEPT_DECAY = 0.01;

/**
 * Stochastic gradient descent over rows, one at a time, from `state` and in place; steps, order of rows, truncated l1
 * penalty, averaging and stopping are scikit-learn's.
 *
 * @throws DataError when numbers overflow
 * Counterpart: sklearn.linear_model._sgd_fast._plain_sgd.
 * Source: Bottou, "Stochastic gradient descent tricks", 2012; Tsuruoka, Tsujii and Ananiadou, "Stochastic gradient descent
 * training for l1-regularized log-linear models with cumulative penalty", ACL 2009.
 */
export function stochasticGradientDescent(owner: string, state: SgdState, task: SgdTask, settings: SgdSettings): SgdRun {
  const { X, y, sampleWeight, loss, positiveWeight, negativeWeight, seed, maxEpochs } = task;
  const { penalty, alpha, fitIntercept, tol, shuffle, learningRate, eta0, powerT, nIterNoChange } = settings;
  const l1Ratio = penalty === 'l1' ? 1 : penalty === 'elasticnet' ? settings.l1Ratio : 0;
  const averageFrom = Number(settings.average);
  const rows = X.rows;
  const weights = new SgdWeights(X, state.coef, state.averageCoef);
  const paid = penalty === 'l1' || penalty === 'elasticnet' ? new Float64Array(X.cols) : null;
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const decay = X.kind === 'csr' ? SPARSE_INTERCEPT_DECAY : 1;
  let { t } = task;
  let owed = 0;
  let eta = eta0;
  let offset = 0;
  if (learningRate === 'optimal') {
    const typical = Math.sqrt(1 / Math.sqrt(alpha));
    offset = 1 / ((typical / Math.max(1, loss.slope(1, -typical))) * alpha);
  }
  let best = Infinity;
  let without = 0;
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    let objective = 0;
    if (shuffle) shuffleRows(order, seed);
    for (let k = 0; k < rows; k++) {
      const i = order[k];
      const p = weights.dot(i) + state.intercept;
      if (learningRate === 'optimal') eta = 1 / (alpha * (offset + t - 1));
      else if (learningRate === 'invscaling') eta = eta0 / t ** powerT;
      objective += loss.loss(y[i], p);
      if (penalty !== null) objective += alpha * ((1 - l1Ratio) * 0.5 * Math.sqrt(weights.squareNorm) ** 2 + l1Ratio * weights.l1Norm);

      const slope = Math.max(-LARGEST_SLOPE, Math.min(LARGEST_SLOPE, loss.slope(y[i], p)));
      const update = -eta * slope * ((y[i] > 0 ? positiveWeight : negativeWeight) * (sampleWeight ? sampleWeight[i] : 1));
      // Steps too large for the penalty would turn all signs: they end at 0 instead.
      if (penalty === 'l2' || penalty === 'elasticnet') weights.shrink(Math.max(0, 1 - (1 - l1Ratio) * eta * alpha));
      if (update !== 0) {
        weights.add(i, update);
        if (fitIntercept) state.intercept += update * decay;
      }
      if (averageFrom > 0 && averageFrom <= t) {
        weights.addToAverage(i, update, t - averageFrom + 1);
        state.averageIntercept += (state.intercept - state.averageIntercept) / (t - averageFrom + 1);
      }
      if (paid) {
        owed += l1Ratio * eta * alpha;
        weights.truncate(i, owed, paid);
      }
      t++;
    }
    if (!Number.isFinite(state.intercept) || !state.coef.every(Number.isFinite)) {
      throw new DataError(`${owner}: coefficients must stay finite, but overflowed in epoch ${epoch}. Scale X first, or lower eta0.`);
    }
    const mean = objective / rows;
    without = tol !== null && mean > best - tol ? without + 1 : 0;
    best = Math.min(best, mean);
    if (without < nIterNoChange) continue;
    if (learningRate !== 'adaptive' || eta <= 1e-6) {
      weights.settle();
      return { epochs: epoch, converged: true };
    }
    eta /= 5;
    without = 0;
  }
  weights.settle();
  // Reaching maxEpochs is the plan where there is no tolerance.
  return { epochs: maxEpochs, converged: tol === null };
}

/** Fisher–Yates from the front, with the same numbers in every epoch; the order it works on is that of the epoch before. */
function shuffleRows(order: Int32Array, seed: number): void {
  const random = new Xorshift(seed);
  for (let i = 0; i < order.length - 1; i++) {
    const j = i + random.below(order.length - i);
    const moved = order[i];
    order[i] = order[j];
    order[j] = moved;
  }
}
