/**
 * Products of packed panels, the inner part of a blocked matrix product. A panel holds four rows of the left
 * factor, or four columns of the right one, side by side: element p of lane r is at 4p + r. Twin: ../twins/panels.ts.
 *
 * Loops over terms are written with the test at the end, which the engine turns into faster code.
 *
 * Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008.
 */
import { madd } from './madd.ts';

/** Panels of the left factor that each panel of the right one meets while it is in the first-level cache. */
const GROUP: i32 = 4;

/**
 * out[4i + r, 4j + c] += Σ a[i][p, r]·b[j][p, c] over p < depth, for all pairs of panels; with `lower` for j ≤ i + offset only.
 * out is row-major with `width` elements a row; a and b hold their panels one after the other.
 */
export function multiplyPanels(left: i32, right: i32, depth: i32, a: usize, b: usize, out: usize, width: i32, lower: i32, offset: i32): void {
  if (depth === 0) return;
  const bytes = (<usize>depth) << 5;
  const row = (<usize>width) << 3;
  for (let first = 0; first < left; first += GROUP) {
    const end = min(left, first + GROUP);
    const last = lower ? min(right, end + offset) : right;
    for (let j = 0; j < last; j++) for (let i = lower ? max(first, j - offset) : first; i < end; i++) {
      let x = a + <usize>i * bytes;
      let y = b + <usize>j * bytes;
      const stop = x + bytes;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      do {
        const y0 = v128.load(y);
        const y1 = v128.load(y, 16);
        const f0 = v128.load64_splat(x);
        s00 = madd(f0, y0, s00);
        s01 = madd(f0, y1, s01);
        const f1 = v128.load64_splat(x, 8);
        s10 = madd(f1, y0, s10);
        s11 = madd(f1, y1, s11);
        const f2 = v128.load64_splat(x, 16);
        s20 = madd(f2, y0, s20);
        s21 = madd(f2, y1, s21);
        const f3 = v128.load64_splat(x, 24);
        s30 = madd(f3, y0, s30);
        s31 = madd(f3, y1, s31);
        x += 32;
        y += 32;
      } while (x < stop);
      let q = out + (((<usize>(i << 2)) * <usize>width + (<usize>(j << 2))) << 3);
      addTo(q, s00, s01);
      addTo((q += row), s10, s11);
      addTo((q += row), s20, s21);
      addTo(q + row, s30, s31);
    }
  }
}

/** Adds four numbers to those at q. */
// @ts-ignore: decorator
@inline
function addTo(q: usize, low: v128, high: v128): void {
  storeSum(q, q, low, high);
}

/** Stores four numbers plus those at `start`. */
// @ts-ignore: decorator
@inline
function storeSum(q: usize, start: usize, low: v128, high: v128): void {
  v128.store(q, f64x2.add(v128.load(start), low));
  v128.store(q, f64x2.add(v128.load(start, 16), high), 16);
}

/**
 * As multiplyPanels, for rows from … to − 1 of a left factor that is not packed: row-major, `stride` elements a row, of which
 * `depth` count. Rows of `out` are those of a. With `start`, not 0, each row of `out` is that row plus the product.
 */
export function multiplyRows(from: i32, to: i32, stride: i32, depth: i32, a: usize, right: i32, b: usize, out: usize, start: usize): void {
  if (depth === 0) return;
  const bytes = (<usize>depth) << 3;
  const step = (<usize>stride) << 3;
  const row = (<usize>right) << 5;
  for (let i = from; i < to; i += 4) {
    const x0 = a + <usize>i * step;
    // Rows past the end are the last one again, and are not written.
    const left = to - i;
    const x1 = left > 1 ? x0 + step : x0;
    const x2 = left > 2 ? x1 + step : x1;
    const x3 = left > 3 ? x2 + step : x2;
    for (let j = 0; j < right; j++) {
      let y = b + <usize>j * (bytes << 2);
      let p: usize = 0;
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      do {
        const y0 = v128.load(y);
        const y1 = v128.load(y, 16);
        const f0 = v128.load64_splat(x0 + p);
        s00 = madd(f0, y0, s00);
        s01 = madd(f0, y1, s01);
        const f1 = v128.load64_splat(x1 + p);
        s10 = madd(f1, y0, s10);
        s11 = madd(f1, y1, s11);
        const f2 = v128.load64_splat(x2 + p);
        s20 = madd(f2, y0, s20);
        s21 = madd(f2, y1, s21);
        const f3 = v128.load64_splat(x3 + p);
        s30 = madd(f3, y0, s30);
        s31 = madd(f3, y1, s31);
        p += 8;
        y += 32;
      } while (p < bytes);
      let q = out + <usize>i * row + ((<usize>j) << 5);
      // Of the row to begin with, or of out itself.
      let begin = start ? start + ((<usize>j) << 5) : q;
      const next = start ? 0 : row;
      storeSum(q, begin, s00, s01);
      if (left > 1) storeSum((q += row), (begin += next), s10, s11);
      if (left > 2) storeSum((q += row), (begin += next), s20, s21);
      if (left > 3) storeSum(q + row, begin + next, s30, s31);
    }
  }
}

