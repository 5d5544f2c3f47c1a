/** WebAssembly has no exp and log. Twin: ../twins/elementary.ts, which gives accuracy and sources. */

const LOG2_E: f64 = 1.4426950408889634;
/** ln 2 in 32 bits, so that k times it is exact, and what is left. */
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

/** 2ᵏ for k in [−1022, 1023]. */
function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52);
}

/** eˣ. */
export function exp(x: f64): f64 {
  if (!(x <= 709.782712893384)) return x != x ? x : Infinity;
  if (x < -745.1332191019412) return 0;
  const k = floor<f64>(x * LOG2_E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const r2 = r * r;
  const r4 = r2 * r2;
  const r8 = r4 * r4;
  const a = 1 / 2.0 + r * (1 / 6.0) + r2 * (1 / 24.0 + r * (1 / 120.0));
  const b = 1 / 720.0 + r * (1 / 5040.0) + r2 * (1 / 40320.0 + r * (1 / 362880.0));
  const c = 1 / 3628800.0 + r * (1 / 39916800.0) + r2 * (1 / 479001600.0 + r * (1 / 6227020800.0));
  const tail = r2 * (a + r4 * b + r8 * c);
  const sum = 1 + high;
  const value = sum + (high - (sum - 1) + (tail - low));
  const power = <i32>k;
  if (power >= 1023) return value * 2 * powerOfTwo(power - 1);
  return power >= -1021 ? value * powerOfTwo(power) : value * powerOfTwo(power + 1000) * 9.332636185032189e-302;
}

/** ln(1 + u) for u ≥ 0. */
export function log1p(u: f64): f64 {
  let k = 0;
  let f = u;
  let correction: f64 = 0;
  if (!(u < 0.4142135623730951)) {
    if (!(u < Infinity)) return u;
    const y = 1 + u;
    const bits = reinterpret<u64>(y);
    k = <i32>(bits >> 52) - 1023;
    let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    if (m > 1.4142135623730951) {
      m *= 0.5;
      k++;
    }
    f = m - 1;
    correction = (u < 1 ? u - (y - 1) : 1 - (y - u)) / y;
  }
  return logOfOneAnd(f, k, correction);
}

/** ln(1 + u) for u in [0, 1]. */
export function log1pOfShare(u: f64): f64 {
  return u >= 0.4142135623730951 ? logOfOneAnd((u - 1) * 0.5, 1, 0) : logOfOneAnd(u, 0, 0);
}

/** ln x for positive normal x. */
export function log(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  return logOfOneAnd(m - 1, k, 0);
}

/** k·ln 2 + ln(1 + f) + correction. */
@inline
function logOfOneAnd(f: f64, k: i32, correction: f64): f64 {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const a = 2 / 3.0 + z * (2 / 5.0) + z2 * (2 / 7.0 + z * (2 / 9.0));
  const b = 2 / 11.0 + z * (2 / 13.0) + z2 * (2 / 15.0 + z * (2 / 17.0));
  const c = 2 / 19.0 + z * (2 / 21.0) + z2 * (2 / 23.0);
  const rest = z * (a + z4 * (b + z4 * c));
  const half = 0.5 * f * f;
  return <f64>k * LN2_HIGH - (half - (s * (half + rest) + (<f64>k * LN2_LOW + correction)) - f);
}

/**
 * What expOfSmall needs, in memory: V8 would build a constant in two lanes anew each time, with three instructions where
 * a load is one.
 */
const EXP_TERMS = memory.data<f64>([
  1.4426950408889634, 0.5, 0.6931471803691238, 1.9082149292705877e-10, 0.5, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889,
  0.0001984126984126984, 0.0000248015873015873, 0.0000027557319223985893, 2.755731922398589e-7, 2.505210838544172e-8, 2.08767569878681e-9, 1.6059043836821613e-10, 1,
  6755399441056767,
]);

// @ts-ignore: decorator
@inline
function term(i: usize): v128 {
  return v128.load_splat<f64>(EXP_TERMS + (i << 3));
}

/** eˣ for two numbers of size below 700, the bits of `exp`. */
// @ts-ignore: decorator
@inline
export function expOfSmall(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, term(0)), term(1)));
  const high = f64x2.sub(x, f64x2.mul(k, term(2)));
  const low = f64x2.mul(k, term(3));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const a = fourTerms(r, r2, 4);
  const b = fourTerms(r, r2, 8);
  const c = fourTerms(r, r2, 12);
  const tail = f64x2.mul(r2, f64x2.add(f64x2.add(a, f64x2.mul(r4, b)), f64x2.mul(r8, c)));
  const sum = f64x2.add(term(16), high);
  const value = f64x2.add(sum, f64x2.add(f64x2.sub(high, f64x2.sub(sum, term(16))), f64x2.sub(tail, low)));
  // What is added to k leaves k + 1023, the exponent of 2ᵏ, in the last bits.
  return f64x2.mul(value, i64x2.shl(f64x2.add(k, term(17)), 52));
}

/** t₀ + r·t₁ + r²·(t₂ + r·t₃) with the terms from `first` on. */
// @ts-ignore: decorator
@inline
function fourTerms(r: v128, r2: v128, first: usize): v128 {
  const low = f64x2.add(term(first), f64x2.mul(r, term(first + 1)));
  return f64x2.add(low, f64x2.mul(r2, f64x2.add(term(first + 2), f64x2.mul(r, term(first + 3)))));
}
