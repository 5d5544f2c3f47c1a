import { exp } from './elementary.ts';

/** Parts of support vector machines with a kernel. Vectors are doubles, rows of Q floats. Twin: ../twins/kernel-machine.ts. */

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Stands for a curvature that is not positive. */
const TAU: f64 = 1e-12;

/** exp of elementary.ts for two numbers in [−700, 700], with the same operations. */
function exp2(x: v128): v128 {
  const one = f64x2.splat(1);
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(0.5)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const a = f64x2.add(
    f64x2.add(f64x2.splat(1 / 2.0), f64x2.mul(r, f64x2.splat(1 / 6.0))),
    f64x2.mul(r2, f64x2.add(f64x2.splat(1 / 24.0), f64x2.mul(r, f64x2.splat(1 / 120.0)))),
  );
  const b = f64x2.add(
    f64x2.add(f64x2.splat(1 / 720.0), f64x2.mul(r, f64x2.splat(1 / 5040.0))),
    f64x2.mul(r2, f64x2.add(f64x2.splat(1 / 40320.0), f64x2.mul(r, f64x2.splat(1 / 362880.0)))),
  );
  const c = f64x2.add(
    f64x2.add(f64x2.splat(1 / 3628800.0), f64x2.mul(r, f64x2.splat(1 / 39916800.0))),
    f64x2.mul(r2, f64x2.add(f64x2.splat(1 / 479001600.0), f64x2.mul(r, f64x2.splat(1 / 6227020800.0)))),
  );
  const tail = f64x2.mul(r2, f64x2.add(f64x2.add(a, f64x2.mul(r4, b)), f64x2.mul(r8, c)));
  const sum = f64x2.add(one, high);
  const value = f64x2.add(sum, f64x2.add(f64x2.sub(high, f64x2.sub(sum, one)), f64x2.sub(tail, low)));
  const exponent = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023));
  return f64x2.mul(value, i64x2.shl(exponent, 52));
}

/** The sum of a row in two lanes, and its last column where cols is odd. */
function total(sums: v128, cols: i32, row: usize, x: usize): f64 {
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  return cols & 1 ? sum + load<f64>(row) * load<f64>(x) : sum;
}

/** out[i] = Σ data[i, j]·x[j], even and odd columns summed apart. Four rows run side by side: x is read once for four. */
export function pairwiseRowProducts(rows: i32, cols: i32, data: usize, x: usize, out: usize): void {
  const bytes = (<usize>cols) << 3;
  const pairs = (<usize>(cols & ~1)) << 3;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    const row1 = data + bytes;
    const row2 = row1 + bytes;
    const row3 = row2 + bytes;
    for (let at: usize = 0; at < pairs; at += 16) {
      const v = v128.load(x + at);
      a = f64x2.add(a, f64x2.mul(v128.load(data + at), v));
      b = f64x2.add(b, f64x2.mul(v128.load(row1 + at), v));
      c = f64x2.add(c, f64x2.mul(v128.load(row2 + at), v));
      d = f64x2.add(d, f64x2.mul(v128.load(row3 + at), v));
    }
    const end = x + pairs;
    store<f64>(out, total(a, cols, data + pairs, end));
    store<f64>(out, total(b, cols, row1 + pairs, end), 8);
    store<f64>(out, total(c, cols, row2 + pairs, end), 16);
    store<f64>(out, total(d, cols, row3 + pairs, end), 24);
    data = row3 + bytes;
    out += 32;
  }
  for (; i < rows; i++) {
    let a = f64x2.splat(0);
    for (let at: usize = 0; at < pairs; at += 16) a = f64x2.add(a, f64x2.mul(v128.load(data + at), v128.load(x + at)));
    store<f64>(out, total(a, cols, data + pairs, x + pairs));
    data += bytes;
    out += 8;
  }
}

/** |v − w| of two numbers, added to sums. */
// @ts-ignore: decorator
@inline
function addDistance(sums: v128, v: v128, w: v128): v128 {
  return f64x2.add(sums, f64x2.abs(f64x2.sub(v, w)));
}

/** The sum of a row in two lanes, and its last column where cols is odd. */
function totalDistance(sums: v128, cols: i32, row: usize, x: usize): f64 {
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  return cols & 1 ? sum + abs(load<f64>(row) - load<f64>(x)) : sum;
}

