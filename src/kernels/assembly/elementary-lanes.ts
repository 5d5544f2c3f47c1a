/** exp and log1p of ./elementary.ts in two lanes: the same operations in the same order, so the same bits. */

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Added to a whole number, it leaves that number in the low bits: 1.5·2⁵². */
const TO_BITS: f64 = 6755399441055744;
/** 2⁵², whose low bits a small whole number can be put into. */
const FROM_BITS: i64 = 0x4330000000000000;

/** Whether both lanes are such that `exp` and `log1p(exp)` may be taken in lanes. */
// @ts-ignore: decorator
@inline
export function isWithin(x: v128, low: f64, high: f64): bool {
  return i64x2.all_true(v128.and(f64x2.ge(x, f64x2.splat(low)), f64x2.le(x, f64x2.splat(high))));
}

// @ts-ignore: decorator
@inline
function times(x: v128, factor: f64): v128 {
  return f64x2.mul(x, f64x2.splat(factor));
}

// @ts-ignore: decorator
@inline
function plus(x: v128, term: f64): v128 {
  return f64x2.add(x, f64x2.splat(term));
}

/** eˣ for x in [−700, 700]. */
// @ts-ignore: decorator
@inline
export function expLanes(x: v128): v128 {
  const k = f64x2.floor(plus(times(x, LOG2_E), 0.5));
  const high = f64x2.sub(x, times(k, LN2_HIGH));
  const low = times(k, LN2_LOW);
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const a = f64x2.add(plus(times(r, 1 / 6.0), 1 / 2.0), f64x2.mul(r2, plus(times(r, 1 / 120.0), 1 / 24.0)));
  const b = f64x2.add(plus(times(r, 1 / 5040.0), 1 / 720.0), f64x2.mul(r2, plus(times(r, 1 / 362880.0), 1 / 40320.0)));
  const c = f64x2.add(plus(times(r, 1 / 39916800.0), 1 / 3628800.0), f64x2.mul(r2, plus(times(r, 1 / 6227020800.0), 1 / 479001600.0)));
  const tail = f64x2.mul(r2, f64x2.add(f64x2.add(a, f64x2.mul(r4, b)), f64x2.mul(r8, c)));
  const sum = plus(high, 1);
  const value = f64x2.add(sum, f64x2.add(f64x2.sub(high, plus(sum, -1)), f64x2.sub(tail, low)));
  const power = i64x2.shl(i64x2.add(plus(k, TO_BITS), i64x2.splat(1023 - reinterpret<i64>(TO_BITS))), 52);
  return f64x2.mul(value, power);
}

/** ln(1 + u) for u in [0, 2⁵²]. */
// @ts-ignore: decorator
@inline
export function log1pLanes(u: v128): v128 {
  const isSmall = f64x2.lt(u, f64x2.splat(0.4142135623730951));
  const y = plus(u, 1);
  const mantissa = v128.or(v128.and(y, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  const isUpper = f64x2.gt(mantissa, f64x2.splat(1.4142135623730951));
  const m = v128.bitselect(times(mantissa, 0.5), mantissa, isUpper);
  const exponent = plus(v128.or(i64x2.shr_u(y, 52), i64x2.splat(FROM_BITS)), -(reinterpret<f64>(FROM_BITS) + 1023));
  const k = v128.andnot(f64x2.add(exponent, v128.and(isUpper, f64x2.splat(1))), isSmall);
  const lost = v128.bitselect(f64x2.sub(u, plus(y, -1)), f64x2.sub(f64x2.splat(1), f64x2.sub(y, u)), f64x2.lt(u, f64x2.splat(1)));
  const correction = v128.andnot(f64x2.div(lost, y), isSmall);
  const f = v128.bitselect(u, plus(m, -1), isSmall);
  const s = f64x2.div(f, plus(f, 2));
  const z = f64x2.mul(s, s);
  const z2 = f64x2.mul(z, z);
  const z4 = f64x2.mul(z2, z2);
  const a = f64x2.add(plus(times(z, 2 / 5.0), 2 / 3.0), f64x2.mul(z2, plus(times(z, 2 / 9.0), 2 / 7.0)));
  const b = f64x2.add(plus(times(z, 2 / 13.0), 2 / 11.0), f64x2.mul(z2, plus(times(z, 2 / 17.0), 2 / 15.0)));
  const c = f64x2.add(plus(times(z, 2 / 21.0), 2 / 19.0), times(z2, 2 / 23.0));
  const rest = f64x2.mul(z, f64x2.add(a, f64x2.mul(z4, f64x2.add(b, f64x2.mul(z4, c)))));
  const half = f64x2.mul(times(f, 0.5), f);
  const inner = f64x2.add(f64x2.mul(s, f64x2.add(half, rest)), f64x2.add(times(k, LN2_LOW), correction));
  return f64x2.sub(times(k, LN2_HIGH), f64x2.sub(f64x2.sub(half, inner), f));
}
