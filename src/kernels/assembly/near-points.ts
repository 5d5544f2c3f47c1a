/**
 * Points near queries: comparing with all of them, or going down a tree. Twin: ../twins/near-points.ts, which finds the same
 * by plain comparison.
 *
 * It is compiled for fused multiply-add too: what is found does not depend on it, as doubles decide.
 *
 * Points are told apart by the sum over columns, one after the other, of squared or absolute differences in doubles (METRICS).
 */
import { nmaddSingles } from './madd.ts';

/** Points of a panel of singles and of one of doubles; queries that meet a panel at once. */
const SINGLES: i32 = 8;
const DOUBLES: i32 = 4;
const GROUP: i32 = 4;
/** Groups of queries that go through all points together, and bytes of points that they meet in turn: these stay in the caches. */
const GROUPS: i32 = 16;
const CHUNK: i32 = 131_072;

/** Kinds of distance. */
const SQUARES: i32 = 0;
const ABSOLUTES: i32 = 1;

/** Element i of a list of 32-bit integers: offsets, or addresses. */
// @ts-ignore: decorator
@inline
function at32(list: usize, i: i32): usize {
  return <usize>load<u32>(list + ((<usize>i) << 2));
}

/** A single that is not below x. */
// @ts-ignore: decorator
@inline
function singleAbove(x: f64): f32 {
  return <f32>(x + abs(x) * 2.384185791015625e-7);
}

/** Whether the pair (value, row) comes after pair i of a heap. */
// @ts-ignore: decorator
@inline
function isAfter(value: f64, row: i32, values: usize, rows: usize, i: i32): bool {
  const other = load<f64>(values + ((<usize>i) << 3));
  return value > other || (value == other && row > load<i32>(rows + ((<usize>i) << 2)));
}

// @ts-ignore: decorator
@inline
function setPair(value: f64, row: i32, values: usize, rows: usize, i: i32): void {
  store<f64>(values + ((<usize>i) << 3), value);
  store<i32>(rows + ((<usize>i) << 2), row);
}

// @ts-ignore: decorator
@inline
function movePair(values: usize, rows: usize, from: i32, to: i32): void {
  setPair(load<f64>(values + ((<usize>from) << 3)), load<i32>(rows + ((<usize>from) << 2)), values, rows, to);
}

/** Adds a pair to a heap of `count` pairs, by value and then row, the last in front, of which the first k are kept. @returns how many there are then */
function keepPair(value: f64, row: i32, count: i32, k: i32, values: usize, rows: usize): i32 {
  if (count == k) {
    if (!isAfter(value, row, values, rows, 0)) sinkPair(value, row, values, rows, k);
    return k;
  }
  let at = count;
  for (; at > 0 && isAfter(value, row, values, rows, (at - 1) >> 1); at = (at - 1) >> 1) movePair(values, rows, (at - 1) >> 1, at);
  setPair(value, row, values, rows, at);
  return count + 1;
}

/** Puts a pair in the place of the first of `count` and lets it sink. */
function sinkPair(value: f64, row: i32, values: usize, rows: usize, count: i32): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && isAfter(load<f64>(values + ((<usize>child) << 3), 8), load<i32>(rows + ((<usize>child) << 2), 4), values, rows, child)) child++;
    if (isAfter(value, row, values, rows, child)) break;
    movePair(values, rows, child, at);
    at = child;
  }
  setPair(value, row, values, rows, at);
}

/** Puts the pairs of a heap in ascending order. */
function sortPairs(values: usize, rows: usize, count: i32): void {
  for (let last = count - 1; last > 0; last--) {
    const value = load<f64>(values + ((<usize>last) << 3));
    const row = load<i32>(rows + ((<usize>last) << 2));
    movePair(values, rows, 0, last);
    sinkPair(value, row, values, rows, last);
  }
}

/** Σ (a − b)² over columns, one after the other. */
function squaredDistance(a: usize, b: usize, cols: i32): f64 {
  const end = a + ((<usize>cols) << 3);
  let sum: f64 = 0;
  for (; a < end; a += 8, b += 8) {
    const gap = load<f64>(a) - load<f64>(b);
    sum += gap * gap;
  }
  return sum;
}

