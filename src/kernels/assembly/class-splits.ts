import { log } from './elementary.ts';
import { isClose } from './mean-splits.ts';

/**
 * The best split of a node by one column, for classes and whole-numbered weights: sums are then exact in whatever order
 * they are built, so that rows need not be sorted where their ranks can be counted. What it finds is what src/tree's
 * BestSplitter and ClassCriterion find, which are its twin.
 */

@inline
function rankAt(ranks: usize, wide: bool, row: usize): i32 {
  return wide ? load<i32>(ranks + (row << 2)) : <i32>load<u16>(ranks + (row << 1));
}

/**
 * Adds up the weights of the classes of samples[start … end). notes: u32 by sample, weight · 2¹⁶ + class; totals: k × f64.
 * @returns the weight of all
 */
export function sumClasses(notes: usize, start: i32, end: i32, totals: usize, k: i32): f64 {
  let sum: u64 = 0;
  if (k == 2) {
    let second: u64 = 0;
    for (let p = <usize>start; p < <usize>end; p++) {
      const note = load<u32>(notes + (p << 2));
      sum += note >> 16;
      second += (note >> 16) * (note & 1);
    }
    store<f64>(totals, <f64>(sum - second));
    store<f64>(totals, <f64>second, 8);
    return <f64>sum;
  }
  memory.fill(totals, 0, (<usize>k) << 3);
  for (let p = <usize>start; p < <usize>end; p++) {
    const note = load<u32>(notes + (p << 2));
    const at = totals + ((<usize>(note & 0xffff)) << 3);
    store<f64>(at, load<f64>(at) + <f64>(note >> 16));
    sum += note >> 16;
  }
  return <f64>sum;
}

/**
 * partitionByRank of split-keys.ts with the notes, keeping the order on both sides: rows that ascend are read faster.
 * spare: 8 bytes a sample.
 */
export function partitionCounted(
  ranks: usize,
  wide: bool,
  base: i32,
  missing: i32,
  samples: usize,
  notes: usize,
  start: i32,
  end: i32,
  cut: i32,
  missingLeft: bool,
  spare: usize,
): i32 {
  const n = <usize>(end - start);
  const noteOffset = notes - samples;
  const spareOffset = n << 2;
  let left = samples + ((<usize>start) << 2);
  let right = spare;
  const last = samples + ((<usize>end) << 2);
  // Both sides are written each time, and only one of them moves on: there is nothing to predict.
  for (let at = left; at < last; at += 4) {
    const row = load<u32>(at);
    const note = load<u32>(at + noteOffset);
    const key = rankAt(ranks, wide, <usize>row) + base;
    const goesLeft = <usize>select<i32>(missingLeft, i32(key <= cut), key == missing);
    store<u32>(left, row);
    store<u32>(left + noteOffset, note);
    store<u32>(right, row);
    store<u32>(right + spareOffset, note);
    left += goesLeft << 2;
    right += (1 - goesLeft) << 2;
  }
  const moved = right - spare;
  memory.copy(left, spare, moved);
  memory.copy(left + noteOffset, spare + spareOffset, moved);
  return <i32>((left - samples) >> 2);
}

/** What `search` keeps between candidates; one search at a time. */
let leftWeight: f64 = 0;
let leftSquares: f64 = 0;
let rightSquares: f64 = 0;

/** Moves a weight of one class to the left. Squares of whole numbers: exact, as if added up anew. */
@inline
function moveLeft(left: usize, totals: usize, code: usize, w: f64): void {
  const at = left + (code << 3);
  const l = load<f64>(at);
  const r = load<f64>(totals + (code << 3)) - l;
  leftSquares += w * (l + l + w);
  rightSquares += w * (w - r - r);
  store<f64>(at, l + w);
  leftWeight += w;
}

