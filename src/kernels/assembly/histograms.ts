/** Pointers are byte addresses, lengths are elements. Twin: ../twins/histograms.ts. */

/** Rows whose bins and gradients are copied together before they are added up. */
const STAGED: i32 = 1024;

/** Adds 16 bytes, two 64-bit integers. */
// @ts-ignore: decorator
@inline
function add(cell: usize, pair: v128): void {
  v128.store(cell, i64x2.add(v128.load(cell), pair));
}

/**
 * Adds the pairs of listed rows to the cells of their bins, one histogram a column.
 *
 * Rows lie anywhere: 1,024 at a time, their bytes are first copied, four columns to a word, words of the same columns
 * one after the other, so that the waits for memory overlap. Then four columns at a time are added up from the copies:
 * four histograms stay in the nearest cache.
 *
 * @param bins a row's bytes, `stride` apart, a multiple of 16
 * @param rows numbers of rows, of which those from `from` to `to` count
 * @param pairs 16 bytes for each row
 * @param starts per column, the number of its first cell
 * @param histogram cells of 16 bytes
 * @param staged room for 1,024 × (stride + 16) bytes
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
  const words = staged + ((<usize>STAGED) << 4);
  const wide = (<usize>STAGED) << 2;
  const groups = (cols + 3) >> 2;
  for (let first = from; first < to; first += STAGED) {
    const count = min<i32>(STAGED, to - first);
    let p = rows + ((<usize>first) << 2);
    const end = p + ((<usize>count) << 2);
    let pair = staged;
    let word = words;
    for (; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      v128.store(pair, v128.load(pairs + (row << 4)));
      let source = bins + row * stride;
      let target = word;
      for (let g = 0; g < groups; g++) {
        store<u32>(target, load<u32>(source));
        source += 4;
        target += wide;
      }
      pair += 16;
      word += 4;
    }
    const last = staged + ((<usize>count) << 4);
    let j = 0;
    let own = words;
    for (; j + 3 < cols; j += 4) {
      const start = starts + ((<usize>j) << 2);
      const a = histogram + ((<usize>load<u32>(start)) << 4);
      const b = histogram + ((<usize>load<u32>(start + 4)) << 4);
      const c = histogram + ((<usize>load<u32>(start + 8)) << 4);
      const d = histogram + ((<usize>load<u32>(start + 12)) << 4);
      word = own;
      for (pair = staged; pair < last; pair += 16) {
        const four = load<u32>(word);
        const value = v128.load(pair);
        add(a + ((<usize>four & 255) << 4), value);
        add(b + ((<usize>(four >>> 8) & 255) << 4), value);
        add(c + ((<usize>(four >>> 16) & 255) << 4), value);
        add(d + ((<usize>four >>> 24) << 4), value);
        word += 4;
      }
      own += wide;
    }
    for (let k: usize = 0; j < cols; j++, k++) {
      const a = histogram + ((<usize>load<u32>(starts + ((<usize>j) << 2))) << 4);
      word = own + k;
      for (pair = staged; pair < last; pair += 16) {
        add(a + ((<usize>load<u8>(word)) << 4), v128.load(pair));
        word += 4;
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