/**
 * For queries of the groups of four from … to − 1: with k > 0 the k points of the smallest squared distances; with k = 0 all
 * points within the squared distance `radius`. With `others`, not counting the point of the query's own number.
 *
 * Points are looked at in singles first, by ½‖p‖² − q·p of points and queries that are shifted and scaled (`factor` is half the
 * square of the scale), less what rounding can hide: whatever may be near enough is then compared in doubles.
 *
 * `task` holds addresses: points and queries in doubles; the points' singles in panels of eight, element (column, lane) at
 * 8·column + lane, and what is less than ½‖p‖² by enough, ∞ past the last; the queries' singles in groups of four, likewise;
 * for each query what its limit is to be raised by; where distances and rows go, how many a query has, and, with k = 0, where each
 * query's begin (0 for the addresses of distances and rows where they are only to be counted).
 * `room`, for one thread: a single for each query of GROUPS groups.
 */
export function comparePoints(from: i32, to: i32, queries: i32, points: i32, cols: i32, k: i32, others: i32, factor: f64, radius: f64, task: usize, room: usize): void {
  const panels = (points + SINGLES - 1) / SINGLES;
  const bytes = (<usize>cols) << 5;
  const step = max(1, CHUNK / <i32>bytes);
  for (let first = from; first < to; first += GROUPS) {
    const last = min(to, first + GROUPS);
    for (let q = first * GROUP; q < last * GROUP; q++) {
      // Past the last query nothing is near.
      let limit: f32 = -Infinity;
      if (q < queries) {
        limit = k > 0 ? Infinity : singleAbove(radius * factor + load<f64>(at32(task, 5) + ((<usize>q) << 3)));
        store<i32>(at32(task, 8) + ((<usize>q) << 2), 0);
      }
      store<f32>(room + ((<usize>(q - first * GROUP)) << 2), limit);
    }
    for (let chunk = 0; chunk < panels; chunk += step) {
      const end = min(panels, chunk + step);
      for (let g = first; g < last; g++) {
        compareGroup(g, chunk, end, queries, points, cols, k, others, factor, radius, task, room + ((<usize>(g - first)) << 4));
      }
    }
    if (k == 0) continue;
    for (let q = first * GROUP; q < min(queries, last * GROUP); q++) {
      sortPairs(at32(task, 6) + ((<usize>q * <usize>k) << 3), at32(task, 7) + ((<usize>q * <usize>k) << 2), load<i32>(at32(task, 8) + ((<usize>q) << 2)));
    }
  }
}

/** Compares four queries with panels from … to − 1. */
function compareGroup(g: i32, from: i32, to: i32, queries: i32, points: i32, cols: i32, k: i32, others: i32, factor: f64, radius: f64, task: usize, limits: usize): void {
  const bytes = (<usize>cols) << 5;
  const group = at32(task, 4) + (<usize>g * (bytes >> 1));
  const halves = at32(task, 3);
  let y = at32(task, 2) + <usize>from * bytes;
  for (let panel = from; panel < to; panel++) {
    let x = group;
    const end = y + bytes;
    let s00 = v128.load(halves + ((<usize>panel) << 5));
    let s01 = v128.load(halves + ((<usize>panel) << 5), 16);
    let s10 = s00;
    let s11 = s01;
    let s20 = s00;
    let s21 = s01;
    let s30 = s00;
    let s31 = s01;
    do {
      const y0 = v128.load(y);
      const y1 = v128.load(y, 16);
      const f0 = v128.load32_splat(x);
      s00 = nmaddSingles(f0, y0, s00);
      s01 = nmaddSingles(f0, y1, s01);
      const f1 = v128.load32_splat(x, 4);
      s10 = nmaddSingles(f1, y0, s10);
      s11 = nmaddSingles(f1, y1, s11);
      const f2 = v128.load32_splat(x, 8);
      s20 = nmaddSingles(f2, y0, s20);
      s21 = nmaddSingles(f2, y1, s21);
      const f3 = v128.load32_splat(x, 12);
      s30 = nmaddSingles(f3, y0, s30);
      s31 = nmaddSingles(f3, y1, s31);
      x += 16;
      y += 32;
    } while (y < end);
    // What is not above its limit may be near, a sum that overflowed too.
    const l0 = v128.load32_splat(limits);
    const l1 = v128.load32_splat(limits, 4);
    const l2 = v128.load32_splat(limits, 8);
    const l3 = v128.load32_splat(limits, 12);
    const o0 = v128.and(f32x4.gt(s00, l0), f32x4.gt(s01, l0));
    const o1 = v128.and(f32x4.gt(s10, l1), f32x4.gt(s11, l1));
    const o2 = v128.and(f32x4.gt(s20, l2), f32x4.gt(s21, l2));
    const o3 = v128.and(f32x4.gt(s30, l3), f32x4.gt(s31, l3));
    if (i32x4.all_true(v128.and(v128.and(o0, o1), v128.and(o2, o3)))) continue;
    const q = g * GROUP;
    const j = panel * SINGLES;
    if (!i32x4.all_true(o0)) takeNear(q, j, masked(s00, s01, l0), queries, points, cols, k, others, factor, radius, task, limits);
    if (!i32x4.all_true(o1)) takeNear(q + 1, j, masked(s10, s11, l1), queries, points, cols, k, others, factor, radius, task, limits + 4);
    if (!i32x4.all_true(o2)) takeNear(q + 2, j, masked(s20, s21, l2), queries, points, cols, k, others, factor, radius, task, limits + 8);
    if (!i32x4.all_true(o3)) takeNear(q + 3, j, masked(s30, s31, l3), queries, points, cols, k, others, factor, radius, task, limits + 12);
  }
}