/** The state after `sum` of weight, `second` of it in the second of two classes, has moved left. */
@inline
function setPair(left: usize, totals: usize, sum: u32, second: u32): void {
  const l1 = <f64>second;
  const l0 = <f64>(sum - second);
  const r0 = load<f64>(totals) - l0;
  const r1 = load<f64>(totals, 8) - l1;
  store<f64>(left, l0);
  store<f64>(left, l1, 8);
  leftWeight = <f64>sum;
  leftSquares = l0 * l0 + l1 * l1;
  rightSquares = r0 * r0 + r1 * r1;
}

/** Of one side's classes, in bits. */
export function entropy(left: usize, totals: usize, k: i32, weight: f64, isRight: bool): f64 {
  let sum: f64 = 0;
  for (let c: usize = 0; c < <usize>k; c++) {
    const l = load<f64>(left + (c << 3));
    const w = isRight ? load<f64>(totals + (c << 3)) - l : l;
    if (w > 0) {
      const share = w / weight;
      sum -= share * (log(share) / 0.6931471805599453);
    }
  }
  return sum;
}

@inline
function proxy(left: usize, totals: usize, k: i32, rightWeight: f64, isGini: bool): f64 {
  if (isGini) {
    const right = 1 - rightSquares / (rightWeight * rightWeight);
    return -rightWeight * right - leftWeight * (1 - leftSquares / (leftWeight * leftWeight));
  }
  return -rightWeight * entropy(left, totals, k, rightWeight, true) - leftWeight * entropy(left, totals, k, leftWeight, false);
}

/**
 * Whether a Gini split that puts `sum` of weight to the left, `second` of it in the second of two classes, is plainly no
 * better: the proxy is Σ squares / weight of both sides less the weight of all, and what
 * rounding does to it is far below the allowance.
 */
@inline
function isPlainlyWorse(totals: usize, sum: u32, second: u32, weight: f64, bestProxy: f64): bool {
  const l = <f64>sum;
  const r = weight - l;
  const l1 = <f64>second;
  const l0 = l - l1;
  const r0 = load<f64>(totals) - l0;
  const r1 = load<f64>(totals, 8) - l1;
  return (l0 * l0 + l1 * l1) * r + (r0 * r0 + r1 * r1) * l < (bestProxy + weight * 0.9999999999) * (l * r);
}

@inline
function restart(left: usize, totals: usize, k: i32): void {
  memory.fill(left, 0, (<usize>k) << 3);
  leftWeight = 0;
  leftSquares = 0;
  rightSquares = 0;
  for (let c: usize = 0; c < <usize>k; c++) {
    const t = load<f64>(totals + (c << 3));
    rightSquares += t * t;
  }
}

/**
 * Looks at one column.
 *
 * ranks: u16 or, if `wide`, i32 by row, to which `base` is added; `missing` is the rank of a missing value. notes, totals
 * and `weight` as for sumClasses. lows, highs: f32 by rank, the least and
 * the greatest value, if some ranks are too close to be parted, else 0.
 * scratch: 16 bytes for each of end − start samples, 4 · (k + 1) for each of as many ranks, 8k for the missing, 8k for the
 * left, and 1024 more. best: f64 proxy of the best so far; then, written if beaten: i32 samples to the left, highest rank
 * to the left, lowest to the right (−1: only missing values), whether missing values go left; f64 the number of missing
 * values is always written.
 * @returns 0 if the column is constant, 1 if it holds nothing better, 2 if it does
 */
