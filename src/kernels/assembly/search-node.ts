import { searchClasses, tryCut } from './class-splits.ts';
import { isClose, meansProxy, scanValues, sumLeft } from './mean-splits.ts';
import { Column, Search } from './node-search.ts';
import { enterNode, leaveNode, SparseColumns } from './sparse-columns.ts';
import { gatherItems, itemsOf, judgeColumns, sparseClassesAt, trySparseClasses, trySparseInOrder } from './sparse-splits.ts';
import { partitionByRank, sortByRank } from './split-keys.ts';
import { scanWeighed } from './weighed-splits.ts';

/**
 * The search for a node's split over all columns that it tries. What it finds is what src/tree's Splitter, BestSplitter,
 * SparseBestSplitter and RandomSplitter find, which are its twin.
 */

@inline
function below(search: Search, end: u32): i32 {
  let state: u32 = search.random == 0 ? 1 : search.random;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  search.random = state;
  return <i32>((state & 0x7fffffff) % end);
}

@inline
function swap(list: usize, i: i32, j: i32): void {
  const a = list + ((<usize>i) << 2);
  const b = list + ((<usize>j) << 2);
  const kept = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, kept);
}

/** address: of a Search, of which the node's part is filled in; the node is samples[start … end). */
export function searchNode(address: usize, start: i32, end: i32): void {
  const search = changetype<Search>(address);
  const features = search.features;
  const constants = search.constants;
  const known = search.known;
  let undrawn = search.cols;
  let visited = 0;
  let found = 0;
  let drawn = 0;
  let total = known;
  search.feature = -1;
  search.proxy = -Infinity;
  if (search.sparse) {
    enterNode(search, start, end);
    if (changetype<SparseColumns>(search.sparse).verdicts) judgeColumns(search, start, end);
  }
  while (undrawn > total && (visited < search.maxFeatures || visited <= found + drawn)) {
    visited++;
    let at = drawn + below(search, undrawn - found - drawn);
    if (at < known) {
      swap(features, drawn++, at);
      continue;
    }
    at += found;
    const feature = load<i32>(features + ((<usize>at) << 2));
    search.last = feature;
    if (isDivided(search, feature, start, end)) {
      swap(features, --undrawn, at);
    } else {
      swap(features, at, total++);
      found++;
    }
  }
  memory.copy(features, constants, (<usize>known) << 2);
  memory.copy(constants + ((<usize>known) << 2), features + ((<usize>known) << 2), (<usize>found) << 2);
  search.known = total;
  if (search.sparse) leaveNode(search, start, end);
}

/** Looks at one column. @returns false if it is constant */
@inline
function isDivided(search: Search, feature: i32, start: i32, end: i32): bool {
  if (search.isDrawn) return tryDrawn(search, feature, start, end);
  if (search.sparse) return search.measure < 2 ? trySparseClasses(search, feature, start, end) : trySparseInOrder(search, feature, start, end);
  if (search.measure < 2) return tryClasses(search, feature, start, end);
  return search.measure < 4 ? tryMeans(search, feature, start, end) : tryWeighed(search, feature, start, end);
}

@inline
function valueAt(values: usize, rank: i32): f64 {
  return <f64>load<f32>(values + ((<usize>rank) << 2));
}