/** out[i] = Σ |data[i, j] − x[j]|, even and odd columns summed apart; four rows side by side. */
export function manhattanDistances(rows: i32, cols: i32, data: usize, x: usize, out: usize): void {
  const bytes = (<usize>cols) << 3;
  const pairs = (<usize>(cols & ~1)) << 3;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    const row1 = data + bytes;
    const row2 = row1 + bytes;
    const row3 = row2 + bytes;
    for (let at: usize = 0; at < pairs; at += 16) {
      const v = v128.load(x + at);
      a = addDistance(a, v128.load(data + at), v);
      b = addDistance(b, v128.load(row1 + at), v);
      c = addDistance(c, v128.load(row2 + at), v);
      d = addDistance(d, v128.load(row3 + at), v);
    }
    const end = x + pairs;
    store<f64>(out, totalDistance(a, cols, data + pairs, end));
    store<f64>(out, totalDistance(b, cols, row1 + pairs, end), 8);
    store<f64>(out, totalDistance(c, cols, row2 + pairs, end), 16);
    store<f64>(out, totalDistance(d, cols, row3 + pairs, end), 24);
    data = row3 + bytes;
    out += 32;
  }
  for (; i < rows; i++) {
    let a = f64x2.splat(0);
    for (let at: usize = 0; at < pairs; at += 16) a = addDistance(a, v128.load(data + at), v128.load(x + at));
    store<f64>(out, totalDistance(a, cols, data + pairs, x + pairs));
    data += bytes;
    out += 8;
  }
}

/** out[j] = sign·signs[j]·values[j], as floats. */
export function signedFloats(values: usize, signs: usize, sign: f64, out: usize, n: i32): void {
  const factor = f64x2.splat(sign);
  const whole = values + ((<usize>(n & ~1)) << 3);
  while (values < whole) {
    const signed = f64x2.mul(f64x2.mul(factor, v128.load(signs)), v128.load(values));
    v128.store64_lane(out, f32x4.demote_f64x2_zero(signed), 0);
    values += 16;
    signs += 16;
    out += 8;
  }
  if (n & 1) store<f32>(out, <f32>(sign * load<f64>(signs) * load<f64>(values)));
}

/** out[j] = sign·signs[j]·values[places[j]], all but the places floats. */
export function gatherSigned(values: usize, places: usize, signs: usize, sign: f32, out: usize, n: i32): void {
  const factor = f32x4.splat(sign);
  const whole = out + ((<usize>(n & ~3)) << 2);
  while (out < whole) {
    let four = v128.load32_zero(values + ((<usize>load<i32>(places)) << 2));
    four = v128.load32_lane(values + ((<usize>load<i32>(places, 4)) << 2), four, 1);
    four = v128.load32_lane(values + ((<usize>load<i32>(places, 8)) << 2), four, 2);
    four = v128.load32_lane(values + ((<usize>load<i32>(places, 12)) << 2), four, 3);
    v128.store(out, f32x4.mul(f32x4.mul(factor, v128.load(signs)), four));
    places += 16;
    signs += 16;
    out += 16;
  }
  for (let j = n & ~3; j < n; j++) {
    store<f32>(out, sign * load<f32>(signs) * load<f32>(values + ((<usize>load<i32>(places)) << 2)));
    places += 4;
    signs += 4;
    out += 4;
  }
}

/** values[j] = exp(−gamma·(square + squares[j] − 2·values[j])). */
export function gaussians(values: usize, squares: usize, square: f64, gamma: f64, n: i32): void {
  const own = f64x2.splat(square);
  const factor = f64x2.splat(-gamma);
  const limit = f64x2.splat(700);
  const whole = values + ((<usize>(n & ~1)) << 3);
  const end = values + ((<usize>n) << 3);
  while (values < whole) {
    const product = v128.load(values);
    const x = f64x2.mul(factor, f64x2.sub(f64x2.add(own, v128.load(squares)), f64x2.add(product, product)));
    if (i64x2.all_true(f64x2.le(f64x2.abs(x), limit))) v128.store(values, exp2(x));
    else {
      store<f64>(values, exp(f64x2.extract_lane(x, 0)));
      store<f64>(values, exp(f64x2.extract_lane(x, 1)), 8);
    }
    values += 16;
    squares += 16;
  }
  if (values < end) store<f64>(values, exp(-gamma * (square + load<f64>(squares) - 2 * load<f64>(values))));
}

