import { areModerate, expLanes, log1pOfShareLanes } from './elementary-lanes.ts';
import { exp, log1pOfShare } from './elementary.ts';
import { oneHotRowsTimesVector, oneHotRowsTransposedTimesVector } from './one-hot.ts';
import {
  csrRowsTimesVector,
  csrRowsTimesMatrix,
  csrRowsTransposedTimesMatrix,
  csrRowsTransposedTimesVector,
  denseRowsTimesVector,
  denseRowsTransposedTimesVector,
} from './products.ts';

/** Rows whose entries are still in the cache when they are read a second time, for the gradient. */
const BLOCK = 32;

/**
 * Turns scores in `losses` into losses, and writes the derivative by the score into `pointwise`,
 * both times the row's weight, the derivative over the divisor as well. Twin: ../twins/logistic-loss.ts.
 */
function pointwiseLosses(from: i32, to: i32, y: usize, weights: usize, divisor: f64, losses: usize, pointwise: usize): void {
  let i = from;
  // Two rows at a time where no formula for the ends of the range is needed.
  for (; i + 1 < to; i += 2) {
    const at = (<usize>i) << 3;
    const raw = v128.load(losses + at);
    const size = f64x2.abs(raw);
    if (!areModerate(size)) {
      pointwiseLoss(i, y, weights, divisor, losses, pointwise);
      pointwiseLoss(i + 1, y, weights, divisor, losses, pointwise);
      continue;
    }
    const target = v128.load(y + at);
    const rest = f64x2.sub(f64x2.splat(1), target);
    const isHigh = f64x2.gt(raw, f64x2.splat(0));
    const e = expLanes(f64x2.neg(size));
    let loss = f64x2.add(log1pOfShareLanes(e), f64x2.mul(v128.bitselect(rest, target, isHigh), size));
    const over = v128.bitselect(f64x2.sub(rest, f64x2.mul(target, e)), f64x2.sub(f64x2.mul(rest, e), target), isHigh);
    let slope = f64x2.div(over, f64x2.add(f64x2.splat(1), e));
    if (weights) {
      const weight = v128.load(weights + at);
      loss = f64x2.mul(loss, weight);
      slope = f64x2.mul(slope, weight);
    }
    v128.store(losses + at, loss);
    v128.store(pointwise + at, f64x2.div(slope, f64x2.splat(divisor)));
  }
  if (i < to) pointwiseLoss(i, y, weights, divisor, losses, pointwise);
}

function pointwiseLoss(i: i32, y: usize, weights: usize, divisor: f64, losses: usize, pointwise: usize): void {
  const at = (<usize>i) << 3;
  const raw = load<f64>(losses + at);
  const target = load<f64>(y + at);
  const rest = 1 - target;
  const size = abs<f64>(raw);
  const e = exp(-size);
  let loss = log1pOfShare(e) + (raw > 0 ? rest : target) * size;
  let slope = (raw > 0 ? rest - target * e : rest * e - target) / (1 + e);
  if (weights) {
    const weight = load<f64>(weights + at);
    loss *= weight;
    slope *= weight;
  }
  store<f64>(losses + at, loss);
  store<f64>(pointwise + at, slope / divisor);
}

/** pointwiseLosses of the scores in `losses` plus `bias`. */
export function logisticLossesOfScores(rows: i32, y: usize, weights: usize, divisor: f64, bias: f64, losses: usize, pointwise: usize): void {
  for (let at = losses; at < losses + ((<usize>rows) << 3); at += 8) store<f64>(at, load<f64>(at) + bias);
  pointwiseLosses(0, rows, y, weights, divisor, losses, pointwise);
}

/** Losses and pointwise (one per row) and gradient (one per column, overwritten), in one pass over a CSR matrix. */
export function csrLogisticLossGradient(
  rows: i32,
  cols: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  y: usize,
  weights: usize,
  divisor: f64,
  w: usize,
  bias: f64,
  losses: usize,
  pointwise: usize,
  gradient: usize,
): void {
  memory.fill(gradient, 0, (<usize>cols) << 3);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    csrRowsTimesVector(from, to, indptr, indices, data, w, bias, losses);
    pointwiseLosses(from, to, y, weights, divisor, losses, pointwise);
    csrRowsTransposedTimesVector(from, to, indptr, indices, data, pointwise, gradient);
  }
}

/**
 * csrLogisticLossGradient for several models at once, over rows first … last − 1, each model with weights, a divisor and a bias
 * of its own: to the bit what as many calls give. `weights` (0 for none), `losses` and `pointwise` hold an address per model, `divisors` a number. `w` and
 * `gradient` are cols × k and `bias` is k numbers, where k may be more than the models; `block` has room for BLOCK × k.
 */
export function csrLogisticLossGradients(
  first: i32,
  last: i32,
  cols: i32,
  models: i32,
  k: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  y: usize,
  weights: usize,
  divisors: usize,
  w: usize,
  bias: usize,
  losses: usize,
  pointwise: usize,
  block: usize,
  gradient: usize,
): void {
  const width = (<usize>k) << 3;
  memory.fill(gradient, 0, <usize>cols * width);
  for (let from = first; from < last; from += BLOCK) {
    const to = min(from + BLOCK, last);
    const scores = block - <usize>from * width;
    csrRowsTimesMatrix(from, to, k, indptr, indices, data, w, bias, scores);
    for (let c = 0; c < models; c++) {
      const column = scores + ((<usize>c) << 3);
      const own = load<usize>(losses + ((<usize>c) << 2));
      const slopes = load<usize>(pointwise + ((<usize>c) << 2));
      for (let i = from; i < to; i++) store<f64>(own + ((<usize>i) << 3), load<f64>(column + <usize>i * width));
      pointwiseLosses(from, to, y, load<usize>(weights + ((<usize>c) << 2)), load<f64>(divisors + ((<usize>c) << 3)), own, slopes);
      for (let i = from; i < to; i++) store<f64>(column + <usize>i * width, load<f64>(slopes + ((<usize>i) << 3)));
    }
    csrRowsTransposedTimesMatrix(from, to, k, indptr, indices, data, scores, gradient);
  }
}

/** csrLogisticLossGradient over one-hot rows (see ./one-hot.ts), with the same bits. */
export function oneHotLogisticLossGradient(
  rows: i32,
  cols: i32,
  numbers: i32,
  ones: i32,
  before: i32,
  columns: usize,
  values: usize,
  places: usize,
  y: usize,
  weights: usize,
  divisor: f64,
  w: usize,
  bias: f64,
  losses: usize,
  pointwise: usize,
  gradient: usize,
): void {
  memory.fill(gradient, 0, (<usize>cols) << 3);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    oneHotRowsTimesVector(from, to, numbers, ones, before, columns, values, places, w, bias, losses);
    pointwiseLosses(from, to, y, weights, divisor, losses, pointwise);
    oneHotRowsTransposedTimesVector(from, to, numbers, ones, columns, values, places, pointwise, gradient);
  }
}

/** The same as csrLogisticLossGradient over a dense matrix. */
export function denseLogisticLossGradient(
  rows: i32,
  cols: i32,
  data: usize,
  y: usize,
  weights: usize,
  divisor: f64,
  w: usize,
  bias: f64,
  losses: usize,
  pointwise: usize,
  gradient: usize,
): void {
  memory.fill(gradient, 0, (<usize>cols) << 3);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    denseRowsTimesVector(from, to, cols, data, w, bias, losses);
    pointwiseLosses(from, to, y, weights, divisor, losses, pointwise);
    denseRowsTransposedTimesVector(from, to, cols, data, pointwise, gradient);
  }
}
