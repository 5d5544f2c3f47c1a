/** Pointers are byte addresses, lengths are elements. Twin: ../twins/boosting-loss.ts, which has the formulas. */
import { ABSOLUTE, HUBER, LOG_LOSS, POISSON, QUANTILE, SQUARED } from './boosting-losses.ts';
import { exp, expOfSmall } from './elementary.ts';

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

/** Largest size of a raw prediction whose exponential needs no care. */
const SMALL: f64 = 37;

/**
 * First and second derivative of the loss by the raw prediction, pairs in single precision, of rows from … to − 1.
 *
 * @param weights one double per row, or 0 for 1 each
 * @param derivatives 8 bytes a row
 * @param largest two doubles: the largest |gradient| and hessian
 */
export function lossDerivatives(
  loss: i32,
  parameter: f64,
  from: i32,
  to: i32,
  y: usize,
  weights: usize,
  raw: usize,
  derivatives: usize,
  largest: usize,
): void {
  // Twice the bits of a size are as large as the size is, and NaN's larger than ∞'s.
  let most = i32x4.splat(0);
  let i = <usize>from;
  const end = <usize>to;
  if (loss == LOG_LOSS) {
    const one = f64x2.splat(1);
    const small = f64x2.splat(SMALL);
    for (; i + 1 < end; i += 2) {
      const r = v128.load(raw + (i << 3));
      if (!v128.all_true<i64>(f64x2.lt(f64x2.abs(r), small))) {
        most = i32x4.max_u(most, alone(loss, parameter, i, y, weights, raw, derivatives));
        most = i32x4.max_u(most, alone(loss, parameter, i + 1, y, weights, raw, derivatives));
        continue;
      }
      const label = v128.load(y + (i << 3));
      const e = expOfSmall(f64x2.neg(r));
      const sum = f64x2.add(one, e);
      let g = f64x2.div(f64x2.sub(f64x2.sub(one, label), f64x2.mul(label, e)), sum);
      let h = f64x2.div(e, f64x2.mul(sum, sum));
      if (weights) {
        const w = v128.load(weights + (i << 3));
        g = f64x2.mul(g, w);
        h = f64x2.mul(h, w);
      }
      const both = v128.shuffle<f32>(f32x4.demote_f64x2_zero(g), f32x4.demote_f64x2_zero(h), 0, 4, 1, 5);
      v128.store(derivatives + (i << 3), both);
      most = i32x4.max_u(most, i32x4.shl(both, 1));
    }
  }
  for (; i < end; i++) most = i32x4.max_u(most, alone(loss, parameter, i, y, weights, raw, derivatives));
  const size = i32x4.shr_u(i32x4.max_u(most, v128.shuffle<i64>(most, most, 1, 0)), 1);
  store<f64>(largest, <f64>f32x4.extract_lane(size, 0));
  store<f64>(largest + 8, <f64>f32x4.extract_lane(size, 1));
}

/** The same of one row. @returns twice the bits of gradient and hessian, 0, 0 */
function alone(loss: i32, parameter: f64, i: usize, y: usize, weights: usize, raw: usize, derivatives: usize): v128 {
  derive(loss, load<f64>(y + (i << 3)), load<f64>(raw + (i << 3)), parameter);
  const w = weights ? load<f64>(weights + (i << 3)) : 1;
  const g = <f32>(gradientOf * w);
  const h = <f32>(hessianOf * w);
  store<f32>(derivatives + (i << 3), g);
  store<f32>(derivatives + (i << 3) + 4, h);
  return i32x4(reinterpret<i32>(g) << 1, reinterpret<i32>(h) << 1, 0, 0);
}

/** Odds stay between 2⁻⁹⁰⁰ and 2⁹⁰⁰, where derivatives are 0 in single precision long since. */
const LEAST_ODDS: f64 = 1.1830521861667747e-271;
const MOST_ODDS: f64 = 8.452712498170644e270;

/**
 * Multiplies e⁻ʳ, r the raw prediction, by the factor of each row's leaf, and derives the log loss of two classes there:
 * with p = 1/(1 + e⁻ʳ), p − y and p(1 − p), pairs in single precision, of rows from … to − 1.
 *
 * @param weights one double per row, or 0 for 1 each
 * @param odds one double per row, e⁻ʳ
 * @param leaves number of each row's leaf, 16 bits
 * @param factors one double per leaf
 * @param derivatives 8 bytes a row
 * @param largest two doubles: the largest |gradient| and hessian
 */
