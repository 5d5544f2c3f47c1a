import { exp, log1p } from './elementary.ts';
import {
  csrRowsTimesMatrix,
  csrRowsTransposedTimesMatrix,
  denseRowsTimesMatrix,
  denseRowsTransposedTimesMatrix,
} from './products.ts';

/** Rows whose entries are still in the cache when they are read a second time, for the gradient. */
const BLOCK = 32;

/** Turns scores in `pointwise` into derivatives and writes the losses. Twin: ../twins/softmax-loss.ts. */
function pointwiseLosses(from: i32, to: i32, k: i32, y: usize, weights: usize, divisor: f64, losses: usize, pointwise: usize): void {
  const width = (<usize>k) << 3;
  for (let i = from; i < to; i++) {
    const at = (<usize>i) << 3;
    const start = pointwise + <usize>i * width;
    const end = start + width;
    let largest = load<f64>(start);
    for (let p = start + 8; p < end; p += 8) if (load<f64>(p) > largest) largest = load<f64>(p);
    const own = start + ((<usize>load<f64>(y + at)) << 3);
    const score = load<f64>(own);
    let sum: f64 = 0;
    for (let p = start; p < end; p += 8) {
      const e = exp(load<f64>(p) - largest);
      store<f64>(p, e);
      sum += e;
    }
    const weight = weights ? load<f64>(weights + at) : 1;
    store<f64>(losses + at, weight * (log1p(sum - 1) + largest - score));
    for (let p = start; p < end; p += 8) {
      const probability = load<f64>(p) / sum;
      store<f64>(p, (weight * (p == own ? probability - 1 : probability)) / divisor);
    }
  }
}

/**
 * The same for scores that lie class by class, with an intercept per class at `bias`; they stay, and the derivatives go to
 * `pointwise`, class by class too.
 */
export function softmaxLossesByClass(rows: i32, k: i32, y: usize, weights: usize, divisor: f64, scores: usize, bias: usize, losses: usize, pointwise: usize): void {
  const apart = (<usize>rows) << 3;
  const last = apart * <usize>k;
  for (let at: usize = 0; at < apart; at += 8) {
    const own = at + <usize>load<f64>(y + at) * apart;
    let largest = load<f64>(scores + at) + load<f64>(bias);
    let b = bias;
    for (let p = at; p < last; p += apart, b += 8) {
      const score = load<f64>(scores + p) + load<f64>(b);
      store<f64>(pointwise + p, score);
      if (score > largest) largest = score;
    }
    const score = load<f64>(pointwise + own);
    let sum: f64 = 0;
    for (let p = at; p < last; p += apart) {
      const e = exp(load<f64>(pointwise + p) - largest);
      store<f64>(pointwise + p, e);
      sum += e;
    }
    const weight = weights ? load<f64>(weights + at) : 1;
    store<f64>(losses + at, weight * (log1p(sum - 1) + largest - score));
    for (let p = at; p < last; p += apart) {
      const probability = load<f64>(pointwise + p) / sum;
      store<f64>(pointwise + p, (weight * (p == own ? probability - 1 : probability)) / divisor);
    }
  }
}

/** Losses (one per row), pointwise (rows × k) and gradient (cols × k), all overwritten, over a CSR matrix. */
export function csrSoftmaxLossGradient(
  rows: i32,
  cols: i32,
  k: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  y: usize,
  weights: usize,
  divisor: f64,
  w: usize,
  bias: usize,
  losses: usize,
  pointwise: usize,
  gradient: usize,
): void {
  memory.fill(gradient, 0, (<usize>cols * <usize>k) << 3);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    csrRowsTimesMatrix(from, to, k, indptr, indices, data, w, bias, pointwise);
    pointwiseLosses(from, to, k, y, weights, divisor, losses, pointwise);
    csrRowsTransposedTimesMatrix(from, to, k, indptr, indices, data, pointwise, gradient);
  }
}

/** The same over a dense matrix. */
export function denseSoftmaxLossGradient(
  rows: i32,
  cols: i32,
  k: i32,
  data: usize,
  y: usize,
  weights: usize,
  divisor: f64,
  w: usize,
  bias: usize,
  losses: usize,
  pointwise: usize,
  gradient: usize,
): void {
  memory.fill(gradient, 0, (<usize>cols * <usize>k) << 3);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    denseRowsTimesMatrix(from, to, cols, k, data, w, bias, pointwise);
    pointwiseLosses(from, to, k, y, weights, divisor, losses, pointwise);
    denseRowsTransposedTimesMatrix(from, to, cols, k, data, pointwise, gradient);
  }
}
