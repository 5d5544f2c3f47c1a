/**
 * exp and log1p of ./elementary.ts in two lanes: the same operations in the same order, so the same bits.
 *
 * Constants lie in memory: loading one into both lanes takes one instruction, where making it of its bits takes three.
 */

const HALF: usize = memory.data<f64>([0.5]);
const ONE: usize = memory.data<f64>([1]);
const MINUS_ONE: usize = memory.data<f64>([-1]);
const TWO: usize = memory.data<f64>([2]);
const LARGEST: usize = memory.data<f64>([700]);
const LOG2_E: usize = memory.data<f64>([1.4426950408889634]);
const LN2_HIGH: usize = memory.data<f64>([0.6931471803691238]);
const LN2_LOW: usize = memory.data<f64>([1.9082149292705877e-10]);
const SQRT_2_LESS_1: usize = memory.data<f64>([0.4142135623730951]);
/** Added to a whole number, it leaves that number in the low bits: 1.5·2⁵². */
const TO_BITS: usize = memory.data<f64>([6755399441055744]);
/** 1023 less the bits of that. */
const EXPONENT_BIAS: usize = memory.data<i64>([1023 - 0x4338000000000000]);
/** 1/2!, 1/3!, … */
const FACTORIALS: usize = memory.data<f64>([
  1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0, 1 / 3628800.0, 1 / 39916800.0, 1 / 479001600.0, 1 / 6227020800.0,
]);
/** 2/3, 2/5, … */
const ODDS: usize = memory.data<f64>([2 / 3.0, 2 / 5.0, 2 / 7.0, 2 / 9.0, 2 / 11.0, 2 / 13.0, 2 / 15.0, 2 / 17.0, 2 / 19.0, 2 / 21.0, 2 / 23.0]);

/** A constant in both lanes. */
// @ts-ignore: decorator
@inline
function both(constant: usize): v128 {
  return v128.load64_splat(constant);
}

/** 1/n!, from n = 2 on. */
// @ts-ignore: decorator
@inline
function factorial(n: usize): v128 {
  return v128.load64_splat(FACTORIALS + ((n - 2) << 3));
}

/** 2/n for odd n, from n = 3 on. */
// @ts-ignore: decorator
@inline
function odd(n: usize): v128 {
  return v128.load64_splat(ODDS + ((n - 3) << 2));
}

/** Whether `exp` of both lanes' sizes, or of what is left when they are subtracted from 0, may be taken in lanes. */
// @ts-ignore: decorator
@inline
export function areModerate(size: v128): bool {
  return i64x2.all_true(f64x2.le(size, both(LARGEST)));
}

/** a + x·b. */
// @ts-ignore: decorator
@inline
function plus(a: v128, x: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(x, b));
}

/** eˣ for x in [−700, 700]. */
// @ts-ignore: decorator
@inline
export function expLanes(x: v128): v128 {
  const k = f64x2.floor(plus(both(HALF), x, both(LOG2_E)));
  const high = f64x2.sub(x, f64x2.mul(k, both(LN2_HIGH)));
  const low = f64x2.mul(k, both(LN2_LOW));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const a = plus(plus(factorial(2), r, factorial(3)), r2, plus(factorial(4), r, factorial(5)));
  const b = plus(plus(factorial(6), r, factorial(7)), r2, plus(factorial(8), r, factorial(9)));
  const c = plus(plus(factorial(10), r, factorial(11)), r2, plus(factorial(12), r, factorial(13)));
  const tail = f64x2.mul(r2, plus(plus(a, r4, b), r8, c));
  const sum = f64x2.add(high, both(ONE));
  const value = f64x2.add(sum, f64x2.add(f64x2.sub(high, f64x2.add(sum, both(MINUS_ONE))), f64x2.sub(tail, low)));
  const power = i64x2.shl(i64x2.add(f64x2.add(k, both(TO_BITS)), both(EXPONENT_BIAS)), 52);
  return f64x2.mul(value, power);
}

/** ln(1 + u) for u in [0, 1]. */
// @ts-ignore: decorator
@inline
export function log1pOfShareLanes(u: v128): v128 {
  const isLarge = f64x2.ge(u, both(SQRT_2_LESS_1));
  const f = v128.bitselect(f64x2.mul(f64x2.add(u, both(MINUS_ONE)), both(HALF)), u, isLarge);
  const s = f64x2.div(f, f64x2.add(f, both(TWO)));
  const z = f64x2.mul(s, s);
  const z2 = f64x2.mul(z, z);
  const z4 = f64x2.mul(z2, z2);
  const a = plus(plus(odd(3), z, odd(5)), z2, plus(odd(7), z, odd(9)));
  const b = plus(plus(odd(11), z, odd(13)), z2, plus(odd(15), z, odd(17)));
  const c = plus(plus(odd(19), z, odd(21)), z2, odd(23));
  const rest = f64x2.mul(z, plus(a, z4, plus(b, z4, c)));
  const half = f64x2.mul(f64x2.mul(f, both(HALF)), f);
  const inner = plus(v128.and(isLarge, both(LN2_LOW)), s, f64x2.add(half, rest));
  return f64x2.sub(v128.and(isLarge, both(LN2_HIGH)), f64x2.sub(f64x2.sub(half, inner), f));
}
