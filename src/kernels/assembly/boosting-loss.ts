/** Pointers are byte addresses, lengths are elements. Twin: ../twins/boosting-loss.ts, which has the formulas. */
import { exp } from './elementary.ts';

/** Numbers of the losses, as ../boosting-loss.ts has them. */
const LOG_LOSS: i32 = 0;
const SQUARED: i32 = 1;
const ABSOLUTE: i32 = 2;
const QUANTILE: i32 = 3;
const HUBER: i32 = 4;
const POISSON: i32 = 5;

let gradientOf: f64 = 0;
let hessianOf: f64 = 0;

// @ts-ignore: decorator
@inline
function derive(loss: i32, y: f64, raw: f64, parameter: f64): void {
  if (loss == LOG_LOSS) {
    if (raw > -37) {
      const e = exp(-raw);
      gradientOf = (1 - y - y * e) / (1 + e);
      hessianOf = e / ((1 + e) * (1 + e));
    } else {
      hessianOf = exp(raw);
      gradientOf = hessianOf - y;
    }
  } else if (loss == SQUARED) {
    gradientOf = raw - y;
    hessianOf = 1;
  } else if (loss == ABSOLUTE) {
    gradientOf = raw > y ? 1 : -1;
    hessianOf = 1;
  } else if (loss == QUANTILE) {
    gradientOf = y >= raw ? -parameter : 1 - parameter;
    hessianOf = 1;
  } else if (loss == HUBER) {
    const r = raw - y;
    const isNear = abs(r) <= parameter;
    gradientOf = isNear ? r : r >= 0 ? parameter : -parameter;
    hessianOf = isNear ? 1 : 0;
  } else if (loss == POISSON) {
    hessianOf = exp(raw);
    gradientOf = hessianOf - y;
  } else {
    hessianOf = y * exp(-raw);
    gradientOf = 1 - hessianOf;
  }
}

/**
 * First and second derivative of the loss by the raw prediction, single precision.
 *
 * @param weights one double per row, or 0 for 1 each
 * @param largest two doubles: the largest |gradient| and hessian
 */
export function lossGradients(
  loss: i32,
  parameter: f64,
  n: i32,
  y: usize,
  weights: usize,
  raw: usize,
  gradients: usize,
  hessians: usize,
  largest: usize,
): void {
  let most: f32 = 0;
  let mostHessian: f32 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    derive(loss, load<f64>(y + (i << 3)), load<f64>(raw + (i << 3)), parameter);
    const w = weights ? load<f64>(weights + (i << 3)) : 1;
    const g = <f32>(gradientOf * w);
    const h = <f32>(hessianOf * w);
    store<f32>(gradients + (i << 2), g);
    store<f32>(hessians + (i << 2), h);
    most = max<f32>(most, abs<f32>(g));
    mostHessian = max<f32>(mostHessian, h);
  }
  store<f64>(largest, <f64>most);
  store<f64>(largest + 8, <f64>mostHessian);
}

/**
 * The same for k classes: raw, gradients and hessians are k lists of `height` rows, of which the first n count; y holds
 * numbers of classes.
 *
 * @param largest 2·k doubles
 */
export function softmaxGradients(
  n: i32,
  k: i32,
  height: i32,
  y: usize,
  weights: usize,
  raw: usize,
  gradients: usize,
  hessians: usize,
  largest: usize,
  probabilities: usize,
): void {
  for (let c = 0; c < 2 * k; c++) store<f64>(largest + ((<usize>c) << 3), 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    let top = -Infinity;
    for (let c = 0; c < k; c++) top = max<f64>(top, load<f64>(raw + ((<usize>c * <usize>height + i) << 3)));
    let sum: f64 = 0;
    for (let c = 0; c < k; c++) {
      const e = exp(load<f64>(raw + ((<usize>c * <usize>height + i) << 3)) - top);
      store<f64>(probabilities + ((<usize>c) << 3), e);
      sum += e;
    }
    const own = <i32>load<f64>(y + (i << 3));
    const w = weights ? load<f64>(weights + (i << 3)) : 1;
    for (let c = 0; c < k; c++) {
      const p = load<f64>(probabilities + ((<usize>c) << 3)) / sum;
      const g = <f32>((c == own ? p - 1 : p) * w);
      const h = <f32>(p * (1 - p) * w);
      const at = (<usize>c * <usize>height + i) << 2;
      store<f32>(gradients + at, g);
      store<f32>(hessians + at, h);
      const most = largest + ((<usize>c) << 4);
      store<f64>(most, max<f64>(load<f64>(most), <f64>abs<f32>(g)));
      store<f64>(most + 8, max<f64>(load<f64>(most + 8), <f64>h));
    }
  }
}

/** Writes pairs of integers: the gradient times its scale, and the hessian times its scale plus 2^shift for the count. */
export function packGradients(n: i32, gradients: usize, hessians: usize, gradientScale: f64, hessianScale: f64, shift: i32, pairs: usize): void {
  const one = (<i64>1) << shift;
  for (let i: usize = 0; i < <usize>n; i++) {
    const g = <i64>nearest<f64>(<f64>load<f32>(gradients + (i << 2)) * gradientScale);
    const h = <i64>nearest<f64>(<f64>load<f32>(hessians + (i << 2)) * hessianScale);
    store<i64>(pairs + (i << 4), g);
    store<i64>(pairs + (i << 4) + 8, h + one);
  }
}
