/** Pointers are byte addresses, lengths are elements. Twin: ../twins/vector-operations.ts. */

/** Σ x[i]·y[i] in eight lanes. */
export function dot(x: usize, y: usize, n: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  const whole = x + ((<usize>(n & ~7)) << 3);
  const end = x + ((<usize>n) << 3);
  while (x < whole) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  let first = f64x2.extract_lane(a, 0);
  while (x < end) {
    first += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return (
    first +
    f64x2.extract_lane(a, 1) +
    (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1)) +
    (f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1) + (f64x2.extract_lane(d, 0) + f64x2.extract_lane(d, 1)))
  );
}

/** y += alpha·x. */
export function axpy(alpha: f64, x: usize, y: usize, n: i32): void {
  const factor = f64x2.splat(alpha);
  const whole = x + ((<usize>(n & ~3)) << 3);
  const end = x + ((<usize>n) << 3);
  while (x < whole) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(factor, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(factor, v128.load(x, 16))), 16);
    x += 32;
    y += 32;
  }
  while (x < end) {
    store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
    x += 8;
    y += 8;
  }
}

/** out = alpha·x; out may be x. */
export function scale(alpha: f64, x: usize, out: usize, n: i32): void {
  const factor = f64x2.splat(alpha);
  const whole = x + ((<usize>(n & ~3)) << 3);
  const end = x + ((<usize>n) << 3);
  while (x < whole) {
    const low = f64x2.mul(factor, v128.load(x));
    const high = f64x2.mul(factor, v128.load(x, 16));
    v128.store(out, low);
    v128.store(out, high, 16);
    x += 32;
    out += 32;
  }
  while (x < end) {
    store<f64>(out, alpha * load<f64>(x));
    x += 8;
    out += 8;
  }
}

/** out = x. */
export function copy(x: usize, out: usize, n: i32): void {
  memory.copy(out, x, (<usize>n) << 3);
}

/** max |x[i]|, 0 for none, NaN as soon as one element is NaN. */
export function maxAbs(x: usize, n: i32): f64 {
  // The minimum and maximum instructions that treat NaN properly are slow: NaN is looked for apart.
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let odd = i64x2.splat(0);
  const whole = x + ((<usize>(n & ~3)) << 3);
  const end = x + ((<usize>n) << 3);
  while (x < whole) {
    const low = v128.load(x);
    const high = v128.load(x, 16);
    a = f64x2.pmax(a, f64x2.abs(low));
    b = f64x2.pmax(b, f64x2.abs(high));
    odd = v128.or(odd, v128.or(f64x2.ne(low, low), f64x2.ne(high, high)));
    x += 32;
  }
  if (v128.any_true(odd)) return NaN;
  a = f64x2.pmax(a, b);
  let largest = max<f64>(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
  while (x < end) {
    largest = max<f64>(largest, abs<f64>(load<f64>(x)));
    x += 8;
  }
  return largest;
}

/** Σ x[i] by halving down to runs of at most 128, summed in eight lanes: numpy's order. */
export function pairwiseSum(x: usize, n: i32): f64 {
  if (n < 8) {
    let sum: f64 = 0;
    for (let i = 0; i < n; i++) sum += load<f64>(x + ((<usize>i) << 3));
    return sum;
  }
  if (n <= 128) {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    let c = v128.load(x, 32);
    let d = v128.load(x, 48);
    const whole = x + ((<usize>(n & ~7)) << 3);
    const end = x + ((<usize>n) << 3);
    x += 64;
    while (x < whole) {
      a = f64x2.add(a, v128.load(x));
      b = f64x2.add(b, v128.load(x, 16));
      c = f64x2.add(c, v128.load(x, 32));
      d = f64x2.add(d, v128.load(x, 48));
      x += 64;
    }
    let sum =
      f64x2.extract_lane(a, 0) +
      f64x2.extract_lane(a, 1) +
      (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1)) +
      (f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1) + (f64x2.extract_lane(d, 0) + f64x2.extract_lane(d, 1)));
    while (x < end) {
      sum += load<f64>(x);
      x += 8;
    }
    return sum;
  }
  let half = n >> 1;
  half -= half & 7;
  return pairwiseSum(x, half) + pairwiseSum(x + ((<usize>half) << 3), n - half);
}

/** Elements of each vector that are moved before the next vector's, so that what is written stays in the cache. */
const TILE: i32 = 64;

/** out[i·k + c] = x_c[i] for k vectors of n elements; `vectors` holds their addresses. */
export function interleave(vectors: usize, n: i32, k: i32, out: usize): void {
  const width = (<usize>k) << 3;
  for (let from = 0; from < n; from += TILE) {
    const to = min(from + TILE, n);
    for (let c = 0; c < k; c++) {
      const x = load<usize>(vectors + ((<usize>c) << 2));
      let q = out + <usize>from * width + ((<usize>c) << 3);
      for (let i = from; i < to; i++, q += width) store<f64>(q, load<f64>(x + ((<usize>i) << 3)));
    }
  }
}

/** x_c[i] = values[i·k + c], the way back. */
export function separate(values: usize, n: i32, k: i32, vectors: usize): void {
  const width = (<usize>k) << 3;
  for (let from = 0; from < n; from += TILE) {
    const to = min(from + TILE, n);
    for (let c = 0; c < k; c++) {
      const x = load<usize>(vectors + ((<usize>c) << 2));
      let q = values + <usize>from * width + ((<usize>c) << 3);
      for (let i = from; i < to; i++, q += width) store<f64>(x + ((<usize>i) << 3), load<f64>(q));
    }
  }
}