export function searchClasses(
  ranks: usize,
  wide: bool,
  base: i32,
  missing: i32,
  samples: usize,
  notes: usize,
  start: i32,
  end: i32,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  scratch: usize,
  best: usize,
): i32 {
  const n = end - start;
  const left = scratch;
  const absent = left + ((<usize>k) << 3);
  const buckets = absent + ((<usize>k) << 3);
  const items = buckets + 1024 + (<usize>n) * 4 * (<usize>(k + 1));
  const spare = items + ((<usize>n) << 3);
  memory.fill(absent, 0, (<usize>k) << 3);

  // Rank · 2³² + weight · 2¹⁶ + class of every sample that has a value.
  let low: i32 = i32.MAX_VALUE;
  let high: i32 = -1;
  let present = 0;
  for (let p = <usize>start; p < <usize>end; p++) {
    const rank = rankAt(ranks, wide, <usize>load<u32>(samples + (p << 2))) + base;
    const note = load<u32>(notes + (p << 2));
    if (rank == missing) {
      const at = absent + ((<usize>(note & 0xffff)) << 3);
      store<f64>(at, load<f64>(at) + <f64>(note >> 16));
      continue;
    }
    low = min(low, rank);
    high = max(high, rank);
    store<u64>(items + ((<usize>present) << 3), ((<u64>rank) << 32) | <u64>note);
    present++;
  }
  const gaps = n - present;
  store<f64>(best, <f64>gaps, 24);
  if (present == 0) return 0;
  if (gaps == 0) {
    if (low == high) return 0;
    if (isClose(lows, highs, low, high)) return 0;
  }

  const range = high - low + 1;
  const isCounted = range <= present && present > 16;
  let sorted = items;
  if (isCounted) countByRank(items, present, low, range, k, buckets);
  else sorted = sortItems(items, spare, buckets, present, low, range);

  let result = 1;
  for (let pass = 0; pass < (gaps > 0 ? 2 : 1); pass++) {
    restart(left, totals, k);
    let passed = 0;
    if (pass == 1) {
      for (let c: usize = 0; c < <usize>k; c++) moveLeft(left, totals, c, load<f64>(absent + (c << 3)));
      passed = gaps;
    }
    const found = isCounted
      ? scanCounted(buckets, low, range, passed, n, left, totals, k, weight, isGini, minSamples, minWeight, lows, highs, best)
      : scanSorted(sorted, present, passed, n, left, totals, k, weight, isGini, minSamples, minWeight, lows, highs, best);
    if (found) {
      store<i32>(best, pass, 20);
      result = 2;
    }
    if (pass == 0 && gaps > 0 && consider(left, totals, k, present, n, weight, isGini, minSamples, minWeight, high, -1, best)) {
      store<i32>(best, 0, 20);
      result = 2;
    }
  }
  return result;
}

/**
 * The split that puts ranks up to `cut` to the left, and those without a value if missingLeft. scratch: 8 bytes a class; all
 * else as for searchClasses. @returns whether it is allowed and better; best is then written
 */
export function tryCut(
  ranks: usize,
  wide: bool,
  base: i32,
  missing: i32,
  samples: usize,
  notes: usize,
  start: i32,
  end: i32,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  cut: i32,
  missingLeft: bool,
  scratch: usize,
  best: usize,
): bool {
  let passed = 0;
  if (k == 2) {
    let sum: u32 = 0;
    let second: u32 = 0;
    for (let p = <usize>start; p < <usize>end; p++) {
      const rank = rankAt(ranks, wide, <usize>load<u32>(samples + (p << 2))) + base;
      const goesLeft = select<i32>(i32(missingLeft), i32(rank <= cut), rank == missing);
      const note = load<u32>(notes + (p << 2));
      const w = (note >> 16) * <u32>goesLeft;
      sum += w;
      second += w * (note & 1);
      passed += goesLeft;
    }
    setPair(scratch, totals, sum, second);
    return consider(scratch, totals, k, passed, end - start, weight, isGini, minSamples, minWeight, cut, -1, best);
  }
  restart(scratch, totals, k);
  for (let p = <usize>start; p < <usize>end; p++) {
    const rank = rankAt(ranks, wide, <usize>load<u32>(samples + (p << 2))) + base;
    if (rank == missing ? !missingLeft : rank > cut) continue;
    const note = load<u32>(notes + (p << 2));
    moveLeft(scratch, totals, <usize>(note & 0xffff), <f64>(note >> 16));
    passed++;
  }
  return consider(scratch, totals, k, passed, end - start, weight, isGini, minSamples, minWeight, cut, -1, best);
}