/**
 * Packs the columns of x, four a panel and panel after panel, less `shift` (0 for none) of each column. Columns past the last
 * are zero. x is row-major. What is packed is added to `sums`, four numbers a panel.
 */
function packColumns(rows: i32, cols: i32, x: usize, shift: usize, packed: usize, sums: usize): void {
  const panels = (cols + 3) >> 2;
  const row = (<usize>cols) << 3;
  for (let j = 0; j < panels; j++) {
    const skip = (<usize>j) << 5;
    let p = x + skip;
    const start = packed + (<usize>j * <usize>rows << 5);
    const end = start + ((<usize>rows) << 5);
    if ((j << 2) + 4 <= cols) {
      const low = shift ? v128.load(shift + skip) : f64x2.splat(0);
      const high = shift ? v128.load(shift + skip, 16) : f64x2.splat(0);
      for (let q = start; q < end; q += 32, p += row) {
        v128.store(q, f64x2.sub(v128.load(p), low));
        v128.store(q, f64x2.sub(v128.load(p, 16), high), 16);
      }
    } else {
      const width = (<usize>(cols - (j << 2))) << 3;
      for (let q = start; q < end; q += 32, p += row) {
        for (let c: usize = 0; c < 32; c += 8) {
          const value: f64 = c < width ? load<f64>(p + c) - (shift ? load<f64>(shift + skip + c) : 0) : 0;
          store<f64>(q + c, value);
        }
      }
    }
    addRows(start, end, sums + skip);
  }
}

/** Adds rows of four numbers to those at `sums`. */
function addRows(start: usize, end: usize, sums: usize): void {
  let low = v128.load(sums);
  let high = v128.load(sums, 16);
  for (let q = start; q < end; q += 32) {
    low = f64x2.add(low, v128.load(q));
    high = f64x2.add(high, v128.load(q, 16));
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}

/**
 * out[i, j] += Σ x[p, i]·x[p, j] and sums[i] += Σ x[p, i] over all rows p, with x less `shift` (0 for none) of each column,
 * on and below the diagonal's blocks of 4 × 4. x is row-major; out is too, with as many columns as x, rounded up to a multiple
 * of four. `depth` rows at a time, the last time what is left, are packed into `packed`.
 */
export function addSelfProduct(rows: i32, cols: i32, depth: i32, x: usize, shift: usize, packed: usize, sums: usize, out: usize): void {
  const panels = (cols + 3) >> 2;
  for (let first = 0; first < rows; first += depth) {
    const height = min(depth, rows - first);
    packColumns(height, cols, x + ((<usize>first * <usize>cols) << 3), shift, packed, sums);
    multiplyPanels(panels, panels, height, packed, packed, out, panels << 2, 1, 0);
  }
}

/** products[i, j] += those of the other parts in turn, for j up to the end of the diagonal's block of four; each part holds width × width numbers. */
export function addUpProducts(width: i32, count: i32, products: usize): void {
  const row = (<usize>width) << 3;
  const part = row * <usize>width;
  for (let i = 0; i < width; i++) {
    let at = products + <usize>i * row;
    const end = at + ((<usize>((i & ~3) + 4)) << 3);
    for (; at < end; at += 16) {
      let sum = v128.load(at);
      let other = at;
      for (let k = 1; k < count; k++) sum = f64x2.add(sum, v128.load((other += part)));
      v128.store(at, sum);
    }
  }
}
