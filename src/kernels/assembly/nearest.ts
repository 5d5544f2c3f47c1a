import { addSparseRows } from './sparse-rows.ts';
import { axpy } from './vector-operations.ts';

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

/** Element i of a list of 32-bit integers: offsets, or addresses. */
// @ts-ignore: decorator
@inline
function at32(list: usize, i: i32): usize {
  return <usize>load<u32>(list + ((<usize>i) << 2));
}

/** reduced[e] = square + squares[rows[e]] − 2·(row rows[e] of the CSR arrays whose addresses are at `csr`) · query. */
function reduceListed(count: i32, rows: usize, csr: usize, query: usize, square: f64, squares: usize, reduced: usize): void {
  listedRowsTimesVector(count, rows, at32(csr, 0), at32(csr, 1), at32(csr, 2), query, reduced);
  for (let e = 0; e < count; e++) {
    const to = reduced + ((<usize>e) << 3);
    store<f64>(to, square + load<f64>(squares + (at32(rows, e) << 3)) - 2 * load<f64>(to));
  }
}

/** Puts (value, row) in its place among the first `count` pairs, ascending by value and then row, of which at most `most` are kept. @returns how many there are then */
function insertPair(value: f64, row: i32, count: i32, most: i32, values: usize, rows: usize): i32 {
  let to = count < most ? count : most;
  for (; to > 0; to--) {
    const before = load<f64>(values + ((<usize>(to - 1)) << 3));
    const beforeRow = load<i32>(rows + ((<usize>(to - 1)) << 2));
    if (before < value || (before === value && beforeRow < row)) break;
    if (to === most) continue;
    store<f64>(values + ((<usize>to) << 3), before);
    store<i32>(rows + ((<usize>to) << 2), beforeRow);
  }
  if (to < most) {
    store<f64>(values + ((<usize>to) << 3), value);
    store<i32>(rows + ((<usize>to) << 2), row);
  }
  return min(count + 1, most);
}

/**
 * For queries from … to − 1 the k + 1 rows of n with the smallest reduced distances, as src/neighbors/sparse-comparison.ts
 * finds them; with `others`, not counting the row of the query's own number.
 *
 * `task` holds addresses: three each of the CSR arrays of the queries' rare columns, the whole queries, the rows by rare
 * column, and the whole rows; then the rows' squares and the lengths of their common parts; three numbers for each query, its
 * square, slack and error; and where distances, rows and counts go, k + 1 of each, and one, for a query.
 * `room`, for one thread: 2n + 2k doubles, 2n integers, and a query with all its zeros, which stays zero.
 */
export function nearestRows(from: i32, to: i32, n: i32, k: i32, others: i32, task: usize, room: usize): void {
  const squares = at32(task, 12);
  const norms = at32(task, 13);
  const most = k + 1;
  const bounds = room;
  const reduced = bounds + ((<usize>n) << 3);
  const smallest = reduced + ((<usize>n) << 3);
  const list = smallest + ((<usize>k) << 4);
  const query = list + ((<usize>n) << 3);
  for (let i = from; i < to; i++) {
    const facts = at32(task, 14) + <usize>i * 24;
    const square = load<f64>(facts);
    const slack = load<f64>(facts, 8);
    const values = at32(task, 15) + ((<usize>i * <usize>most) << 3);
    const rows = at32(task, 16) + ((<usize>i * <usize>most) << 2);
    memory.fill(bounds, 0, (<usize>n) << 3);
    const rare = at32(at32(task, 0), i);
    addSparseRows(<i32>(at32(at32(task, 0), i + 1) - rare), at32(task, 1) + (rare << 2), at32(task, 2) + (rare << 3), at32(task, 6), at32(task, 7), at32(task, 8), bounds);
    productsToBounds(bounds, squares, square, norms, slack / 2, n);
    if (others) store<f64>(bounds + ((<usize>i) << 3), Infinity);
    // The whole query, spread out for products with whole rows.
    const start = at32(at32(task, 3), i);
    const end = at32(at32(task, 3), i + 1);
    for (let p = start; p < end; p++) store<f64>(query + (at32(at32(task, 4), <i32>p) << 3), load<f64>(at32(task, 5) + (p << 3)));
    // Rows that look nearest settle how far the k-th nearest can be at most. More than k, since looks deceive.
    const looked = listSmallest(bounds, n, min(2 * k, n), smallest, list);
    reduceListed(looked, list, task + 36, query, square, squares, reduced);
    let count = 0;
    for (let e = 0; e < looked; e++) count = insertPair(load<f64>(reduced + ((<usize>e) << 3)), load<i32>(list + ((<usize>e) << 2)), count, most, values, rows);
    const limit = load<f64>(values + ((<usize>(min(k, count) - 1)) << 3)) + 2 * load<f64>(facts, 16);
    for (let e = 0; e < looked; e++) store<f64>(bounds + (at32(list, e) << 3), Infinity);
    axpy(-slack, norms, bounds, n);
    const found = listWithin(bounds, n, limit, list);
    reduceListed(found, list, task + 36, query, square, squares, reduced);
    for (let e = 0; e < found; e++) count = insertPair(load<f64>(reduced + ((<usize>e) << 3)), load<i32>(list + ((<usize>e) << 2)), count, most, values, rows);
    store<i32>(at32(task, 17) + ((<usize>i) << 2), count);
    for (let p = start; p < end; p++) store<f64>(query + (at32(at32(task, 4), <i32>p) << 3), 0);
  }
}