/** Keeps the split with `passed` of n samples to the left if it is allowed and better. */
@inline
function consider(
  left: usize,
  totals: usize,
  k: i32,
  passed: i32,
  n: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  cut: i32,
  next: i32,
  best: usize,
): bool {
  if (passed < minSamples || n - passed < minSamples) return false;
  const rightWeight = weight - leftWeight;
  if (leftWeight < minWeight || rightWeight < minWeight) return false;
  const value = proxy(left, totals, k, rightWeight, isGini);
  if (!(value > load<f64>(best))) return false;
  store<f64>(best, value);
  store<i32>(best, passed, 8);
  store<i32>(best, cut, 12);
  store<i32>(best, next, 16);
  return true;
}

function scanSorted(
  sorted: usize,
  present: i32,
  gaps: i32,
  n: i32,
  left: usize,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): bool {
  let found = false;
  let before = <i32>(load<u64>(sorted) >> 32);
  if (k == 2) {
    // Two classes: whole numbers in registers, squares only where a split is considered.
    let passed = <u32>leftWeight;
    let second = <u32>load<f64>(left, 8);
    for (let e = 0; e < present; e++) {
      const item = load<u64>(sorted + ((<usize>e) << 3));
      const rank = <i32>(item >> 32);
      if (rank != before) {
        if (!isClose(lows, highs, before, rank) && !(isGini && isPlainlyWorse(totals, passed, second, weight, load<f64>(best)))) {
          setPair(left, totals, passed, second);
          found = consider(left, totals, k, gaps + e, n, weight, isGini, minSamples, minWeight, before, rank, best) || found;
        }
        before = rank;
      }
      const w = <u32>(item >> 16) & 0xffff;
      passed += w;
      second += w * (<u32>item & 1);
    }
    setPair(left, totals, passed, second);
    return found;
  }
  for (let e = 0; e < present; e++) {
    const item = load<u64>(sorted + ((<usize>e) << 3));
    const rank = <i32>(item >> 32);
    if (rank != before) {
      if (!isClose(lows, highs, before, rank)) {
        found = consider(left, totals, k, gaps + e, n, weight, isGini, minSamples, minWeight, before, rank, best) || found;
      }
      before = rank;
    }
    moveLeft(left, totals, <usize>(item & 0xffff), <f64>(<u32>(item >> 16) & 0xffff));
  }
  return found;
}

/**
 * The best cut between items sorted by rank and a block of samples that are all of rank `zero`, `rest` of them, which the
 * items leave over. bar: no worse a proxy is wanted. scratch: 8k for the left, 8k for the block's classes. All else as for
 * searchClasses. @returns whether best was written
 */
