import { scanAround, sortItems, tryPair, trySide } from './class-splits.ts';
import { isClose, scanAroundBlock } from './mean-splits.ts';
import { Column, Search } from './node-search.ts';
import { gather, SparseColumns, Verdict } from './sparse-columns.ts';
import { introsort } from './split-keys.ts';
import { scanWeighed } from './weighed-splits.ts';

/** The best split of a node by a sparse column without missing values: what has no entry is one block that is never looked at. */

@inline
function at4(list: usize, i: i32): usize {
  return list + ((<usize>i) << 2);
}

/**
 * Judges all columns but those known to be constant, one after the other: the order in which they are drawn would miss the
 * cache with each. Of equally good ones, the first that is drawn still wins.
 */
export function judgeColumns(search: Search, start: i32, end: i32): void {
  const verdicts = changetype<SparseColumns>(search.sparse).verdicts;
  for (let i = 0; i < search.known; i++) store<f64>(verdicts + (<usize>load<i32>(at4(search.constants, i))) * 24, Infinity);
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  let bar = -Infinity;
  for (let feature = 0; feature < search.cols; feature++) {
    const verdict = changetype<Verdict>(verdicts + (<usize>feature) * 24);
    if (verdict.proxy == Infinity) {
      verdict.proxy = 0;
      continue;
    }
    search.proxy = -Infinity;
    if (!searchColumn(search, feature, start, end, bar)) {
      verdict.proxy = NaN;
      continue;
    }
    verdict.proxy = search.proxy;
    verdict.passed = load<i32>(best, 8);
    verdict.cut = load<i32>(best, 12);
    verdict.next = load<i32>(best, 16);
    bar = max(bar, search.proxy);
  }
  search.proxy = -Infinity;
}

/** @returns false for a constant column */
export function trySparseClasses(search: Search, feature: i32, start: i32, end: i32): bool {
  const verdicts = changetype<SparseColumns>(search.sparse).verdicts;
  if (!verdicts) {
    const before = search.proxy;
    const isDivided = searchColumn(search, feature, start, end, before);
    if (search.proxy > before) search.keepClasses(feature, start);
    return isDivided;
  }
  const verdict = changetype<Verdict>(verdicts + (<usize>feature) * 24);
  const proxy = verdict.proxy;
  if (proxy > search.proxy) {
    search.proxy = proxy;
    search.feature = feature;
    search.place = start + verdict.passed;
    search.cut = verdict.cut;
    search.next = verdict.next;
  }
  return proxy == proxy;
}

/** Where a column's entries are listed, for classes. */
export function itemsOf(search: Search): usize {
  return search.scratch + ((<usize>search.size) << 4) + 1024;
}

/** Lists a column's entries in the node. @returns how many there are */
export function gatherItems(search: Search, feature: i32, start: i32, end: i32): i32 {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  return gather(search, feature, column.base, start, end, itemsOf(search));
}

/** For whole-numbered weights, with a column's entries listed: @returns where the right side of a cut would begin, if it is better; else −1 */
export function sparseClassesAt(search: Search, column: Column, present: i32, start: i32, end: i32, cut: i32): i32 {
  const k = search.size;
  const side = search.scratch + ((<usize>k) << 3);
  const items = itemsOf(search);
  // The side that the samples without an entry are not on.
  const isRight = column.base <= cut;
  let count = 0;
  memory.fill(side, 0, (<usize>k) << 3);
  for (let e: usize = 0; e < <usize>present; e++) {
    const item = load<u64>(items + (e << 3));
    if (<i32>(item >> 32) <= cut == isRight) continue;
    const at = side + ((<usize>(item & 0xffff)) << 3);
    store<f64>(at, load<f64>(at) + <f64>(<u32>(item >> 16) & 0xffff));
    count++;
  }
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  const isBetter = trySide(
    side, isRight, count, end - start, search.totals, k, search.weight, search.measure == 0, search.minSamples, search.minWeight, cut, search.scratch, best,
  );
  return isBetter ? start + load<i32>(best, 8) : -1;
}

/** Writes a column's best split to `proxy` if it beats what is there. @returns false for a constant column */
function searchColumn(search: Search, feature: i32, start: i32, end: i32, bar: f64): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const base = column.base;
  const items = itemsOf(search);
  const buckets = items - 1024;
  const present = gatherItems(search, feature, start, end);
  if (present == 0) return false;
  let low: i32 = i32.MAX_VALUE;
  let high: i32 = -1;
  let sum: u32 = 0;
  let second: u32 = 0;
  for (let e = items; e < items + ((<usize>present) << 3); e += 8) {
    const rank = load<i32>(e, 4);
    const note = load<u32>(e);
    low = min(low, rank);
    high = max(high, rank);
    sum += note >> 16;
    second += (note >> 16) * (note & 1);
  }
  const rest = end - start - present;
  const least = rest > 0 ? min(low, base) : low;
  const most = rest > 0 ? max(high, base) : high;
  if (least == most || isClose(column.lows, column.highs, least, most)) return false;
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  if (low == high && rest > 0 && search.size == 2) {
    tryPair(
      sum, second, present, low, base, rest, bar, search.totals, search.weight, search.measure == 0, search.minSamples, search.minWeight, search.scratch, best,
    );
    return true;
  }
  const sorted = sortItems(items, items + ((<usize>(end - start)) << 3), buckets, present, low, high - low + 1);
  scanAround(
    sorted, present, base, rest, bar, search.totals, search.size, search.weight, search.measure == 0, search.minSamples, search.minWeight, column.lows, column.highs, search.scratch, best,
  );
  return true;
}

