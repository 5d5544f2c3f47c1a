/** Pointers are byte addresses, lengths are elements. Twin: ../twins/binning.ts. */

const DIGITS: usize = 2048;

/** Bits whose unsigned order is that of the numbers; NaN is not expected. */
function keyOf(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

function bitsOf(key: u64): u64 {
  return key ^ ((<u64>(<i64>~key >> 63)) | 0x8000000000000000);
}

/**
 * Sorts n doubles, ascending: by passes over digits of eleven bits from the 32nd bit on, then by moving the few that
 * these leave behind larger ones. Where they are not few, by passes over all digits.
 *
 * @param other room for n doubles
 * @param tallies room for 6 × 2048 i32
 */
function sortDoubles(values: usize, other: usize, tallies: usize, n: i32): void {
  const end = values + ((<usize>n) << 3);
  for (let p = values; p < end; p += 8) store<u64>(p, keyOf(load<u64>(p)));
  sortDigits(values, other, tallies, n, 31, 3);
  if (!insertAll(values, n)) sortDigits(values, other, tallies, n, 0, 6);
  for (let p = values; p < end; p += 8) store<u64>(p, bitsOf(load<u64>(p)));
}

/** Cells of equal width that numbers are dealt to, fewer than the numbers; of so many in a cell each is moved into place by itself. */
const CELLS: i32 = 16384;
const FEW: i32 = 128;
/** What sortDoubles counts in. */
const TALLY_BYTES: usize = 6 * (DIGITS << 2);

/** Which cell x falls into, by rounding; never falls as x rises. */
// @ts-ignore: decorator
@inline
function dealTo(x: f64, lowest: f64, scale: f64): usize {
  return (<usize>reinterpret<u64>((x - lowest) * scale + ROUNDER) & (CELLS - 1)) << 2;
}

/**
 * Sorts n doubles as far as their quantiles need it: at ⌊nk/parts⌋ for k from 0 to parts, at two places before and at the next,
 * stands what would stand there in ascending order. All are sorted where there may be no more than `parts` distinct ones,
 * or they are few. No NaN, no −0.
 *
 * @param other room for n doubles
 * @param tallies room for 28,672 i32
 */
export function sortForQuantiles(values: usize, other: usize, tallies: usize, n: i32, parts: i32): void {
  const end = values + ((<usize>n) << 3);
  let lowest = Infinity;
  let highest = -Infinity;
  for (let p = values; p < end; p += 8) {
    const x = load<f64>(p);
    if (x < lowest) lowest = x;
    if (x > highest) highest = x;
  }
  const scale = <f64>(CELLS - 1) / (highest - lowest);
  const ends = tallies + TALLY_BYTES;
  if (n < CELLS || !(scale > 0 && scale < Infinity) || deal(values, other, ends, n, lowest, scale) <= parts) {
    sortDoubles(values, other, tallies, n);
    return;
  }
  memory.copy(values, other, (<usize>n) << 3);
  // Cells before `ends + next` are sorted, or nobody looks at them.
  let next: usize = 0;
  let start = 0;
  for (let k = 0; k <= parts; k++) {
    const at = <i32>((<i64>n * k) / parts);
    for (; next < <usize>CELLS << 2; next += 4) {
      const stop = load<i32>(ends + next);
      if (start > at + 1) break;
      if (stop > at - 2) sortCell(values + ((<usize>start) << 3), other, tallies, stop - start);
      start = stop;
    }
  }
}

/** Copies numbers cell by cell, and writes where each cell ends. @returns how many cells have any */
function deal(values: usize, other: usize, ends: usize, n: i32, lowest: f64, scale: f64): i32 {
  memory.fill(ends, 0, <usize>CELLS << 2);
  const end = values + ((<usize>n) << 3);
  for (let p = values; p < end; p += 8) {
    const tally = ends + dealTo(load<f64>(p), lowest, scale);
    store<i32>(tally, load<i32>(tally) + 1);
  }
  let filled = 0;
  let before = 0;
  for (let tally = ends; tally < ends + (<usize>CELLS << 2); tally += 4) {
    const count = load<i32>(tally);
    store<i32>(tally, before);
    before += count;
    filled += i32(count > 0);
  }
  for (let p = values; p < end; p += 8) {
    const x = load<f64>(p);
    const tally = ends + dealTo(x, lowest, scale);
    const at = load<i32>(tally);
    store<i32>(tally, at + 1);
    store<f64>(other + ((<usize>at) << 3), x);
  }
  return filled;
}

function sortCell(values: usize, other: usize, tallies: usize, n: i32): void {
  if (n > FEW) {
    sortDoubles(values, other, tallies, n);
    return;
  }
  const end = values + ((<usize>n) << 3);
  for (let p = values + 8; p < end; p += 8) {
    const x = load<f64>(p);
    let q = p;
    for (; q > values && load<f64>(q - 8) > x; q -= 8) store<f64>(q, load<f64>(q - 8));
    store<f64>(q, x);
  }
}

/** Moves each key before larger ones. @returns false, with the keys in any order, where that took more than 4 moves a key */
function insertAll(keys: usize, n: i32): bool {
  let moves = n << 2;
  const end = keys + ((<usize>n) << 3);
  for (let p = keys + 8; p < end; p += 8) {
    const key = load<u64>(p);
    if (load<u64>(p - 8) <= key) continue;
    let q = p;
    for (; q > keys && load<u64>(q - 8) > key; q -= 8, moves--) store<u64>(q, load<u64>(q - 8));
    store<u64>(q, key);
    if (moves < 0) return false;
  }
  return true;
}

/** Sorts keys by `digits` digits from bit `low` on; a pass whose digit is the same everywhere is left out. */
function sortDigits(values: usize, other: usize, tallies: usize, n: i32, low: u64, digits: i32): void {
  memory.fill(tallies, 0, <usize>digits * (DIGITS << 2));
  const end = values + ((<usize>n) << 3);
  for (let p = values; p < end; p += 8) {
    let key = load<u64>(p) >> low;
    let row = tallies;
    for (let pass = 0; pass < digits; pass++, key >>= 11, row += DIGITS << 2) {
      const tally = row + ((<usize>key & 2047) << 2);
      store<i32>(tally, load<i32>(tally) + 1);
    }
  }
  let from = values;
  let to = other;
  for (let pass = 0; pass < digits && n > 0; pass++) {
    const shift = low + 11 * <u64>pass;
    const row = tallies + ((<usize>pass * DIGITS) << 2);
    if (load<i32>(row + (<usize>((load<u64>(from) >> shift) & 2047) << 2)) == n) continue;
    let before = 0;
    for (let d = row; d < row + (DIGITS << 2); d += 4) {
      const count = load<i32>(d);
      store<i32>(d, before);
      before += count;
    }
    const stop = from + ((<usize>n) << 3);
    for (let p = from; p < stop; p += 8) {
      const key = load<u64>(p);
      const tally = row + (<usize>((key >> shift) & 2047) << 2);
      const at = load<i32>(tally);
      store<i32>(tally, at + 1);
      store<u64>(to + ((<usize>at) << 3), key);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  if (from != values) memory.copy(values, from, (<usize>n) << 3);
}

/**
 * Adds to columns their values of further rows, without NaN, and −0 as 0.
 *
 * @param values rows × cols doubles, row after row
 * @param out the columns, `height` doubles apart; one more than are added is written
 * @param used per column, how many values it has; below 0 for a column that is left out
 */
export function presentValues(rows: i32, cols: i32, values: usize, out: usize, height: i32, used: usize): void {
  const width = (<usize>cols) << 3;
  for (let j: usize = 0; j < <usize>cols; j++) {
    const count = load<i32>(used + (j << 2));
    if (count < 0) continue;
    const column = out + ((j * <usize>height) << 3);
    let to = column + ((<usize>count) << 3);
    let p = values + (j << 3);
    for (let i = 0; i < rows; i++, p += width) {
      const x = load<f64>(p);
      store<f64>(to, x + 0);
      to += x == x ? 8 : 0;
    }
    store<i32>(used + (j << 2), <i32>((to - column) >> 3));
  }
}

/** The edge to go on from, after those up to `size` bytes further on where they lie below x. */
// @ts-ignore: decorator
@inline
function after(at: usize, x: f64, size: usize): usize {
  return at + (load<f64>(at + size - 8) < x ? size : 0);
}

/** Cells of a column's grid, less one, and what rounds to whole numbers; ../bin-grid.ts has the twins. */
const LAST_CELL: f64 = 1023;
const GRID_CELLS: i32 = 1024;
const ROUNDER: f64 = 4503599627370496;

/** The bin of a value whose cell has at most three edges, of which the first has this number. */
// @ts-ignore: decorator
@inline
function binInCell(own: usize, before: usize, x: f64): usize {
  const at = before + (<usize>(load<f64>(own + (before << 3), 8) < x) << 1);
  return at + <usize>(load<f64>(own + (at << 3)) < x);
}

/** Bins the values of one column, two rows at a time. @returns how many rows are done, all but an odd one */
function binByGrid(rows: i32, values: usize, width: usize, own: usize, grid: usize, scale: f64, gap: u8, byRow: usize, stride: i32, byColumn: usize): i32 {
  const lowest = v128.load64_splat(own);
  const scales = f64x2.splat(scale);
  const last = f64x2.splat(LAST_CELL);
  const rounder = f64x2.splat(ROUNDER);
  let i = 0;
  for (; i + 1 < rows; i += 2) {
    const two = v128.load64_lane(values + width, v128.load64_zero(values), 1);
    // NaN falls into the first cell.
    const places = f64x2.pmax(f64x2.splat(0), f64x2.mul(f64x2.sub(two, lowest), scales));
    const cells = f64x2.add(f64x2.pmin(places, last), rounder);
    const x = f64x2.extract_lane(two, 0);
    const y = f64x2.extract_lane(two, 1);
    const first = x == x ? <u8>binInCell(own, <usize>load<u8>(grid + <usize>i32x4.extract_lane(cells, 0)), x) : gap;
    const second = y == y ? <u8>binInCell(own, <usize>load<u8>(grid + <usize>i32x4.extract_lane(cells, 2)), y) : gap;
    store<u8>(byRow, first);
    store<u8>(byRow + stride, second);
    if (byColumn) {
      store<u8>(byColumn + i, first);
      store<u8>(byColumn + i, second, 1);
    }
    values += width << 1;
    byRow += stride << 1;
  }
  return i;
}

/**
 * The bin of every value: how many of its column's edges lie below it, or `missing` where it is NaN.
 *
 * @param values rows × cols doubles, row after row
 * @param edges 256 doubles a column, ascending, filled up with ∞
 * @param depths per column, the least d with fewer than 2ᵈ edges
 * @param missing per column, one byte
 * @param byRow where the first row's bytes go, `stride` a row
 * @param byColumn where the first row's byte of the first column goes, columns `height` bytes apart; 0 for none
 * @param grids per column, 1,024 bytes: how many edges lie in the cells before each one
 * @param scales per column, cells per unit from the first edge on; 0 for no grid
 */
export function binRows(
  rows: i32,
  cols: i32,
  values: usize,
  edges: usize,
  depths: usize,
  missing: usize,
  byRow: usize,
  stride: i32,
  byColumn: usize,
  height: i32,
  grids: usize,
  scales: usize,
): void {
  const width = (<usize>cols) << 3;
  for (let j = 0; j < cols; j++) {
    const own = edges + ((<usize>j) << 11);
    const first = ((<usize>1) << load<i32>(depths + ((<usize>j) << 2))) << 2;
    const gap = load<u8>(missing + j);
    let p = values + ((<usize>j) << 3);
    let q = byRow + j;
    const r = byColumn ? byColumn + <usize>j * <usize>height : 0;
    const scale = load<f64>(scales + ((<usize>j) << 3));
    let i = 0;
    if (scale > 0) {
      i = binByGrid(rows, p, width, own, grids + <usize>(j * GRID_CELLS), scale, gap, q, stride, r);
      p += <usize>i * width;
      q += i * stride;
    }
    for (; i < rows; i++) {
      const x = load<f64>(p);
      let at = own;
      // Columns of more than 127 edges are most of the work: their steps are written out.
      if (first == 1024) at = after(after(after(after(after(after(after(after(at, x, 1024), x, 512), x, 256), x, 128), x, 64), x, 32), x, 16), x, 8);
      else for (let step = first; step >= 8; step >>= 1) at = after(at, x, step);
      const bin = x == x ? <u8>((at - own) >> 3) : gap;
      store<u8>(q, bin);
      if (r) store<u8>(r + i, bin);
      p += width;
      q += stride;
    }
  }
}
