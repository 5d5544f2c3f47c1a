/** Pointers are byte addresses, lengths are elements. Twin: ../twins/histograms.ts. */

/** Rows whose bins and gradients are copied together before they are added up. */
const STAGED: i32 = 32;

/** Adds 16 bytes, two 64-bit integers. */
// @ts-ignore: decorator
@inline
function add(cell: usize, pair: v128): void {
  v128.store(cell, i64x2.add(v128.load(cell), pair));
}

/**
 * Adds the pairs of listed rows to the cells of their bins, one histogram a column.
 *
 * Rows lie anywhere: their bytes are first copied, 32 rows at a time, so that the waits for memory overlap; then four
 * columns at a time are added up from the copies.
 *
 * @param bins a row's bytes, `stride` apart, a multiple of 16
 * @param rows numbers of rows, of which those from `from` to `to` count
 * @param pairs 16 bytes for each row
 * @param starts per column, the number of its first cell
 * @param histogram cells of 16 bytes
 * @param staged room for 32 × (stride + 16) bytes
 */
export function addToHistograms(
  cols: i32,
  bins: usize,
  stride: i32,
  rows: usize,
  from: i32,
  to: i32,
  pairs: usize,
  starts: usize,
  histogram: usize,
  staged: usize,
): void {
  const copies = staged + ((<usize>STAGED) << 4);
  for (let first = from; first < to; first += STAGED) {
    const count = min<i32>(STAGED, to - first);
    let p = rows + ((<usize>first) << 2);
    let pair = staged;
    let copy = copies;
    for (let i = 0; i < count; i++) {
      const row = <usize>load<u32>(p);
      v128.store(pair, v128.load(pairs + (row << 4)));
      const source = bins + row * stride;
      for (let b = 0; b < stride; b += 16) v128.store(copy + b, v128.load(source + b));
      p += 4;
      pair += 16;
      copy += stride;
    }
    let j = 0;
    for (; j + 3 < cols; j += 4) {
      const own = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(own)) << 4);
      const b = histogram + ((<usize>load<u32>(own + 4)) << 4);
      const c = histogram + ((<usize>load<u32>(own + 8)) << 4);
      const d = histogram + ((<usize>load<u32>(own + 12)) << 4);
      copy = copies + j;
      pair = staged;
      for (let i = 0; i < count; i++) {
        const four = load<u32>(copy);
        const value = v128.load(pair);
        add(a + ((<usize>four & 255) << 4), value);
        add(b + ((<usize>(four >>> 8) & 255) << 4), value);
        add(c + ((<usize>(four >>> 16) & 255) << 4), value);
        add(d + ((<usize>four >>> 24) << 4), value);
        copy += stride;
        pair += 16;
      }
    }
    for (; j < cols; j++) {
      const a = histogram + ((<usize>load<u32>(starts + ((<usize>j) << 2))) << 4);
      copy = copies + j;
      pair = staged;
      for (let i = 0; i < count; i++) {
        add(a + ((<usize>load<u8>(copy)) << 4), v128.load(pair));
        copy += stride;
        pair += 16;
      }
    }
  }
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
