/** Pointers are byte addresses, lengths are elements. Twin: ../twins/histograms.ts. */

/** Rows whose bins and gradients are copied together before they are added up. */
const STAGED: i32 = 1024;

/** Adds 16 bytes, two 64-bit integers. */
// @ts-ignore: decorator
@inline
function add(cell: usize, pair: v128): void {
  v128.store(cell, i64x2.add(v128.load(cell), pair));
}

/** Adding it rounds a number below 2⁵¹ in size to a whole one, which the last bits then hold. */
const ROUNDER: f64 = 6755399441055744;

/**
 * Adds the derivatives of listed rows, as pairs of whole numbers, to the cells of their bins, one histogram a column.
 *
 * Rows lie anywhere: of 1,024 at a time, the pairs are made and the bins copied, as the distances of their cells from a
 * column's first, four columns to 8 bytes, those of the same columns one after the other. So the waits for memory overlap.
 * Then four columns at a time are added up from the copies: four histograms stay in the nearest cache.
 *
 * @param bins the first row's byte of the first column, the others' behind it; rows lie `stride` bytes apart, and sixteen at a time are read
 * @param rows numbers of rows, of which those from `from` to `to` count
 * @param derivatives 8 bytes for each row: gradient and hessian, singles
 * @param gradientScale what gradients are multiplied by before they are rounded
 * @param hessianScale the same of hessians, which 2^shift is added to for the count
 * @param starts per column, the number of its first cell
 * @param histogram cells of 16 bytes
 * @param staged room for 1,024 × (2 × width + 16) bytes, where width is cols rounded up to a multiple of 16
 */
export function addToHistograms(
  cols: i32,
  bins: usize,
  stride: i32,
  rows: usize,
  from: i32,
  to: i32,
  derivatives: usize,
  gradientScale: f64,
  hessianScale: f64,
  shift: i32,
  starts: usize,
  histogram: usize,
  staged: usize,
): void {
  const scales = f64x2.replace_lane(f64x2.splat(gradientScale), 1, hessianScale);
  const rounder = f64x2.splat(ROUNDER);
  const bits = reinterpret<i64>(ROUNDER);
  const less = i64x2(bits, bits - ((<i64>1) << shift));
  const cells = staged + ((<usize>STAGED) << 4);
  const wide = (<usize>STAGED) << 3;
  const width = <usize>((cols + 15) & -16);
  for (let first = from; first < to; first += STAGED) {
    const count = min<i32>(STAGED, to - first);
    let p = rows + ((<usize>first) << 2);
    const end = p + ((<usize>count) << 2);
    let pair = staged;
    let cell = cells;
    for (; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      const both = f64x2.promote_low_f32x4(v128.load64_zero(derivatives + (row << 3)));
      v128.store(pair, i64x2.sub(f64x2.add(f64x2.mul(both, scales), rounder), less));
      let source = bins + row * stride;
      const stop = source + width;
      let target = cell;
      for (; source < stop; source += 16) {
        const sixteen = v128.load(source);
        const low = i16x8.shl(i16x8.extend_low_i8x16_u(sixteen), 4);
        const high = i16x8.shl(i16x8.extend_high_i8x16_u(sixteen), 4);
        v128.store64_lane(target, low, 0);
        v128.store64_lane(target + wide, low, 1);
        target += wide << 1;
        v128.store64_lane(target, high, 0);
        v128.store64_lane(target + wide, high, 1);
        target += wide << 1;
      }
      pair += 16;
      cell += 8;
    }
    const last = staged + ((<usize>count) << 4);
    let j = 0;
    let own = cells;
    for (; j + 3 < cols; j += 4) {
      const start = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(start)) << 4);
      const b = histogram + ((<usize>load<u32>(start + 4)) << 4);
      const c = histogram + ((<usize>load<u32>(start + 8)) << 4);
      const d = histogram + ((<usize>load<u32>(start + 12)) << 4);
      cell = own;
      for (pair = staged; pair < last; pair += 16) {
        const value = v128.load(pair);
        add(a + <usize>load<u16>(cell), value);
        add(b + <usize>load<u16>(cell, 2), value);
        add(c + <usize>load<u16>(cell, 4), value);
        add(d + <usize>load<u16>(cell, 6), value);
        cell += 8;
      }
      own += wide;
    }
    let k: usize = 0;
    if (j + 1 < cols) {
      const start = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(start)) << 4);
      const b = histogram + ((<usize>load<u32>(start + 4)) << 4);
      cell = own;
      for (pair = staged; pair < last; pair += 16) {
        const value = v128.load(pair);
        add(a + <usize>load<u16>(cell), value);
        add(b + <usize>load<u16>(cell, 2), value);
        cell += 8;
      }
      j += 2;
      k = 4;
    }
    if (j < cols) {
      const a = histogram + ((<usize>load<u32>(starts + ((<usize>j) << 2))) << 4);
      cell = own + k;
      for (pair = staged; pair < last; pair += 16) {
        add(a + <usize>load<u16>(cell), v128.load(pair));
        cell += 8;
      }
    }
  }
}