/** For sums that depend on the order of samples. @returns false for a constant column */
export function trySparseInOrder(search: Search, feature: i32, start: i32, end: i32): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const sparse = changetype<SparseColumns>(search.sparse);
  takeApart(search, feature, start, end);
  const zeros = sparse.zeros;
  const positives = sparse.positives;
  if (zeros == start && positives == end) return false;
  const keys = search.notes;
  sortSide(search, start, zeros);
  sortSide(search, positives, end);
  // What the rest is compared with.
  if (zeros < positives) {
    store<i32>(at4(keys, zeros), column.base);
    store<i32>(at4(keys, positives - 1), column.base);
  }
  const low = load<i32>(at4(keys, start));
  const high = load<i32>(at4(keys, end - 1));
  if (low == high || isClose(column.lows, column.highs, low, high)) return false;
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  const place = search.measure < 4
    ? scanAroundBlock(
      keys, search.samples, start, end, zeros, positives, search.totals, search.total, search.weight, search.measure == 3, search.minSamples, search.minWeight,
      column.lows, column.highs, best,
    )
    : scanWeighed(
      keys, search.samples, start, end, zeros, positives, sparse.pairs, search.totals, sparse.left, search.size, search.weight, search.measure == 4, search.minSamples, search.minWeight,
      column.lows, column.highs, best,
    );
  if (place == start) return true;
  search.feature = feature;
  search.place = place;
  search.cut = load<i32>(at4(keys, place - 1));
  search.next = load<i32>(at4(keys, place));
  return true;
}

/** Puts samples with an entry above zero at the end of samples[start … end), those with one below at the start, one by one, and their ranks to `notes`. */
function takeApart(search: Search, feature: i32, start: i32, end: i32): void {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const sparse = changetype<SparseColumns>(search.sparse);
  const list = search.scratch;
  const last = list + ((<usize>gather(search, feature, column.base, start, end, list)) << 3);
  let zeros = start;
  let positives = end;
  for (let item = list; item < last; item += 8) {
    const rank = load<i32>(item, 4);
    const place = load<i32>(at4(sparse.states, load<i32>(item)));
    const to = rank > column.base ? --positives : zeros++;
    exchange(search.samples, sparse.states, place, to);
    store<i32>(at4(search.notes, to), rank);
  }
  sparse.zeros = zeros;
  sparse.positives = positives;
}

@inline
function exchange(samples: usize, places: usize, a: i32, b: i32): void {
  const row = load<i32>(at4(samples, a));
  const other = load<i32>(at4(samples, b));
  store<i32>(at4(samples, a), other);
  store<i32>(at4(samples, b), row);
  store<i32>(at4(places, other), a);
  store<i32>(at4(places, row), b);
}

@inline
function sortSide(search: Search, from: i32, to: i32): void {
  const n = to - from;
  if (n < 2) return;
  const places = changetype<SparseColumns>(search.sparse).states;
  introsort(at4(search.notes, from), at4(search.samples, from), n, 2 * (31 - clz<i32>(n)));
  for (let p = from; p < to; p++) store<i32>(at4(places, load<i32>(at4(search.samples, p))), p);
}

/**
 * Where their order matters: puts samples[start … end) of the node searched last in the order of a split by a column, left ones first, as
 * src/tree's SparseBestSplitter does. side: as its sideOf has it.
 */
export function partSparse(address: usize, start: i32, end: i32, feature: i32, cut: i32, side: i32): void {
  const search = changetype<Search>(address);
  const sparse = changetype<SparseColumns>(search.sparse);
  takeApart(search, feature, start, end);
  const keys = search.notes;
  let p = side < 0 ? start : sparse.positives;
  let last = side < 0 ? sparse.zeros : end;
  if (side == 0) return;
  while (p < last) {
    if (load<i32>(at4(keys, p)) <= cut) {
      p++;
      continue;
    }
    last--;
    exchange(search.samples, sparse.states, p, last);
    const key = load<i32>(at4(keys, p));
    store<i32>(at4(keys, p), load<i32>(at4(keys, last)));
    store<i32>(at4(keys, last), key);
  }
}
