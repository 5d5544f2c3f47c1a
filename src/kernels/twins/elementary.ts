/**
 * Exponential and logarithm that are the same to the last bit here and in assembly/elementary.ts, whatever
 * the platform's own: made of additions, multiplications and divisions only. Neither errs by a whole unit
 * in the last place.
 */

const LOG2_E = 1.4426950408889634;
/** ln 2 in 32 bits, so that k times it is exact, and what is left. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const float = new Float64Array(1);
/** The same eight bytes, low word first (every platform Node runs on is little-endian). */
const words = new Uint32Array(float.buffer);

/** 2ᵏ for k in [−1022, 1023]. */
function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return float[0];
}

/**
 * eˣ = 2ᵏ·eʳ with x = k·ln 2 + r and |r| ≤ ½·ln 2. Of eʳ = 1 + r + r²/2! + … + r¹³/13! the leading
 * 1 + r is kept as two doubles, so that what rounding leaves of it is not lost.
 * Source: Muller, "Elementary Functions", 3rd ed., §5 and §11 (Cody and Waite's reduction).
 */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x !== x ? x : Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const r2 = r * r;
  const r4 = r2 * r2;
  const r8 = r4 * r4;
  const a = 1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120));
  const b = 1 / 720 + r * (1 / 5040) + r2 * (1 / 40320 + r * (1 / 362880));
  const c = 1 / 3628800 + r * (1 / 39916800) + r2 * (1 / 479001600 + r * (1 / 6227020800));
  const tail = r2 * (a + r4 * b + r8 * c);
  const sum = 1 + high;
  const value = sum + (high - (sum - 1) + (tail - low));
  if (k >= 1023) return value * 2 * powerOfTwo(k - 1);
  return k >= -1021 ? value * powerOfTwo(k) : value * powerOfTwo(k + 1000) * 9.332636185032189e-302;
}

/**
 * ln(1 + u) for u ≥ 0. 1 + u = 2ᵏ·(1 + f) with 1 + f in [√½, √2], and with s = f / (2 + f),
 * ln(1 + f) = 2·artanh s = f − (f²/2 − s·(f²/2 + 2s²/3 + 2s⁴/5 + …)).
 * Source: Muller, "Elementary Functions", 3rd ed., §11; the form that keeps f whole is K. C. Ng's.
 */
export function log1p(u: number): number {
  let k = 0;
  let f = u;
  let correction = 0;
  if (!(u < 0.4142135623730951)) {
    if (!(u < Infinity)) return u;
    const y = 1 + u;
    float[0] = y;
    k = (words[1] >>> 20) - 1023;
    words[1] = (words[1] & 0xfffff) | 0x3ff00000;
    let m = float[0];
    if (m > 1.4142135623730951) {
      m *= 0.5;
      k++;
    }
    f = m - 1;
    // What rounding took from 1 + u.
    correction = (u < 1 ? u - (y - 1) : 1 - (y - u)) / y;
  }
  return logOfOneAnd(f, k, correction);
}

/** ln(1 + u) for u in [0, 1], at half of log1p's cost: 1 + u is below √2, or ln(1 + u) is ln 2 + ln(1 + (u − 1)/2). */
export function log1pOfShare(u: number): number {
  return u >= 0.4142135623730951 ? logOfOneAnd((u - 1) * 0.5, 1, 0) : logOfOneAnd(u, 0, 0);
}

/** ln x for positive normal x: as log1p, without the part that 1 + u loses. */
export function log(x: number): number {
  float[0] = x;
  let k = (words[1] >>> 20) - 1023;
  words[1] = (words[1] & 0xfffff) | 0x3ff00000;
  let m = float[0];
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  return logOfOneAnd(m - 1, k, 0);
}

/** k·ln 2 + ln(1 + f) + correction. */
function logOfOneAnd(f: number, k: number, correction: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const a = 2 / 3 + z * (2 / 5) + z2 * (2 / 7 + z * (2 / 9));
  const b = 2 / 11 + z * (2 / 13) + z2 * (2 / 15 + z * (2 / 17));
  const c = 2 / 19 + z * (2 / 21) + z2 * (2 / 23);
  const rest = z * (a + z4 * (b + z4 * c));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + rest) + (k * LN2_LOW + correction)) - f);
}
