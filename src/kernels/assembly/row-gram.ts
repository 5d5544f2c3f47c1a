import { gatherPairs, scatterPairs } from './products.ts';

/** Twin: ../twins/row-gram.ts. */

/** rowGramTimes for columns from … to − 1. `pairs` is a constant where it is called. */
// @ts-ignore: decorator
@inline
function addColumns(pairs: i32, from: i32, to: i32, starts: usize, rows: usize, data: usize, sizes: usize, v: usize, own: usize, sums: usize, largest: usize): void {
  const width = (<usize>pairs) << 4;
  for (let j = from; j < to; j++) {
    const at = starts + ((<usize>j) << 2);
    const first = load<i32>(at);
    const begin = rows + ((<usize>first) << 2);
    const end = rows + ((<usize>load<i32>(at, 4)) << 2);
    const values = data + ((<usize>first) << 3);
    gatherPairs(pairs, begin, end, values, v, width, own);
    const size = v128.load64_splat(sizes + ((<usize>j) << 3));
    for (let c: usize = 0; c < width; c += 16) {
      // f64x2.max lets NaN through.
      v128.store(largest + c, f64x2.max(v128.load(largest + c), f64x2.mul(f64x2.abs(v128.load(own + c)), size)));
    }
    scatterPairs(pairs, begin, end, values, sums, width, own);
  }
}

/**
 * sums = X·(Xᵀ·V) over the columns from … to − 1 of X, for V of count × (2·pairs) numbers, `pairs` being at most 5. X lies column
 * by column; the entries of a column are read for its products with V and once more, from the cache, for what they add.
 * largest[c] = max over j of sizes[j]·|Xᵀ·V|[j, c], NaN where one of them is. `own` has room for a row of V.
 */
export function rowGramTimes(from: i32, to: i32, count: i32, pairs: i32, starts: usize, rows: usize, data: usize, sizes: usize, v: usize, own: usize, sums: usize, largest: usize): void {
  const width = (<usize>pairs) << 4;
  memory.fill(sums, 0, <usize>count * width);
  memory.fill(largest, 0, width);
  switch (pairs) {
    case 1:
      return addColumns(1, from, to, starts, rows, data, sizes, v, own, sums, largest);
    case 2:
      return addColumns(2, from, to, starts, rows, data, sizes, v, own, sums, largest);
    case 3:
      return addColumns(3, from, to, starts, rows, data, sizes, v, own, sums, largest);
    case 4:
      return addColumns(4, from, to, starts, rows, data, sizes, v, own, sums, largest);
    default:
      return addColumns(5, from, to, starts, rows, data, sizes, v, own, sums, largest);
  }
}