export function scanAround(
  sorted: usize,
  present: i32,
  zero: i32,
  rest: i32,
  bar: f64,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  scratch: usize,
  best: usize,
): bool {
  const n = present + rest;
  const left = scratch;
  const block = left + ((<usize>k) << 3);
  const isPair = k == 2;
  let blockSum: u32 = 0;
  let blockSecond: u32 = 0;
  if (isPair) {
    blockSum = <u32>weight;
    blockSecond = <u32>load<f64>(totals, 8);
    for (let e: usize = 0; e < <usize>present; e++) {
      const note = <u32>load<u64>(sorted + (e << 3));
      blockSum -= note >> 16;
      blockSecond -= (note >> 16) * (note & 1);
    }
  } else {
    restart(left, totals, k);
    memory.copy(block, totals, (<usize>k) << 3);
    for (let e: usize = 0; e < <usize>present; e++) {
      const note = <u32>load<u64>(sorted + (e << 3));
      const at = block + ((<usize>(note & 0xffff)) << 3);
      store<f64>(at, load<f64>(at) - <f64>(note >> 16));
    }
  }
  let found = false;
  let isBlockLeft = rest > 0;
  let before = -1;
  let passed = 0;
  let sum: u32 = 0;
  let second: u32 = 0;
  for (let e = 0; e < present || isBlockLeft; ) {
    const item = e < present ? load<u64>(sorted + ((<usize>e) << 3)) : 0;
    const isBlock = isBlockLeft && (e == present || <i32>(item >> 32) > zero);
    const rank = isBlock ? zero : <i32>(item >> 32);
    if (rank != before) {
      if (before >= 0 && !isClose(lows, highs, before, rank) && !(isPair && isGini && isPlainlyWorse(totals, sum, second, weight, bar))) {
        if (isPair) setPair(left, totals, sum, second);
        found = consider(left, totals, k, passed, n, weight, isGini, minSamples, minWeight, before, rank, best) || found;
      }
      before = rank;
    }
    if (!isBlock) {
      const w = <u32>(item >> 16) & 0xffff;
      if (isPair) {
        sum += w;
        second += w * (<u32>item & 1);
      } else moveLeft(left, totals, <usize>(item & 0xffff), <f64>w);
      passed++;
      e++;
      continue;
    }
    if (isPair) {
      sum += blockSum;
      second += blockSecond;
    } else {
      for (let c: usize = 0; c < <usize>k; c++) {
        const w = load<f64>(block + (c << 3));
        if (w) moveLeft(left, totals, c, w);
      }
    }
    passed += rest;
    isBlockLeft = false;
  }
  return found;
}

/** tryCut where `side` has the weight of each class, f64, of the `count` samples on one side. */
export function trySide(
  side: usize,
  isRight: bool,
  count: i32,
  n: i32,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  cut: i32,
  scratch: usize,
  best: usize,
): bool {
  restart(scratch, totals, k);
  for (let c: usize = 0; c < <usize>k; c++) {
    const own = load<f64>(side + (c << 3));
    const w = isRight ? load<f64>(totals + (c << 3)) - own : own;
    if (w) moveLeft(scratch, totals, c, w);
  }
  return consider(scratch, totals, k, isRight ? n - count : count, n, weight, isGini, minSamples, minWeight, cut, -1, best);
}

/** scanAround for two classes where all items are of one rank: `sum` of weight, `second` of it in the second class. */
export function tryPair(
  sum: u32,
  second: u32,
  present: i32,
  rank: i32,
  zero: i32,
  rest: i32,
  bar: f64,
  totals: usize,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  scratch: usize,
  best: usize,
): bool {
  const isAbove = rank > zero;
  const left = isAbove ? <u32>weight - sum : sum;
  const leftSecond = isAbove ? <u32>load<f64>(totals, 8) - second : second;
  if (isGini && isPlainlyWorse(totals, left, leftSecond, weight, bar)) return false;
  setPair(scratch, totals, left, leftSecond);
  return consider(scratch, totals, 2, isAbove ? rest : present, present + rest, weight, isGini, minSamples, minWeight, isAbove ? zero : rank, isAbove ? rank : zero, best);
}

/** Counts[range] and sums[range × k] as u32, in `buckets`. */
function countByRank(items: usize, present: i32, low: i32, range: i32, k: i32, buckets: usize): void {
  const sums = buckets + ((<usize>range) << 2);
  memory.fill(buckets, 0, ((<usize>range) << 2) * (<usize>(k + 1)));
  for (let e = 0; e < present; e++) {
    const item = load<u64>(items + ((<usize>e) << 3));
    const at = <usize>(<i32>(item >> 32) - low);
    const count = buckets + (at << 2);
    store<u32>(count, load<u32>(count) + 1);
    const sum = sums + ((at * <usize>k + <usize>(item & 0xffff)) << 2);
    store<u32>(sum, load<u32>(sum) + (<u32>(item >> 16) & 0xffff));
  }
}