/** The last t at which up[t] − y[t]·gradient[t] is largest; −1 where all are −∞. */
export function mostViolating(y: usize, gradient: usize, up: usize, n: i32): i32 {
  let best = f64x2.splat(-Infinity);
  let at = f64x2.splat(-1);
  let index = f64x2(0, 1);
  const two = f64x2.splat(2);
  const whole = y + ((<usize>(n & ~1)) << 3);
  while (y < whole) {
    const value = f64x2.sub(v128.load(up), f64x2.mul(v128.load(y), v128.load(gradient)));
    const isBetter = f64x2.ge(value, best);
    best = f64x2.pmax(best, value);
    at = v128.bitselect(index, at, isBetter);
    index = f64x2.add(index, two);
    y += 16;
    gradient += 16;
    up += 16;
  }
  let largest = f64x2.extract_lane(best, 0);
  let last = f64x2.extract_lane(at, 0);
  const other = f64x2.extract_lane(best, 1);
  if (other > largest || (other == largest && f64x2.extract_lane(at, 1) > last)) {
    largest = other;
    last = f64x2.extract_lane(at, 1);
  }
  if (n & 1) {
    const value = load<f64>(up) - load<f64>(y) * load<f64>(gradient);
    if (value >= largest) {
      largest = value;
      last = <f64>(n - 1);
    }
  }
  return largest == -Infinity ? -1 : <i32>last;
}

/**
 * The last t with down[t] = 0 and gap = highest + y[t]·gradient[t] > 0 at which −gap² / curvature is smallest, where
 * curvature = own + diagonal[t] − twice·y[t]·row[t]; −1 where there is none. Writes the largest y·gradient with
 * down = 0 to `second`.
 */
export function bestPartner(
  y: usize,
  gradient: usize,
  down: usize,
  diagonal: usize,
  row: usize,
  own: f64,
  twice: f64,
  highest: f64,
  n: i32,
  second: usize,
): i32 {
  const zero = f64x2.splat(0);
  const infinite = f64x2.splat(Infinity);
  const owns = f64x2.splat(own);
  const twices = f64x2.splat(twice);
  const highests = f64x2.splat(highest);
  const least = f64x2.splat(TAU);
  let steepest = f64x2.splat(-Infinity);
  let best = infinite;
  let at = f64x2.splat(-1);
  let index = f64x2(0, 1);
  const two = f64x2.splat(2);
  const whole = y + ((<usize>(n & ~1)) << 3);
  while (y < whole) {
    const sign = v128.load(y);
    const off = v128.load(down);
    const directed = f64x2.mul(sign, v128.load(gradient));
    steepest = f64x2.pmax(steepest, f64x2.add(directed, off));
    const gap = f64x2.add(highests, directed);
    const counts = v128.and(f64x2.gt(gap, zero), f64x2.eq(off, zero));
    if (v128.any_true(counts)) {
      const q = f64x2.promote_low_f32x4(v128.load64_zero(row));
      const raw = f64x2.sub(f64x2.add(owns, v128.load(diagonal)), f64x2.mul(f64x2.mul(sign, twices), q));
      const curvature = v128.bitselect(raw, least, f64x2.gt(raw, zero));
      const change = v128.bitselect(f64x2.div(f64x2.neg(f64x2.mul(gap, gap)), curvature), infinite, counts);
      const isBetter = v128.and(f64x2.le(change, best), counts);
      best = v128.bitselect(change, best, isBetter);
      at = v128.bitselect(index, at, isBetter);
    }
    index = f64x2.add(index, two);
    y += 16;
    gradient += 16;
    down += 16;
    diagonal += 16;
    row += 8;
  }
  let smallest = f64x2.extract_lane(best, 0);
  let last = f64x2.extract_lane(at, 0);
  const other = f64x2.extract_lane(best, 1);
  if (other < smallest || (other == smallest && f64x2.extract_lane(at, 1) > last)) {
    smallest = other;
    last = f64x2.extract_lane(at, 1);
  }
  let largest = f64x2.extract_lane(steepest, 0);
  if (f64x2.extract_lane(steepest, 1) > largest) largest = f64x2.extract_lane(steepest, 1);
  if (n & 1 && load<f64>(down) == 0) {
    const directed = load<f64>(y) * load<f64>(gradient);
    if (directed > largest) largest = directed;
    const gap = highest + directed;
    if (gap > 0) {
      const raw = own + load<f64>(diagonal) - load<f64>(y) * twice * <f64>load<f32>(row);
      const change = -(gap * gap) / (raw > 0 ? raw : TAU);
      if (change <= smallest) last = <f64>(n - 1);
    }
  }
  store<f64>(second, largest);
  return <i32>last;
}

/** sums[j] += a·x[j] + b·y[j] for rows x, y of floats. */
export function addTwoRows(sums: usize, x: usize, a: f64, y: usize, b: f64, n: i32): void {
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  const whole = sums + ((<usize>(n & ~1)) << 3);
  while (sums < whole) {
    const p = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(x)), as);
    const q = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(y)), bs);
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.add(p, q)));
    sums += 16;
    x += 8;
    y += 8;
  }
  if (n & 1) store<f64>(sums, load<f64>(sums) + (<f64>load<f32>(x) * a + <f64>load<f32>(y) * b));
}
