/**
 * ln x for positive x, rounded correctly (the nearest double, except about once in 10⁴ near-ties).
 *
 * `Math.log` misses the nearest double in about 7 % of cases; random streams that pass through a
 * logarithm would then differ from numpy's in the last bit.
 *
 * x = 2ᵏ·m with m in [√½, √2); c = j/128 is the multiple nearest 1/m; r = m·c − 1 is exact as two
 * doubles. Then ln x = k·ln 2 − ln c + (r − r²/2 + r³/3 − …), with the large terms as pairs of doubles.
 *
 * Source: Tang, "Table-driven implementation of the logarithm function in IEEE floating-point
 * arithmetic", ACM TOMS 16(4), 1990.
 */
export function logarithm(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return Math.log(x);
  tables ??= makeTables();
  const { ln2High, ln2Low, high, low, inversePowers } = tables;

  float[0] = x;
  const exponent = words[1] >>> 20;
  let k = exponent - 1023;
  // By a product, which is exact: to put the exponent back into the bytes would make the processor wait for them.
  let m = x * inversePowers[exponent];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  const scaled = 134217729 * m;
  const mHigh = scaled - (scaled - m);
  const j = Math.round(128 / m);
  const c = j / 128;

  // Both products are exact: c has 8 bits, the halves of m have 26 each.
  const a = mHigh * c - 1;
  const b = (m - mHigh) * c;
  const r = a + b;
  const rLow = a - (r - (r - a)) + (b - (r - a));

  const split = 134217729 * r;
  const r1 = split - (split - r);
  const r2 = r - r1;
  const square = r * r;
  const squareLow = r1 * r1 - square + 2 * r1 * r2 + r2 * r2;

  let tail = 1 / 11;
  tail = tail * r - 1 / 10;
  tail = tail * r + 1 / 9;
  tail = tail * r - 1 / 8;
  tail = tail * r + 1 / 7;
  tail = tail * r - 1 / 6;
  tail = tail * r + 1 / 5;
  tail = tail * r - 1 / 4;
  tail = tail * r + 1 / 3;
  const rest = k * ln2Low + low[j] + rLow - (squareLow / 2 + r * rLow) + tail * square * r;

  const first = k * ln2High;
  const second = first + high[j];
  const third = second + r;
  const sum = third - square / 2;
  return sum + (rest + lost(first, high[j], second) + lost(second, r, third) + lost(third, -square / 2, sum));
}

/** What rounding took from a + b. */
function lost(a: number, b: number, sum: number): number {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded);
}

const SMALLEST_NORMAL = 2 ** -1022;
const float = new Float64Array(1);
/** The same eight bytes, low word first (every platform Node runs on is little-endian). */
const words = new Uint32Array(float.buffer);

interface Tables {
  /** ln 2 in 42 bits, so that k times it is exact, and what is left. */
  ln2High: number;
  ln2Low: number;
  /** −ln(j/128) at j, and what rounding left of it. */
  high: Float64Array;
  low: Float64Array;
  /** 2^(1023 − e) at the exponent e that the bytes of a double hold. */
  inversePowers: Float64Array;
}

let tables: Tables | undefined;

const BITS = 140n;

/** ln(p/q)·2¹⁴⁰ by 2·artanh((p − q)/(p + q)). */
function fixedLog(p: bigint, q: bigint): bigint {
  const t = ((p - q) << BITS) / (p + q);
  const t2 = (t * t) >> BITS;
  let power = t;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * t2) >> BITS;
  }
  return 2n * sum;
}

const toDouble = (fixed: bigint): number => Number(fixed) / 2 ** Number(BITS);

function makeTables(): Tables {
  const ln2 = fixedLog(2n, 1n);
  const ln2Top = (ln2 >> (BITS - 42n)) << (BITS - 42n);
  const high = new Float64Array(182);
  const low = new Float64Array(182);
  for (let j = 90; j < 182; j++) {
    const exact = -fixedLog(BigInt(j), 128n);
    high[j] = toDouble(exact);
    low[j] = toDouble(exact - BigInt(high[j] * 2 ** 120) * (1n << (BITS - 120n)));
  }
  const inversePowers = Float64Array.from({ length: 2047 }, (_, exponent) => 2 ** (1023 - exponent));
  return { ln2High: toDouble(ln2Top), ln2Low: toDouble(ln2 - ln2Top), high, low, inversePowers };
}