/** A bit for each lane that is not above the limit. */
// @ts-ignore: decorator
@inline
function masked(low: v128, high: v128, limit: v128): i32 {
  return (i32x4.bitmask(f32x4.gt(low, limit)) | (i32x4.bitmask(f32x4.gt(high, limit)) << 4)) ^ 255;
}

/** Compares query q in doubles with the points from j on that have a bit in `mask`, and keeps those that are near. */
function takeNear(q: i32, j: i32, mask: i32, queries: i32, points: i32, cols: i32, k: i32, others: i32, factor: f64, radius: f64, task: usize, limit: usize): void {
  if (q >= queries) return;
  const row = (<usize>cols) << 3;
  const query = at32(task, 1) + <usize>q * row;
  const counts = at32(task, 8) + ((<usize>q) << 2);
  for (; mask != 0; mask &= mask - 1) {
    const point = j + ctz(mask);
    if (point >= points || (others && point == q)) continue;
    const distance = squaredDistance(query, at32(task, 0) + <usize>point * row, cols);
    const count = load<i32>(counts);
    if (k == 0) {
      if (distance <= radius) store<i32>(counts, noteNear(distance, point, q, count, task));
      continue;
    }
    const values = at32(task, 6) + ((<usize>q * <usize>k) << 3);
    const now = keepPair(distance, point, count, k, values, at32(task, 7) + ((<usize>q * <usize>k) << 2));
    store<i32>(counts, now);
    if (now == k) store<f32>(limit, singleAbove(load<f64>(values) * factor + load<f64>(at32(task, 5) + ((<usize>q) << 3))));
  }
}

/** Writes a point that is within the radius of query q, unless they are only counted. @returns how many there are then */
function noteNear(distance: f64, point: i32, q: i32, count: i32, task: usize): i32 {
  const values = at32(task, 6);
  if (values) {
    const to = at32(at32(task, 9), q) + <usize>count;
    store<f64>(values + (to << 3), distance);
    store<i32>(at32(task, 7) + (to << 2), point);
  }
  return count + 1;
}

/**
 * As comparePoints, for queries from … to − 1 and any metric, by a tree: node n's children are 2n + 1 and 2n + 2, leaves are on the
 * last level. Boxes that are farther than the worst point kept are passed over.
 *
 * `task` holds addresses: the leaves' points in doubles, panel after panel of four, ∞ past a leaf's last; queries; where each
 * leaf's panels begin, and the last ones end; the row number of each place in a panel; for each node but the leaves, four
 * doubles a column, the lowest value left and right and the highest left and right; nothing; and from the sixth on what comparePoints
 * has there.
 * `room`, for one thread: 16 bytes for each level.
 */
export function searchTree(from: i32, to: i32, leaves: i32, metric: i32, cols: i32, k: i32, others: i32, radius: f64, task: usize, room: usize): void {
  const inner = leaves - 1;
  const width = (<usize>cols) << 3;
  for (let q = from; q < to; q++) {
    const query = at32(task, 1) + <usize>q * width;
    let count = 0;
    let worst = k > 0 ? Infinity : radius;
    let top = room;
    let node = 0;
    let bound: f64 = 0;
    for (;;) {
      while (node < inner && bound <= worst) {
        const boxes = at32(task, 4) + <usize>node * (width << 2);
        const gaps = metric == SQUARES ? squaredGaps(query, boxes, width) : metric == ABSOLUTES ? absoluteGaps(query, boxes, width) : largestGaps(query, boxes, width);
        const left = f64x2.extract_lane(gaps, 0);
        const right = f64x2.extract_lane(gaps, 1);
        const isLeft = left <= right;
        store<f64>(top, isLeft ? right : left);
        store<i32>(top, 2 * node + (isLeft ? 2 : 1), 8);
        top += 16;
        node = 2 * node + (isLeft ? 1 : 2);
        bound = isLeft ? left : right;
      }
      if (bound <= worst) {
        count = searchLeaf(node - inner, q, query, metric, width, k, others, count, worst, task);
        if (count == k && k > 0) worst = load<f64>(at32(task, 6) + ((<usize>q * <usize>k) << 3));
      }
      if (top == room) break;
      top -= 16;
      bound = load<f64>(top);
      node = load<i32>(top, 8);
    }
    store<i32>(at32(task, 8) + ((<usize>q) << 2), count);
    if (k > 0) sortPairs(at32(task, 6) + ((<usize>q * <usize>k) << 3), at32(task, 7) + ((<usize>q * <usize>k) << 2), count);
  }
}