/** Draws a threshold between the least and the greatest value. @returns false for a constant column */
function tryDrawn(search: Search, feature: i32, start: i32, end: i32): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const samples = search.samples;
  const lows = column.lows;
  const highs = column.highs;
  const present = search.sparse ? gatherItems(search, feature, start, end) : 0;
  let gaps = 0;
  let least = column.missing;
  let most = -1;
  if (search.sparse) {
    const items = itemsOf(search);
    for (let e: usize = 0; e < <usize>present; e++) {
      const rank = load<i32>(items + (e << 3), 4);
      least = min(least, rank);
      most = max(most, rank);
    }
    if (present < end - start) {
      least = min(least, column.base);
      most = max(most, column.base);
    }
  } else for (let p = <usize>start; p < <usize>end; p++) {
    const row = <usize>load<u32>(samples + (p << 2));
    const key = (search.wide ? load<i32>(column.ranks + (row << 2)) : <i32>load<u16>(column.ranks + (row << 1))) + column.base;
    if (key == column.missing) {
      gaps++;
      continue;
    }
    least = min(least, key);
    most = max(most, key);
  }
  if (most < 0) return false;
  if (gaps == 0 && (least == most || isClose(lows, highs, least, most))) return false;
  const low = valueAt(lows, least);
  const high = valueAt(highs, most);
  let threshold = ((high - low) * <f64>below(search, 0x80000000)) / 2147483647.0 + low;
  const missingLeft = gaps > 0 && below(search, 2) == 1;
  if (threshold == high) threshold = low;
  // The highest rank whose values are all at most the threshold.
  let cut = least;
  for (let above = most; cut < above; ) {
    const middle = (cut + above + 1) >> 1;
    if (valueAt(highs, middle) <= threshold) cut = middle;
    else above = middle - 1;
  }
  if (lows != highs && cut < most) threshold = valueAt(highs, cut) / 2 + valueAt(lows, cut + 1) / 2;
  const place = search.measure < 2
    ? search.sparse ? sparseClassesAt(search, column, present, start, end, cut) : classesAt(search, column, start, end, cut, missingLeft)
    : search.sparse ? sparseMeansAt(search, column, present, start, end, cut) : meansAt(search, column, column.ranks, search.wide != 0, start, end, cut, missingLeft);
  if (place < 0) return true;
  search.feature = feature;
  search.place = place;
  search.cut = cut;
  search.missingLeft = i32(missingLeft);
  search.gaps = gaps;
  search.threshold = threshold;
  return true;
}

/** @returns where the right side would begin, if the split is better; else −1 */
@inline
function classesAt(search: Search, column: Column, start: i32, end: i32, cut: i32, missingLeft: bool): i32 {
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  const isBetter = tryCut(
    column.ranks, search.wide != 0, column.base, column.missing, search.samples, search.notes, start, end, search.totals, search.size, search.weight,
    search.measure == 0, search.minSamples, search.minWeight, cut, missingLeft, search.scratch, best,
  );
  return isBetter ? start + load<i32>(best, 8) : -1;
}

/** Parts the samples. @returns where the right side begins, if the split is better; else −1 */
@inline
function meansAt(search: Search, column: Column, ranks: usize, wide: bool, start: i32, end: i32, cut: i32, missingLeft: bool): i32 {
  const samples = search.samples;
  const place = partitionByRank(ranks, wide, column.base, column.missing, samples, start, end, cut, missingLeft);
  if (place - start < search.minSamples || end - place < search.minSamples) return -1;
  sumLeft(samples, start, place, end, search.totals, search.total, search.weight, search.moved);
  const left = load<f64>(search.moved);
  const leftWeight = load<f64>(search.moved, 8);
  const rightWeight = search.weight - leftWeight;
  if (leftWeight < search.minWeight || rightWeight < search.minWeight) return -1;
  const value = meansProxy(left, leftWeight, search.total - left, rightWeight, search.measure == 3);
  if (!(value > search.proxy)) return -1;
  search.proxy = value;
  return place;
}

/** The same for a sparse column whose entries are listed: they are spread over the rows meanwhile. */
function sparseMeansAt(search: Search, column: Column, present: i32, start: i32, end: i32, cut: i32): i32 {
  const spread = changetype<SparseColumns>(search.sparse).spread;
  const items = itemsOf(search);
  const last = items + ((<usize>present) << 3);
  for (let e = items; e < last; e += 8) store<i32>(spread + ((<usize>load<u32>(e)) << 2), load<i32>(e, 4) - column.base);
  const place = meansAt(search, column, spread, true, start, end, cut, false);
  for (let e = items; e < last; e += 8) store<i32>(spread + ((<usize>load<u32>(e)) << 2), 0);
  return place;
}