/**
 * The same of rows in the order that they lie in: those from `from` to `to`. Their bins are read column by column, and
 * need no copies.
 *
 * @param bins the first row's byte of the first column, columns `height` bytes apart
 * @param staged room for 1,024 × 16 bytes
 */
export function addRowsInOrder(
  cols: i32,
  bins: usize,
  height: i32,
  from: i32,
  to: i32,
  derivatives: usize,
  gradientScale: f64,
  hessianScale: f64,
  shift: i32,
  starts: usize,
  histogram: usize,
  staged: usize,
): void {
  const scales = f64x2.replace_lane(f64x2.splat(gradientScale), 1, hessianScale);
  const rounder = f64x2.splat(ROUNDER);
  const bits = reinterpret<i64>(ROUNDER);
  const less = i64x2(bits, bits - ((<i64>1) << shift));
  for (let first = from; first < to; first += STAGED) {
    const count = min<i32>(STAGED, to - first);
    const last = staged + ((<usize>count) << 4);
    let p = derivatives + ((<usize>first) << 3);
    for (let pair = staged; pair < last; pair += 16, p += 8) {
      const both = f64x2.promote_low_f32x4(v128.load64_zero(p));
      v128.store(pair, i64x2.sub(f64x2.add(f64x2.mul(both, scales), rounder), less));
    }
    const fours = staged + ((<usize>(count & -4)) << 4);
    let own = bins + <usize>first;
    let j = 0;
    for (; j + 3 < cols; j += 4) {
      const start = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(start)) << 4);
      const b = histogram + ((<usize>load<u32>(start + 4)) << 4);
      const c = histogram + ((<usize>load<u32>(start + 8)) << 4);
      const d = histogram + ((<usize>load<u32>(start + 12)) << 4);
      let w = own;
      let x = w + height;
      let y = x + height;
      let z = y + height;
      own = z + height;
      let pair = staged;
      for (; pair < fours; pair += 64) {
        addAt(a, w, b, x, c, y, d, z, 0, v128.load(pair));
        addAt(a, w, b, x, c, y, d, z, 1, v128.load(pair, 16));
        addAt(a, w, b, x, c, y, d, z, 2, v128.load(pair, 32));
        addAt(a, w, b, x, c, y, d, z, 3, v128.load(pair, 48));
        w += 4;
        x += 4;
        y += 4;
        z += 4;
      }
      for (; pair < last; pair += 16) addAt(a, w++, b, x++, c, y++, d, z++, 0, v128.load(pair));
    }
    for (; j + 1 < cols; j += 2) {
      const start = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(start)) << 4);
      const b = histogram + ((<usize>load<u32>(start + 4)) << 4);
      let w = own;
      let x = w + height;
      own = x + height;
      let pair = staged;
      for (; pair < fours; pair += 64, w += 4, x += 4) {
        addToTwo(a, w, b, x, 0, v128.load(pair));
        addToTwo(a, w, b, x, 1, v128.load(pair, 16));
        addToTwo(a, w, b, x, 2, v128.load(pair, 32));
        addToTwo(a, w, b, x, 3, v128.load(pair, 48));
      }
      for (; pair < last; pair += 16) addToTwo(a, w++, b, x++, 0, v128.load(pair));
    }
    if (j < cols) {
      const a = histogram + ((<usize>load<u32>(starts + ((<usize>j) << 2))) << 4);
      let w = own;
      for (let pair = staged; pair < last; pair += 16, w++) add(a + ((<usize>load<u8>(w)) << 4), v128.load(pair));
    }
  }
}

/** Adds a row's pair to the cells of its bins in two columns. */
// @ts-ignore: decorator
@inline
function addToTwo(a: usize, w: usize, b: usize, x: usize, i: usize, pair: v128): void {
  add(a + ((<usize>load<u8>(w + i)) << 4), pair);
  add(b + ((<usize>load<u8>(x + i)) << 4), pair);
}

/** The same in four columns. */
// @ts-ignore: decorator
@inline
function addAt(a: usize, w: usize, b: usize, x: usize, c: usize, y: usize, d: usize, z: usize, i: usize, pair: v128): void {
  addToTwo(a, w, b, x, i, pair);
  add(c + ((<usize>load<u8>(y + i)) << 4), pair);
  add(d + ((<usize>load<u8>(z + i)) << 4), pair);
}

/** out −= x, cells of two 64-bit integers. */
export function subtractCells(x: usize, out: usize, cells: i32): void {
  const end = x + ((<usize>cells) << 4);
  for (; x < end; x += 16, out += 16) v128.store(out, i64x2.sub(v128.load(out), v128.load(x)));
}

/** out += x, cells of two 64-bit integers. */
export function addCells(x: usize, out: usize, cells: i32): void {
  const end = x + ((<usize>cells) << 4);
  for (; x < end; x += 16, out += 16) v128.store(out, i64x2.add(v128.load(out), v128.load(x)));
}

/** out = the sum of all cells. */
export function sumCells(x: usize, cells: i32, out: usize): void {
  let sum = i64x2.splat(0);
  const end = x + ((<usize>cells) << 4);
  for (; x < end; x += 16) sum = i64x2.add(sum, v128.load(x));
  v128.store(out, sum);
}