/** Keeps what is near in a leaf. @returns how many there are then */
function searchLeaf(leaf: i32, q: i32, query: usize, metric: i32, width: usize, k: i32, others: i32, count: i32, worst: f64, task: usize): i32 {
  const last = <i32>at32(at32(task, 2), leaf + 1);
  const values = at32(task, 6) + ((<usize>q * <usize>k) << 3);
  const kept = at32(task, 7) + ((<usize>q * <usize>k) << 2);
  for (let panel = <i32>at32(at32(task, 2), leaf); panel < last; panel++) {
    let y = at32(task, 0) + <usize>panel * (width << 2);
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    const end = query + width;
    if (metric == SQUARES) {
      for (let x = query; x < end; x += 8, y += 32) {
        const f = v128.load64_splat(x);
        const a = f64x2.sub(f, v128.load(y));
        const b = f64x2.sub(f, v128.load(y, 16));
        low = f64x2.add(low, f64x2.mul(a, a));
        high = f64x2.add(high, f64x2.mul(b, b));
      }
    } else if (metric == ABSOLUTES) {
      for (let x = query; x < end; x += 8, y += 32) {
        const f = v128.load64_splat(x);
        low = f64x2.add(low, f64x2.abs(f64x2.sub(f, v128.load(y))));
        high = f64x2.add(high, f64x2.abs(f64x2.sub(f, v128.load(y, 16))));
      }
    } else {
      for (let x = query; x < end; x += 8, y += 32) {
        const f = v128.load64_splat(x);
        low = f64x2.max(low, f64x2.abs(f64x2.sub(f, v128.load(y))));
        high = f64x2.max(high, f64x2.abs(f64x2.sub(f, v128.load(y, 16))));
      }
    }
    const limit = f64x2.splat(worst);
    let mask = i64x2.bitmask(f64x2.le(low, limit)) | (i64x2.bitmask(f64x2.le(high, limit)) << 2);
    for (; mask != 0; mask &= mask - 1) {
      const lane = ctz(mask);
      const point = <i32>at32(at32(task, 3), panel * DOUBLES + lane);
      if (point < 0 || (others && point == q)) continue;
      const pair = lane < 2 ? low : high;
      const distance = lane & 1 ? f64x2.extract_lane(pair, 1) : f64x2.extract_lane(pair, 0);
      if (k == 0) count = noteNear(distance, point, q, count, task);
      else {
        count = keepPair(distance, point, count, k, values, kept);
        if (count == k) worst = load<f64>(values);
      }
    }
  }
  return count;
}

/** How far a column of the query is from two boxes. */
// @ts-ignore: decorator
@inline
function gapOf(x: usize, box: usize): v128 {
  const value = v128.load64_splat(x);
  return f64x2.max(f64x2.splat(0), f64x2.max(f64x2.sub(v128.load(box), value), f64x2.sub(value, v128.load(box, 16))));
}

/** Distances of a query from two boxes. Summed as those from points are, so that rounding cannot lift them above that from a point in the box. */
function squaredGaps(query: usize, box: usize, width: usize): v128 {
  let sum = f64x2.splat(0);
  for (const end = query + width; query < end; query += 8, box += 32) {
    const gap = gapOf(query, box);
    sum = f64x2.add(sum, f64x2.mul(gap, gap));
  }
  return sum;
}

function absoluteGaps(query: usize, box: usize, width: usize): v128 {
  let sum = f64x2.splat(0);
  for (const end = query + width; query < end; query += 8, box += 32) sum = f64x2.add(sum, gapOf(query, box));
  return sum;
}

function largestGaps(query: usize, box: usize, width: usize): v128 {
  let largest = f64x2.splat(0);
  for (const end = query + width; query < end; query += 8, box += 32) largest = f64x2.max(largest, gapOf(query, box));
  return largest;
}