export function oddsDerivatives(
  from: i32,
  to: i32,
  y: usize,
  weights: usize,
  odds: usize,
  leaves: usize,
  factors: usize,
  derivatives: usize,
  largest: usize,
): void {
  let most = i32x4.splat(0);
  let i = <usize>from;
  const end = <usize>to;
  for (; i + 1 < end; i += 2) {
    const two = load<u32>(leaves + (i << 1));
    const factor = v128.load64_lane(factors + (<usize>(two >> 16) << 3), v128.load64_zero(factors + (<usize>(two & 0xffff) << 3)), 1);
    const e = f64x2.mul(v128.load(odds + (i << 3)), factor);
    most = i32x4.max_u(most, deriveOdds(i, e, v128.load(y + (i << 3)), weights ? v128.load(weights + (i << 3)) : f64x2.splat(1), odds, derivatives, true));
  }
  if (i < end) {
    const e = f64x2.splat(load<f64>(odds + (i << 3)) * load<f64>(factors + ((<usize>load<u16>(leaves + (i << 1))) << 3)));
    const weight = weights ? f64x2.splat(load<f64>(weights + (i << 3))) : f64x2.splat(1);
    most = i32x4.max_u(most, deriveOdds(i, e, f64x2.splat(load<f64>(y + (i << 3))), weight, odds, derivatives, false));
  }
  const size = i32x4.shr_u(i32x4.max_u(most, v128.shuffle<i64>(most, most, 1, 0)), 1);
  store<f64>(largest, <f64>f32x4.extract_lane(size, 0));
  store<f64>(largest + 8, <f64>f32x4.extract_lane(size, 1));
}

/** Writes odds and derivatives of row i, and of the next if there are two. @returns twice the bits of what was written */
// @ts-ignore: decorator
@inline
function deriveOdds(i: usize, grown: v128, y: v128, weight: v128, odds: usize, derivatives: usize, areTwo: bool): v128 {
  const one = f64x2.splat(1);
  const e = f64x2.pmin(f64x2.splat(MOST_ODDS), f64x2.pmax(f64x2.splat(LEAST_ODDS), grown));
  const p = f64x2.div(one, f64x2.add(one, e));
  const q = f64x2.mul(e, p);
  const g = f64x2.mul(f64x2.sub(f64x2.mul(f64x2.sub(one, y), p), f64x2.mul(y, q)), weight);
  const h = f64x2.mul(f64x2.mul(p, q), weight);
  const both = v128.shuffle<f32>(f32x4.demote_f64x2_zero(g), f32x4.demote_f64x2_zero(h), 0, 4, 1, 5);
  if (areTwo) {
    v128.store(odds + (i << 3), e);
    v128.store(derivatives + (i << 3), both);
  } else {
    v128.store64_lane(odds + (i << 3), e, 0);
    v128.store64_lane(derivatives + (i << 3), both, 0);
  }
  return i32x4.shl(both, 1);
}

/**
 * lossDerivatives for k classes: raw predictions and derivatives are k lists of `height` rows; y holds numbers of classes.
 *
 * @param largest 2·k doubles
 * @param probabilities room for k doubles
 */
export function softmaxDerivatives(
  from: i32,
  to: i32,
  k: i32,
  height: i32,
  y: usize,
  weights: usize,
  raw: usize,
  derivatives: usize,
  largest: usize,
  probabilities: usize,
): void {
  for (let c = 0; c < 2 * k; c++) store<f64>(largest + ((<usize>c) << 3), 0);
  for (let i = <usize>from; i < <usize>to; i++) {
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
      const at = derivatives + ((<usize>c * <usize>height + i) << 3);
      store<f32>(at, g);
      store<f32>(at + 4, h);
      const most = largest + ((<usize>c) << 4);
      store<f64>(most, max<f64>(load<f64>(most), <f64>abs<f32>(g)));
      store<f64>(most + 8, max<f64>(load<f64>(most + 8), <f64>h));
    }
  }
}
