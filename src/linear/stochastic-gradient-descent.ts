import { DataError } from '../core/errors.ts';
import { Xorshift } from '../core/xorshift.ts';
import type { Arena } from '../kernels/arena.ts';
import type { MatrixArrays } from '../kernels/matrix-arrays.ts';
import { SGD_STATE, type SgdArrays, type SgdLoss } from '../kernels/sgd-arrays.ts';
import { settleSgd, sgdEpoch } from '../kernels/sgd-epoch.ts';
import type { SgdSettings } from './sgd-options.ts';

/** What SGD goes on from: plain and averaged coefficients of one output. */
export interface SgdState {
  coef: Float64Array;
  intercept: number;
  /** Null without averaging. */
  averageCoef: Float64Array | null;
  averageIntercept: number;
}

export interface SgdRun {
  state: SgdState;
  /** Passes over the rows. */
  epochs: number;
  /** Whether it stopped by itself. */
  converged: boolean;
}

export interface SgdTask {
  /** Where kernels reach it. */
  X: MatrixArrays;
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

/** Sparse rows touch few coefficients but always the intercept, so it is moved by less. */
const SPARSE_INTERCEPT_DECAY = 0.01;

/**
 * Stochastic gradient descent over rows, one at a time, from `state` on; steps, order of rows, truncated l1
 * penalty, averaging and stopping are scikit-learn's.
 *
 * @throws DataError when numbers overflow
 * Counterpart: sklearn.linear_model._sgd_fast._plain_sgd.
 * Source: Bottou, "Stochastic gradient descent tricks", 2012; Tsuruoka, Tsujii and Ananiadou, "Stochastic gradient descent
 * training for l1-regularized log-linear models with cumulative penalty", ACL 2009; Xu, "Towards optimal one pass large scale
 * learning with averaged stochastic gradient descent", 2011, for the average.
 */
export function stochasticGradientDescent(owner: string, arena: Arena, state: SgdState, task: SgdTask, settings: SgdSettings): SgdRun {
  const { seed, maxEpochs } = task;
  const { tol, shuffle, nIterNoChange, learningRate } = settings;
  const arrays = layOut(arena, state, task, settings);
  const { order, w } = arrays;
  const { rows } = task.X;
  const rates = new Rates(task, settings);
  let { t } = task;
  let best = Infinity;
  let without = 0;
  let epochs = 0;
  let converged = false;
  while (epochs < maxEpochs && !converged) {
    if (shuffle) shuffleRows(order, seed);
    rates.fill(arrays.rates, t);
    sgdEpoch(t, arrays);
    t += rows;
    epochs++;
    if (!Number.isFinite(arrays.state[SGD_STATE.intercept]) || !w.every(Number.isFinite)) {
      throw new DataError(`${owner}: coefficients must stay finite, but overflowed in epoch ${epochs}. Scale X first, or lower eta0.`);
    }
    const mean = arrays.state[SGD_STATE.objective] / rows;
    without = tol !== null && mean > best - tol ? without + 1 : 0;
    best = Math.min(best, mean);
    if (without < nIterNoChange) continue;
    converged = learningRate !== 'adaptive' || rates.constant <= 1e-6;
    if (converged) break;
    rates.constant /= 5;
    without = 0;
  }
  settleSgd(arrays);
  const learned: SgdState = {
    coef: Float64Array.from(w),
    intercept: arrays.state[SGD_STATE.intercept],
    averageCoef: arrays.average ? Float64Array.from(arrays.average) : state.averageCoef,
    averageIntercept: arrays.state[SGD_STATE.averageIntercept],
  };
  // Reaching maxEpochs is the plan where there is no tolerance.
  return { state: learned, epochs, converged: converged || tol === null };
}

/** What an epoch works on, where kernels reach it. */
function layOut(arena: Arena, { coef, intercept, averageCoef, averageIntercept }: SgdState, task: SgdTask, settings: SgdSettings): SgdArrays {
  const { X, y, sampleWeight, loss, positiveWeight, negativeWeight } = task;
  const { penalty, alpha, fitIntercept } = settings;
  const averageFrom = Number(settings.average);
  const factors = arena.unsetFloat64(X.rows);
  const order = arena.unsetInt32(X.rows);
  for (let i = 0; i < X.rows; i++) {
    factors[i] = (y[i] > 0 ? positiveWeight : negativeWeight) * (sampleWeight ? sampleWeight[i] : 1);
    order[i] = i;
  }
  const state = arena.float64(SGD_STATE.length);
  state[SGD_STATE.intercept] = intercept;
  state[SGD_STATE.averageIntercept] = averageIntercept;
  state[SGD_STATE.scale] = 1;
  state[SGD_STATE.b] = 1;
  for (const value of coef) {
    state[SGD_STATE.squareNorm] += value * value;
    state[SGD_STATE.l1Norm] += Math.abs(value);
  }
  return {
    X,
    y: arena.heldFloat64(y),
    factors,
    loss,
    penalty: penalty === null ? null : { alpha, l1Ratio: penalty === 'l1' ? 1 : penalty === 'l2' ? 0 : settings.l1Ratio, shrinks: penalty !== 'l1' },
    decay: !fitIntercept ? 0 : X.kind === 'csr' ? SPARSE_INTERCEPT_DECAY : 1,
    averageFrom,
    order,
    rates: arena.unsetFloat64(X.rows),
    w: arena.copyFloat64(coef),
    average: averageFrom > 0 && averageCoef ? arena.copyFloat64(averageCoef) : null,
    paid: penalty === 'l1' || penalty === 'elasticnet' ? arena.float64(X.cols) : null,
    state,
  };
}

/** The sizes of steps. */
class Rates {
  /** What 'constant' and 'adaptive' go by. */
  constant: number;
  readonly #settings: SgdSettings;
  /** What 'optimal' adds to the number of steps. */
  readonly #offset: number;

  constructor({ loss }: SgdTask, settings: SgdSettings) {
    this.#settings = settings;
    this.constant = settings.eta0;
    const typical = Math.sqrt(1 / Math.sqrt(settings.alpha));
    this.#offset = 1 / ((typical / Math.max(1, loss.slope(1, -typical))) * settings.alpha);
  }

  /** Rates of the steps from t on. */
  fill(rates: Float64Array, t: number): void {
    const { learningRate, alpha, eta0, powerT } = this.#settings;
    if (learningRate === 'optimal') {
      const offset = this.#offset;
      for (let k = 0; k < rates.length; k++) rates[k] = 1 / (alpha * (offset + (t + k) - 1));
    } else if (learningRate !== 'invscaling') rates.fill(this.constant);
    // Two roots are as near to the power as `**` is, and take a tenth of the time.
    else if (powerT === 0.25) for (let k = 0; k < rates.length; k++) rates[k] = eta0 / Math.sqrt(Math.sqrt(t + k));
    else for (let k = 0; k < rates.length; k++) rates[k] = eta0 / (t + k) ** powerT;
  }
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