/** @returns false for a constant column */
function tryClasses(search: Search, feature: i32, start: i32, end: i32): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const best = changetype<usize>(search) + offsetof<Search>('proxy');
  const result = searchClasses(
    column.ranks, search.wide != 0, column.base, column.missing, search.samples, search.notes, start, end, search.totals, search.size, search.weight,
    search.measure == 0, search.minSamples, search.minWeight, column.lows, column.highs, search.scratch, best,
  );
  if (result == 2) {
    search.keepClasses(feature, start);
    search.missingLeft = load<i32>(best, 20);
    search.gaps = <i32>load<f64>(best, 24);
  }
  return result != 0;
}

/** Sorts the samples by a column, and their ranks into `notes`. @returns how many have no value; −1 for a constant column */
@inline
function sortColumn(search: Search, column: Column, start: i32, end: i32, ranks: i32): i32 {
  const keys = search.notes;
  const gaps = sortByRank(column.ranks, search.wide != 0, column.base, column.missing, search.samples, keys, start, end, search.scratch, ranks);
  if (end - gaps == start) return -1;
  if (gaps > 0) return gaps;
  const low = load<i32>(keys + ((<usize>start) << 2));
  const high = load<i32>(keys + ((<usize>(end - 1)) << 2));
  return low == high || isClose(column.lows, column.highs, low, high) ? -1 : 0;
}

/** @returns false for a constant column */
function tryMeans(search: Search, feature: i32, start: i32, end: i32): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  const gaps = sortColumn(search, column, start, end, search.size);
  if (gaps < 0) return false;
  scan(search, column, feature, start, end, gaps, false);
  if (gaps > 0) {
    rotate(search.samples, start, end, gaps, search.moved);
    rotate(search.notes, start, end, gaps, search.moved);
    scan(search, column, feature, start, end, gaps, true);
  }
  return true;
}

/** For classes with weights of any size and columns without missing values. @returns false for a constant column */
function tryWeighed(search: Search, feature: i32, start: i32, end: i32): bool {
  const column = changetype<Column>(search.columns + (<usize>feature) * 20);
  if (sortColumn(search, column, start, end, search.ranks) < 0) return false;
  const keys = search.notes;
  const place = scanWeighed(
    keys, search.samples, start, end, end, end, search.pairs, search.totals, search.moved, search.size, search.weight, search.measure == 4, search.minSamples, search.minWeight,
    column.lows, column.highs, changetype<usize>(search) + offsetof<Search>('proxy'),
  );
  if (place == start) return true;
  search.feature = feature;
  search.place = place;
  search.cut = load<i32>(keys + ((<usize>(place - 1)) << 2));
  search.next = load<i32>(keys + ((<usize>place) << 2));
  search.missingLeft = 0;
  search.gaps = 0;
  return true;
}

@inline
function scan(search: Search, column: Column, feature: i32, start: i32, end: i32, gaps: i32, missingLeft: bool): void {
  const keys = search.notes;
  const place = scanValues(
    keys, search.samples, start, end, gaps, missingLeft, search.totals, search.total, search.weight, search.measure == 3, search.minSamples, search.minWeight,
    column.lows, column.highs, changetype<usize>(search) + offsetof<Search>('proxy'),
  );
  if (place == start) return;
  search.feature = feature;
  search.place = place;
  search.cut = load<i32>(keys + ((<usize>(place - 1)) << 2));
  search.next = !missingLeft && place == end - gaps ? -1 : load<i32>(keys + ((<usize>place) << 2));
  search.missingLeft = i32(missingLeft);
  search.gaps = gaps;
}

/** Moves the last `count` of list[start … end) to the front; either part keeps its order. */
function rotate(list: usize, start: i32, end: i32, count: i32, spare: usize): void {
  const first = list + ((<usize>start) << 2);
  const moved = (<usize>count) << 2;
  const kept = (<usize>(end - start - count)) << 2;
  memory.copy(spare, first + kept, moved);
  memory.copy(first + moved, first, kept);
  memory.copy(first, spare, moved);
}