function scanCounted(
  buckets: usize,
  low: i32,
  range: i32,
  gaps: i32,
  n: i32,
  left: usize,
  totals: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): bool {
  const sums = buckets + ((<usize>range) << 2);
  let found = false;
  let before = -1;
  let passed = gaps;
  if (k == 2) {
    let sum = <u32>leftWeight;
    let second = <u32>load<f64>(left, 8);
    for (let r = 0; r < range; r++) {
      const count = load<i32>(buckets + ((<usize>r) << 2));
      if (count == 0) continue;
      if (before >= 0 && !isClose(lows, highs, low + before, low + r) && !(isGini && isPlainlyWorse(totals, sum, second, weight, load<f64>(best)))) {
        setPair(left, totals, sum, second);
        found = consider(left, totals, k, passed, n, weight, isGini, minSamples, minWeight, low + before, low + r, best) || found;
      }
      before = r;
      passed += count;
      const own = sums + ((<usize>r) << 3);
      const w = load<u32>(own, 4);
      second += w;
      sum += load<u32>(own) + w;
    }
    setPair(left, totals, sum, second);
    return found;
  }
  for (let r = 0; r < range; r++) {
    const count = load<i32>(buckets + ((<usize>r) << 2));
    if (count == 0) continue;
    if (before >= 0 && !isClose(lows, highs, low + before, low + r)) {
      found = consider(left, totals, k, passed, n, weight, isGini, minSamples, minWeight, low + before, low + r, best) || found;
    }
    before = r;
    passed += count;
    const own = sums + ((<usize>r * <usize>k) << 2);
    for (let c: usize = 0; c < <usize>k; c++) {
      const w = load<u32>(own + (c << 2));
      if (w) moveLeft(left, totals, c, <f64>w);
    }
  }
  return found;
}

/** Sorts by rank. @returns where the sorted items lie: at `items` or at `spare` */
export function sortItems(items: usize, spare: usize, buckets: usize, n: i32, low: i32, range: i32): usize {
  if (n <= 16) {
    insertionSort(items, n);
    return items;
  }
  if (n <= 256) {
    // Into about n buckets by the leading bits, then in order within each.
    const size = 1 << (31 - clz<i32>(n));
    let shift = 0;
    while ((range - 1) >> shift >= size) shift++;
    const used = ((range - 1) >> shift) + 1;
    memory.fill(buckets, 0, (<usize>used) << 2);
    distribute(items, spare, buckets, n, low, shift, used, -1);
    insertionSort(spare, n);
    return spare;
  }
  let from = items;
  let to = spare;
  for (let shift = 0; shift < 32 && (range - 1) >> shift > 0; shift += 8) {
    memory.fill(buckets, 0, 1024);
    distribute(from, to, buckets, n, low, shift, 256, 255);
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

/** One pass of a counting sort by (rank − low) >> shift & mask; keeps the order of equals. */
@inline
function distribute(from: usize, to: usize, buckets: usize, n: i32, low: i32, shift: i32, used: i32, mask: i32): void {
  for (let e = 0; e < n; e++) {
    const at = buckets + ((<usize>((<i32>(load<u64>(from + ((<usize>e) << 3)) >> 32) - low) >> shift & mask)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let sum = 0;
  for (let b: usize = 0; b < <usize>used; b++) {
    const count = load<i32>(buckets + (b << 2));
    store<i32>(buckets + (b << 2), sum);
    sum += count;
  }
  for (let e = 0; e < n; e++) {
    const item = load<u64>(from + ((<usize>e) << 3));
    const at = buckets + ((<usize>((<i32>(item >> 32) - low) >> shift & mask)) << 2);
    const place = load<i32>(at);
    store<i32>(at, place + 1);
    store<u64>(to + ((<usize>place) << 3), item);
  }
}

function insertionSort(items: usize, n: i32): void {
  const end = items + ((<usize>n) << 3);
  for (let i = items + 8; i < end; i += 8) {
    const item = load<u64>(i);
    const rank = item >> 32;
    let j = i;
    while (j > items && load<u64>(j - 8) >> 32 > rank) {
      store<u64>(j, load<u64>(j - 8));
      j -= 8;
    }
    store<u64>(j, item);
  }
}
