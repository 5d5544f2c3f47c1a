/** Parts of the search for nearest rows. Twin: ../twins/nearest.ts. */

/** values[j] = square + squares[j] − 2·(values[j] + slack·norms[j]). */
export function productsToBounds(values: usize, squares: usize, square: f64, norms: usize, slack: f64, n: i32): void {
  const own = f64x2.splat(square);
  const slacks = f64x2.splat(slack);
  const whole = values + ((<usize>(n & ~1)) << 3);
  while (values < whole) {
    const most = f64x2.add(v128.load(values), f64x2.mul(slacks, v128.load(norms)));
    v128.store(values, f64x2.sub(f64x2.add(own, v128.load(squares)), f64x2.add(most, most)));
    values += 16;
    squares += 16;
    norms += 16;
  }
  if (n & 1) store<f64>(values, square + load<f64>(squares) - 2 * (load<f64>(values) + slack * load<f64>(norms)));
}

/** The first j ≥ from with values[j] ≤ limit; n where there is none. */
function nextWithin(values: usize, from: i32, n: i32, limit: f64): i32 {
  const limits = f64x2.splat(limit);
  let j = from;
  let at = values + ((<usize>from) << 3);
  for (; j + 3 < n; j += 4) {
    const low = f64x2.le(v128.load(at), limits);
    const high = f64x2.le(v128.load(at, 16), limits);
    if (v128.any_true(v128.or(low, high))) break;
    at += 32;
  }
  for (; j < n; j++) {
    if (load<f64>(at) <= limit) return j;
    at += 8;
  }
  return n;
}

/** Lists, as 32-bit integers, every j with values[j] ≤ limit. @returns how many */
export function listWithin(values: usize, n: i32, limit: f64, list: usize): i32 {
  let count = 0;
  for (let j = nextWithin(values, 0, n, limit); j < n; j = nextWithin(values, j + 1, n, limit)) {
    store<i32>(list + ((<usize>count) << 2), j);
    count++;
  }
  return count;
}

/**
 * Lists the k smallest values, ascending, the lower index first among equals, and their indices; infinite ones are left
 * out. @returns how many
 */
export function listSmallest(values: usize, n: i32, k: i32, smallest: usize, indices: usize): i32 {
  let count = 0;
  let limit: f64 = 1.7976931348623157e308;
  for (let j = nextWithin(values, 0, n, limit); j < n; j = nextWithin(values, j + 1, n, limit)) {
    const value = load<f64>(values + ((<usize>j) << 3));
    if (count == k && value >= limit) continue;
    let at = count < k ? count++ : k - 1;
    for (; at > 0 && load<f64>(smallest + ((<usize>(at - 1)) << 3)) > value; at--) {
      store<f64>(smallest + ((<usize>at) << 3), load<f64>(smallest + ((<usize>(at - 1)) << 3)));
      store<i32>(indices + ((<usize>at) << 2), load<i32>(indices + ((<usize>(at - 1)) << 2)));
    }
    store<f64>(smallest + ((<usize>at) << 3), value);
    store<i32>(indices + ((<usize>at) << 2), j);
    if (count == k) limit = load<f64>(smallest + ((<usize>(k - 1)) << 3));
  }
  return count;
}

/** out[e] = Σ data·w over CSR row rows[e]. */
export function listedRowsTimesVector(count: i32, rows: usize, indptr: usize, indices: usize, data: usize, w: usize, out: usize): void {
  for (let e = 0; e < count; e++) {
    const at = indptr + ((<usize>load<u32>(rows + ((<usize>e) << 2))) << 2);
    const start = load<i32>(at);
    let c = indices + ((<usize>start) << 2);
    const end = indices + ((<usize>load<i32>(at, 4)) << 2);
    let d = data + ((<usize>start) << 3);
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    const whole = c + ((end - c) & ~15);
    for (; c < whole; c += 16) {
      s0 += load<f64>(d) * load<f64>(w + ((<usize>load<u32>(c)) << 3));
      s1 += load<f64>(d, 8) * load<f64>(w + ((<usize>load<u32>(c, 4)) << 3));
      s2 += load<f64>(d, 16) * load<f64>(w + ((<usize>load<u32>(c, 8)) << 3));
      s3 += load<f64>(d, 24) * load<f64>(w + ((<usize>load<u32>(c, 12)) << 3));
      d += 32;
    }
    for (; c < end; c += 4) {
      s0 += load<f64>(d) * load<f64>(w + ((<usize>load<u32>(c)) << 3));
      d += 8;
    }
    store<f64>(out + ((<usize>e) << 3), s0 + s1 + (s2 + s3));
  }
}
